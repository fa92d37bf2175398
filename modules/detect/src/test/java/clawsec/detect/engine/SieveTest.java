package clawsec.detect.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import clawsec.detect.expression.Expressions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SieveTest {
    @Property(tries = 2000, maxDiscardRatio = 20)
    void mayMatch_anyExpressionAndTexts_isSoWhereThereIsAMatch(
            @ForAll("expressions") String regex,
            @ForAll("texts") List<String> texts,
            @ForAll boolean ignoresCase) {
        Pattern pattern = pattern(regex, ignoresCase);
        boolean[] mayMatch = sift(pattern, texts, Integer.MAX_VALUE);
        for (int i = 0; i < mayMatch.length; i++) {
            boolean matches = !new Recorder(pattern).read(texts.get(i)).end().found.isEmpty();
            assertTrue(mayMatch[i] || !matches, regex + " in " + texts.get(i));
        }
    }

    @Test
    void mayMatch_literalThatIsNoMatch_isNot() {
        Pattern pattern = pattern("key=[0-9]{4}", false);
        List<String> texts = List.of("key=123x", "key=1234", "a key", "=1234", "key=12");
        boolean[] expected = {false, true, false, false, true};
        assertEquals(
                Arrays.toString(expected),
                Arrays.toString(sift(pattern, texts, Integer.MAX_VALUE)));
    }

    @Test
    void mayMatch_matchThatBeginsTooLate_isNot() {
        Pattern pattern = pattern("key=[0-9]{4}", false);
        assertTrue(sift(pattern, List.of("abc key=1234"), 5)[0]);
        assertFalse(sift(pattern, List.of("abc key=1234"), 4)[0]);
    }

    @Test
    void mayMatch_patternThatIsNotWanted_isNot() {
        PatternSet set = new PatternSet(List.of(pattern("key=[0-9]{4}", false)));
        Sieve sieve = new Sieve(set, new boolean[1]);
        byte[] text = new byte[Sieve.PADDING_BYTES + 100];
        byte[] key = "key=1234".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(key, 0, text, Sieve.PADDING_BYTES, key.length);
        sieve.begin(text, Sieve.PADDING_BYTES, text.length);
        assertFalse(sieve.mayMatch(Sieve.PADDING_BYTES, text.length, text.length));
    }

    /**
     * @param before by offset in each text
     */
    private static boolean[] sift(Pattern pattern, List<String> texts, int before) {
        byte[] all = (String.join("\n", texts)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] array = new byte[all.length + 2 * Sieve.PADDING_BYTES];
        Arrays.fill(array, (byte) '\n');
        System.arraycopy(all, 0, array, Sieve.PADDING_BYTES, all.length);
        Sieve sieve = new Sieve(new PatternSet(List.of(pattern)), new boolean[] {true});
        sieve.begin(array, Sieve.PADDING_BYTES, Sieve.PADDING_BYTES + all.length);
        boolean[] mayMatch = new boolean[texts.size()];
        int from = Sieve.PADDING_BYTES;
        for (int i = 0; i < mayMatch.length; i++) {
            int to = from + texts.get(i).length();
            mayMatch[i] = sieve.mayMatch(from, to, before < to - from ? from + before : to);
            from = to + 1;
        }
        return mayMatch;
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> literal = Arbitraries.of("abc", "bca-", "aab", "(?:abc|cba)", "c b");
        Arbitrary<String> before = Arbitraries.oneOf(Arbitraries.of(""), Expressions.bounded());
        return Combinators.combine(before, literal, Expressions.any())
                .as((prefix, middle, suffix) -> prefix + middle + suffix);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> piece =
                Arbitraries.of("abc", "bca-", "aab", "cba", "c b", "a", "b", "c", "-", " ", "BC");
        Arbitrary<String> text = piece.list().ofMaxSize(8).map(list -> String.join("", list));
        return text.list().ofMinSize(1).ofMaxSize(5);
    }

    /** Discards what the limits of patterns exclude. */
    private static Pattern pattern(String regex, boolean ignoresCase) {
        try {
            return Pattern.of(ExpressionParser.parse(regex, ignoresCase));
        } catch (ExpressionException e) {
            Assume.that(false);
            throw new IllegalStateException(e);
        }
    }
}
