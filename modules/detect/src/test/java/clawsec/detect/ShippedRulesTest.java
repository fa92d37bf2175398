package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Every shipped rule finds what its own expression describes, and nothing that is nearly that. */
class ShippedRulesTest {
    private static final List<CompiledRule> RULES = Scans.ALL.compiled();
    private static final Set<String> GENERIC =
            RULES.stream()
                    .filter(CompiledRule::isGeneric)
                    .map(each -> each.rule().id())
                    .collect(Collectors.toSet());

    /** What stands before and after tokens in traffic. */
    private static final List<String> BEFORE =
            List.of(
                    " ", "\"", "=", "\\n", "(", "<", "&", "\\\"", ",", "'", "\n", "[", ">", ")",
                    "%22", "/");

    private static final List<String> AFTER =
            List.of(" ", "\"", "\\n", "&", "<", "\\\"", ",", "'", "\n", "]", ";", "");

    /**
     * Of these a shorter form is right too: {@code sk-proj} and nineteen characters are {@code
     * sk-pro} and twenty; a hyphen may take a character's place.
     */
    private static final Set<String> TAKES_SHORTER = Set.of("ai_api_key", "onepassword_secret_key");

    /** Stands in no class that is not negated. */
    private static final byte FOREIGN = 1;

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void match_inAnyContextAndCut_isFoundAndHidden(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> failures = new ArrayList<>();
        for (CompiledRule rule : RULES) {
            RuleSpecimen.of(rule, random, false)
                    .ifPresent(each -> checkFoundAndHidden(rule, each.text(), random, failures));
        }
        assertEquals(List.of(), failures);
    }

    @Property(tries = 3, shrinking = ShrinkingMode.OFF)
    void shortestMatch_withOneByteLessOrForeign_isNotFound(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> failures = new ArrayList<>();
        for (CompiledRule rule : RULES) {
            if (!TAKES_SHORTER.contains(rule.rule().id())) {
                RuleSpecimen.of(rule, random, true)
                        .ifPresent(each -> checkNearMisses(rule, each, random, failures));
            }
        }
        assertEquals(List.of(), failures);
    }

    @Example
    void tokenWithWrongChecksum_isNotFound() {
        Random random = new Random(1);
        for (CompiledRule rule : RULES) {
            if (checksum(rule).filter(Checksum.BASE62_CRC32::equals).isPresent()) {
                String right = RuleSpecimen.of(rule, random, true).orElseThrow().text();
                char last = right.charAt(right.length() - 1);
                String wrong = right.substring(0, right.length() - 1) + (last == '0' ? '1' : '0');
                assertTrue(patterns(rule, "\"" + right + "\"").contains(rule.rule().id()), right);
                assertFalse(patterns(rule, "\"" + wrong + "\"").contains(rule.rule().id()), wrong);
            }
        }
    }

    private static void checkFoundAndHidden(
            CompiledRule rule, String match, Random random, List<String> failures) {
        String id = rule.rule().id();
        String end = random.nextInt(4) == 0 ? "" : any(AFTER, random) + " y";
        String text = "x " + any(BEFORE, random) + match + end;
        List<Finding> findings = scanned(rule, text, random);
        Set<String> found = findings.stream().map(Finding::pattern).collect(Collectors.toSet());
        boolean gaveWay = rule.isGeneric() && !GENERIC.containsAll(found);
        if (!found.contains(id) && !gaveWay && isComplete(rule, text)) {
            failures.add(id + " is not found in " + text);
        }
        String secret =
                match.substring(rule.prefixBytes(match.getBytes(StandardCharsets.ISO_8859_1)));
        if (rule.rule().isSecret() && secret.length() > 2 * Mask.SHOWN_BYTES) {
            findings.stream()
                    .filter(finding -> finding.snippet().contains(secret))
                    .forEach(finding -> failures.add(id + " is shown by " + finding));
        }
    }

    /** False when a boundary inside the expression is not met, which only its neighbours tell. */
    private static boolean isComplete(CompiledRule rule, String text) {
        return rule.rule().regex().lastIndexOf("\\b") <= 0 || rule.matches(text);
    }

    /** A byte of the secret is taken out, or replaced by one that stands in no secret. */
    private static void checkNearMisses(
            CompiledRule rule, Specimen specimen, Random random, List<String> failures) {
        byte[] match = specimen.bytes();
        int prefix = rule.prefixBytes(match);
        boolean isStrict =
                specimen.sets().stream().skip(prefix).noneMatch(s -> s.contains(FOREIGN));
        if (prefix == 0 || prefix == match.length || !isStrict) {
            return;
        }
        int place = random.nextInt(prefix, match.length);
        byte[] foreign = match.clone();
        foreign[place] = FOREIGN;
        byte[] shorter = Arrays.copyOf(match, match.length - 1);
        System.arraycopy(match, place + 1, shorter, place, shorter.length - place);
        for (byte[] each : List.of(foreign, shorter)) {
            String text = "\001" + new String(each, StandardCharsets.ISO_8859_1) + "\001";
            if (patterns(rule, text).contains(rule.rule().id())) {
                failures.add(rule.rule().id() + " is found in " + text);
            }
        }
    }

    private static Optional<Checksum> checksum(CompiledRule rule) {
        return rule.rule().secret().flatMap(SecretRule::checksum);
    }

    private static List<String> patterns(CompiledRule rule, String text) {
        return Scans.patterns(scanned(rule, text, new Random(text.hashCode())));
    }

    /** The findings in content that comes in pieces, in a direction that the rule is for. */
    private static List<Finding> scanned(CompiledRule rule, String text, Random random) {
        Direction direction = rule.rule().directions().iterator().next();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(subject(direction), findings::add)) {
            int at = 0;
            while (at < bytes.length) {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(bytes.length));
                scan.content(ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end)));
                at = end;
            }
            scan.end();
        }
        return findings;
    }

    private static Subject subject(Direction direction) {
        Subject out = Scans.subject("");
        return new Subject(
                direction, out.protocol(), out.source(), out.dest(), out.method(), out.url());
    }

    private static String any(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
