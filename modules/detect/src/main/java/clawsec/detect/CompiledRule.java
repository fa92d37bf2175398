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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A rule and what its expressions became. Immutable.
 *
 * @param prefix of a secret that has one
 * @param tail of a secret
 */
record CompiledRule(
        Rule rule, Pattern pattern, Optional<Automaton> prefix, Optional<Automaton> tail) {
    private static final Automaton WORD_TAIL = wordTail();

    static Pattern pattern(Rule rule) throws ExpressionException {
        return Pattern.of(ExpressionParser.parse(rule.regex(), rule.isCaseInsensitive()));
    }

    static Optional<Automaton> prefix(Rule rule) throws ExpressionException {
        return rule.prefix().isEmpty()
                ? Optional.empty()
                : Optional.of(automaton(rule, rule.prefix()));
    }

    static Optional<Automaton> tail(Rule rule) throws ExpressionException {
        if (!rule.isSecret()) {
            return Optional.empty();
        }
        return Optional.of(rule.tail().isEmpty() ? WORD_TAIL : automaton(rule, rule.tail()));
    }

    /** Whether the rule matches anywhere in a text. */
    boolean matches(String text) {
        boolean[] found = {false};
        MatchSink sink =
                new MatchSink() {
                    @Override
                    public void found(int index, long start, long end) {
                        found[0] = true;
                    }

                    @Override
                    public void ready(int index, long start, long end) {}

                    @Override
                    public void passed() {}
                };
        TextScan scan = new TextScan(new PatternSet(List.of(pattern)), new boolean[] {true}, sink);
        scan.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        scan.end();
        return found[0];
    }

    private static Automaton automaton(Rule rule, String regex) throws ExpressionException {
        return Automaton.of(ExpressionParser.parse(regex, rule.isCaseInsensitive()));
    }

    private static Automaton wordTail() {
        ByteSet set = ByteSet.WORD.or(ByteSet.of('-'));
        try {
            return Automaton.of(new Node.Repeat(new Node.Bytes(set), 1, Node.Repeat.UNBOUNDED));
        } catch (ExpressionException e) {
            throw new IllegalStateException(e);
        }
    }
}
