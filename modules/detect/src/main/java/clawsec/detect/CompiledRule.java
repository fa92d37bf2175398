package clawsec.detect;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.Pattern;
import clawsec.detect.engine.PatternSet;
import clawsec.detect.engine.TextScan;
import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ByteSet;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import clawsec.detect.expression.Node;
import clawsec.detect.expression.Prepared;
import clawsec.detect.expression.SeekState;
import clawsec.detect.expression.Seeker;
import clawsec.detect.secret.Entropy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule and what its expressions became. Immutable.
 *
 * @param place of its id, for messages; empty for a built-in rule
 * @param prefix of a secret that has one
 * @param tail of a secret
 * @param allow expressions for what is no threat
 * @param lesser expressions for whole matches that are less of a threat
 * @param unless expressions for prefixes after which nothing is a secret
 * @param examples expressions for published examples of the secret
 * @param homes where the secret may go
 */
record CompiledRule(
        Rule rule,
        String place,
        Pattern pattern,
        Prepared<Optional<Automaton>> prefix,
        Prepared<Optional<Automaton>> tail,
        Prepared<List<Seeker>> allow,
        Prepared<List<Automaton>> lesser,
        Prepared<List<Seeker>> unless,
        Prepared<List<Seeker>> examples,
        Homes homes) {
    /** The most bytes looked at for a prefix. */
    static final int MAX_PREFIX_BYTES = 128;

    /** What follows a prefix that is a whole match is no secret if it is shorter. */
    private static final int LEAST_BODY_BYTES = 16;

    /** The least bits a byte of it; a line of the same letter stands for a body. */
    private static final double LEAST_BODY_ENTROPY_BITS = 2.5;

    /** Letters, digits, {@code _} and {@code -}. */
    static final Automaton WORD_TAIL = run(ByteSet.WORD.or(ByteSet.of('-')));

    /** The same and what else stands in base64. */
    static final ByteSet PACKED =
            ByteSet.WORD
                    .or(ByteSet.of('-'))
                    .or(ByteSet.of('+'))
                    .or(ByteSet.of('/'))
                    .or(ByteSet.of('='));

    static final Automaton PACKED_TAIL = run(PACKED);

    /**
     * @param isTrusted whether the rule is known to be right, so that work can be put off
     */
    static Pattern pattern(Rule rule, boolean isTrusted) throws ExpressionException {
        boolean isInNames = rule.secret().map(SecretRule::isInNames).orElse(false);
        Node node = ExpressionParser.parse(rule.regex(), rule.isCaseInsensitive(), isInNames);
        Node wider =
                ExpressionParser.hasOutside(rule.regex())
                        ? ExpressionParser.parseOutside(rule.regex(), rule.isCaseInsensitive())
                        : node;
        return isTrusted ? Pattern.trusted(node, wider) : Pattern.of(node, wider);
    }

    static Optional<Automaton> prefix(SecretRule secret, Rule rule) throws ExpressionException {
        return secret.prefix().isEmpty()
                ? Optional.empty()
                : Optional.of(automaton(secret.prefix(), rule.isCaseInsensitive()));
    }

    static Optional<Automaton> tail(Rule rule) throws ExpressionException {
        if (!rule.isSecret()) {
            return Optional.empty();
        }
        String tail = rule.secret().map(SecretRule::tail).orElse("");
        return Optional.of(tail.isEmpty() ? WORD_TAIL : automaton(tail, rule.isCaseInsensitive()));
    }

    /** What looks for expressions that ignore letter case; for all at once where that fits. */
    static List<Seeker> seekers(List<String> expressions) throws ExpressionException {
        List<Node> nodes = new ArrayList<>();
        List<Seeker> seekers = new ArrayList<>();
        for (String expression : expressions) {
            nodes.add(ExpressionParser.parse(expression, true));
            seekers.add(Seeker.of(nodes.getLast()));
        }
        if (nodes.size() < 2) {
            return seekers;
        }
        try {
            return List.of(Seeker.of(new Node.Choice(nodes)));
        } catch (ExpressionException e) {
            // Each fits, all of them together do not.
            return seekers;
        }
    }

    /** What reads expressions that ignore letter case. */
    static List<Automaton> automatons(List<String> expressions) throws ExpressionException {
        List<Automaton> automatons = new ArrayList<>();
        for (String expression : expressions) {
            automatons.add(automaton(expression, true));
        }
        return automatons;
    }

    /** Length of the part of a match that tells what it is. */
    int prefixBytes(byte[] match) {
        return prefix.value()
                .map(each -> each.longestAt(match, 0, Math.min(match.length, MAX_PREFIX_BYTES)))
                .orElse(0);
    }

    /**
     * Whether what matched is what the rule means: random enough, of the right characters, with the
     * right checksum, and nothing that is allowed.
     */
    boolean isMeant(byte[] match) {
        Optional<SecretRule> secret = rule.secret();
        boolean isChecked =
                secret.isPresent()
                        && (secret.get().entropyBits() > 0
                                || secret.get().checksum().isPresent()
                                || !secret.get().holds().isEmpty());
        boolean hasUnless = secret.isPresent() && !secret.get().unless().isEmpty();
        if (!isChecked && rule.allow().isEmpty() && !hasUnless) {
            return true;
        }
        if (secret.isEmpty()) {
            return !holdsAny(allow.value(), match);
        }
        int prefixBytes = prefixBytes(match);
        byte[] value = Arrays.copyOfRange(match, prefixBytes, match.length);
        return (!isChecked || isGenuine(secret.get(), value))
                && (!hasUnless || !holdsAny(unless.value(), Arrays.copyOf(match, prefixBytes)))
                && !holdsAny(allow.value(), value);
    }

    private static boolean isGenuine(SecretRule secret, byte[] value) {
        return secret.holds().stream().allMatch(kind -> kind.isIn(value))
                && secret.checksum().map(checksum -> checksum.isRight(value)).orElse(true)
                && (secret.entropyBits() == 0 || Entropy.bits(value) >= secret.entropyBits());
    }

    /** Whether a match is published as an example. */
    boolean isExample(byte[] match) {
        return holdsAny(examples.value(), match);
    }

    /**
     * Whether what matched is less of a threat than the rule's severity says: the rule has it as
     * lesser, or it is the beginning of a secret that does not go on.
     *
     * @param after some bytes that follow it
     */
    boolean isLesser(byte[] match, byte[] after) {
        if (rule.isSecret() && isBare(match, after)) {
            return true;
        }
        for (Automaton each : lesser.value()) {
            if (each.longestAt(match, 0, match.length) == match.length) {
                return true;
            }
        }
        return false;
    }

    private boolean isBare(byte[] match, byte[] after) {
        Optional<Automaton> body = tail.value();
        if (body.isEmpty() || prefixBytes(match) < match.length) {
            return false;
        }
        // Where the bytes at hand end too early, the body may still come.
        long[] state = new long[body.get().stateLength()];
        int reached = body.get().walk(state, after, 0, after.length, true);
        return reached < LEAST_BODY_BYTES
                ? reached < after.length
                : Entropy.bits(Arrays.copyOf(after, reached)) < LEAST_BODY_ENTROPY_BITS;
    }

    boolean isGeneric() {
        return rule.secret().map(SecretRule::isGeneric).orElse(false);
    }

    private static boolean holdsAny(List<Seeker> seekers, byte[] text) {
        for (Seeker seeker : seekers) {
            SeekState state = seeker.state();
            boolean isFound =
                    seeker.seek(state, text, 0, 0, text.length, text.length) < 0
                            || seeker.endsAtEnd(state, text.length);
            if (isFound) {
                return true;
            }
        }
        return false;
    }

    /** Whether the rule matches anywhere in a text, and what matched is meant. */
    boolean matches(String text) {
        return !matched(text).isEmpty();
    }

    /** What the rule matches in a text, where that is meant. */
    List<byte[]> matched(String text) {
        Search search = new Search();
        TextScan scan =
                new TextScan(new PatternSet(List.of(pattern)), new boolean[] {true}, search);
        search.scan = scan;
        scan.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        scan.end();
        return search.matches;
    }

    static Automaton automaton(String regex, boolean ignoresCase) throws ExpressionException {
        return Automaton.of(ExpressionParser.parse(regex, ignoresCase));
    }

    private static Automaton run(ByteSet set) {
        try {
            return Automaton.of(new Node.Repeat(new Node.Bytes(set), 1, Node.Repeat.UNBOUNDED));
        } catch (ExpressionException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Search implements MatchSink {
        @Nullable TextScan scan;
        final List<byte[]> matches = new ArrayList<>();

        @Override
        public boolean found(int index, long start, long end) {
            byte[] match = Objects.requireNonNull(scan).window().copy(start, end);
            if (isMeant(match)) {
                matches.add(match);
            }
            return false;
        }

        @Override
        public void ready(int index, long start, long end) {}

        @Override
        public void passed() {}
    }
}
