package clawsec.detect.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import clawsec.detect.expression.Expressions;
import clawsec.detect.expression.Expressions.Span;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TextScanTest {
    @Property(tries = 3000, maxDiscardRatio = 20)
    void read_anyExpressionWithALiteral_findsWhatJavaFinds(
            @ForAll("expressions") String regex,
            @ForAll("texts") String text,
            @ForAll boolean ignoresCase) {
        Recorder recorder = new Recorder(pattern(regex, ignoresCase)).read(text).end();
        assertEquals(
                Expressions.leftmostLongest(regex, ignoresCase, text),
                recorder.foundInOrder(),
                regex);
    }

    @Property(tries = 1000, maxDiscardRatio = 20)
    void read_cutAnywhere_makesTheSameReadyAtTheSamePlace(
            @ForAll("expressions") String first,
            @ForAll("expressions") String second,
            @ForAll("longTexts") String text,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 70) Integer> cuts) {
        Pattern[] patterns = {pattern(first, false), pattern(second, true)};
        Recorder whole = new Recorder(patterns).read(text).end();
        Recorder cut = new Recorder(patterns);
        Recorder bytewise = new Recorder(patterns);
        int at = 0;
        for (int i = 0; at < text.length(); i++) {
            int next = Math.min(text.length(), at + cuts.get(i % cuts.size()));
            cut.read(text.substring(at, next));
            at = next;
        }
        text.chars().forEach(c -> bytewise.read(String.valueOf((char) c)));
        assertEquals(whole.ready, cut.end().ready);
        assertEquals(whole.ready, bytewise.end().ready);
        assertEquals(whole.found.size(), whole.ready.size());
    }

    @Test
    void read_matchThatIsComplete_waitsForItsContextAndNoLonger() {
        Recorder recorder = new Recorder(accepted("key=[0-9]{4}"));
        recorder.read("some key=1234");
        assertTrue(recorder.scan.isPending());
        recorder.read("x".repeat(TextScan.CONTEXT_BYTES - 1));
        assertTrue(recorder.ready.isEmpty() && recorder.scan.isPending());
        recorder.read("x");
        assertEquals(1, recorder.ready.size());
        assertFalse(recorder.scan.isPending());
    }

    @Test
    void read_literalOfAnotherAlternativeInside_stillReadsFromTheStart() {
        Recorder recorder = new Recorder(accepted("(begin|start)[a-z ]{0,30}quuz9|zxq"));
        recorder.read("begin zxq quuz9").end();
        assertEquals(List.of(new Span(0, 15)), recorder.found);
    }

    @Test
    void read_nothingButLiterals_findsTheLeftmostThatDoNotOverlap() {
        Recorder whole = new Recorder(accepted("aaa|aba|cac"), accepted("<(pre|quo)"));
        whole.read("aaaaabacac <quote><pre").end();
        List<Span> expected =
                List.of(
                        new Span(0, 3),
                        new Span(4, 7),
                        new Span(7, 10),
                        new Span(11, 15),
                        new Span(18, 22));
        assertEquals(expected, whole.found);
        Recorder bytewise = new Recorder(accepted("aaa|aba|cac"), accepted("<(pre|quo)"));
        "aaaaabacac <quote><pre".chars().forEach(c -> bytewise.read(String.valueOf((char) c)));
        assertEquals(expected, bytewise.end().found);
        assertEquals(whole.ready, bytewise.ready);
        bytewise.read("aaa").end();
        assertEquals(new Span(0, 3), bytewise.found.getLast());
    }

    @Test
    void read_matchThatGoesOn_waitsForItsEnd() {
        Recorder recorder = new Recorder(accepted("key=[0-9]{4,}"));
        recorder.read("key=" + "1".repeat(1000));
        assertTrue(recorder.ready.isEmpty() && recorder.scan.isPending());
        recorder.read(";" + "x".repeat(TextScan.CONTEXT_BYTES));
        assertEquals(List.of(new Span(0, 1004)), recorder.found);
        assertEquals(1, recorder.ready.size());
    }

    @Test
    void read_unboundedMatch_isCutAtTheLimit() {
        Recorder atLimit = new Recorder(accepted("key=[0-9]+"));
        atLimit.read("key=" + "1".repeat(Pattern.MAX_MATCH_BYTES - 4)).end();
        assertEquals(List.of(new Span(0, Pattern.MAX_MATCH_BYTES)), atLimit.found);
        Recorder past = new Recorder(accepted("key=[0-9]+"));
        past.read("key=" + "1".repeat(3 * Pattern.MAX_MATCH_BYTES)).end();
        assertEquals(List.of(new Span(0, Pattern.MAX_MATCH_BYTES)), past.found);
    }

    @Test
    void flush_matchUnderWay_isTakenAsItIsAndNotTwice() {
        Recorder recorder = new Recorder(accepted("key=[0-9]{4,}"));
        recorder.read("key=12345").scan.flush();
        assertFalse(recorder.scan.isPending());
        recorder.read("678 key=9999").end();
        assertEquals(List.of(new Span(0, 9), new Span(13, 21)), recorder.found);
    }

    @Test
    void flush_matchAtABoundary_isTaken() {
        Recorder recorder = new Recorder(accepted("\\bpasswd\\b"));
        recorder.read("passwd");
        assertTrue(recorder.scan.isPending());
        recorder.scan.flush();
        assertEquals(1, recorder.ready.size());
    }

    @Test
    void flush_incompleteMatch_goesOn() {
        Recorder recorder = new Recorder(accepted("key=[0-9]{4}"));
        recorder.read("key=12").scan.flush();
        recorder.read("34").end();
        assertEquals(List.of(new Span(0, 8)), recorder.found);
    }

    @Test
    void end_nextText_knowsNothingOfTheOneBefore() {
        Recorder recorder = new Recorder(accepted("key=[0-9]{4}"));
        recorder.read("key=12").end();
        recorder.read("34 key=5678").end();
        assertEquals(List.of(new Span(3, 11)), recorder.found);
    }

    @Test
    void read_hostileText_costsAFewStepsAByte() {
        Pattern[] patterns = {
            accepted("abc[^|]{0,250}\\|sh"),
            accepted("[a-z]{0,200}abcd[0-9]"),
            accepted("\\babc (-\\w{1,9} ){0,4}-e\\b")
        };
        for (String unit : List.of("abc", "abc ", "abcabcd", "abc -x ", "abc|", "abcd1 ")) {
            String text = unit.repeat(100_000 / unit.length());
            Recorder recorder = new Recorder(patterns).read(text).end();
            assertTrue(
                    recorder.scan.readBytes() < 4L * patterns.length * text.length(),
                    () -> unit + " takes " + recorder.scan.readBytes());
        }
    }

    @Test
    void pattern_longestBoundedMatchAtTheLimit_isTakenAndOneMoreIsNot() {
        accepted("abcd[0-9]{0,1020}");
        ExpressionException refused =
                assertThrows(
                        ExpressionException.class,
                        () -> Pattern.of(ExpressionParser.parse("abcd[0-9]{0,1021}", false)));
        assertEquals(
                "expression takes 1025 bytes with its repetitions written out, at most 1024 are"
                        + " allowed; use smaller repetitions",
                refused.reason());
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> literal = Arbitraries.of("abc", "bca-", "aab", "(?:abc|cba)", "c b");
        Arbitrary<String> before = Arbitraries.oneOf(Arbitraries.of(""), Expressions.bounded());
        // Some matches are certain only long after their end.
        Arbitrary<String> optional =
                Arbitraries.of("(?:[^\\n]{0,200}-A)?", "(?:[a-c]{60,120}x)?", "(?:.{70}b-)?");
        Arbitrary<String> after = Arbitraries.oneOf(Expressions.any(), optional);
        return Combinators.combine(before, literal, after)
                .as((prefix, middle, suffix) -> prefix + middle + suffix);
    }

    @Provide
    Arbitrary<String> texts() {
        return pieces().list().ofMaxSize(8).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> longTexts() {
        Arbitrary<String> filler =
                Arbitraries.of("x".repeat(45), "abc".repeat(30), "-".repeat(300), "c b ");
        return Arbitraries.oneOf(pieces(), filler)
                .list()
                .ofMaxSize(20)
                .map(list -> String.join("", list));
    }

    private static Arbitrary<String> pieces() {
        return Arbitraries.of(
                "abc", "bca-", "aab", "cba", "c b", "a", "b", "c", "A", "-", " ", "\n", "ab", "BC");
    }

    private static Pattern accepted(String regex) {
        try {
            return Pattern.of(ExpressionParser.parse(regex, false));
        } catch (ExpressionException e) {
            throw new AssertionError(e);
        }
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
