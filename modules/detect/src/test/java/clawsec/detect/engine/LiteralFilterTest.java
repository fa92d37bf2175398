package clawsec.detect.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.detect.expression.Literal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LiteralFilterTest {
    /** What stands around a text in its array, so that whole vectors can be read. */
    private static final int MARGIN = 200;

    @Property(tries = 1000)
    void read_anyKindCutAnywhere_findsEveryEndOfEveryLiteral(
            @ForAll("patterns") List<List<Literal>> literals,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 300) int pieceBytes) {
        List<String> expected = naively(literals, text);
        for (LiteralFilter filter : ofEachKind(literals)) {
            assertEquals(expected, found(filter, text, pieceBytes, MARGIN));
        }
    }

    @Property(tries = 200)
    void read_arrayEndsWithTheText_isNotReadBeyond(
            @ForAll("patterns") List<List<Literal>> literals, @ForAll("texts") String text) {
        List<String> expected = naively(literals, text);
        for (LiteralFilter filter : ofEachKind(literals)) {
            assertEquals(expected, found(filter, text, Integer.MAX_VALUE, 0));
        }
    }

    @Test
    void read_allValuesOfAByte_areToldApart() {
        List<List<Literal>> literals = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int value = 0; value < 256; value++) {
            literals.add(List.of(literal("a" + (char) value + "c" + (char) (value ^ 0x80), 0)));
            text.append("a").append((char) value).append("c").append((char) (value ^ 0x80));
            text.append("a").append((char) value).append("c").append((char) value);
        }
        List<String> expected = naively(literals, text.toString());
        for (LiteralFilter filter : ofEachKind(literals)) {
            assertEquals(expected, found(filter, text.toString(), 1000, MARGIN));
        }
    }

    @Test
    void read_thousandsOfLiterals_findsEachEndOfEach() {
        List<List<Literal>> literals = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String digits = Integer.toString(1_000_000 + 7919 * i);
            literals.add(List.of(literal(digits.substring(digits.length() - 4) + "x", 0)));
            text.append(digits).append("x ");
        }
        List<String> expected = naively(literals, text.toString());
        for (LiteralFilter filter : ofEachKind(literals)) {
            assertEquals(expected, found(filter, text.toString(), 1000, MARGIN));
        }
    }

    @Test
    void read_aLiteralAtEveryByte_findsAllInPauses() {
        List<List<Literal>> literals = List.of(List.of(literal("aaa", 1), literal("aaaaa", 0)));
        String text = "a".repeat(5000);
        for (LiteralFilter filter : ofEachKind(literals)) {
            assertEquals(naively(literals, text), found(filter, text, Integer.MAX_VALUE, MARGIN));
        }
    }

    @Provide
    Arbitrary<List<List<Literal>>> patterns() {
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("abk-\u00e9A").ofMinLength(3).ofMaxLength(12);
        Arbitrary<Literal> literal =
                Combinators.combine(texts, Arbitraries.integers())
                        .as((text, either) -> literal(text, either));
        return literal.list().ofMinSize(1).ofMaxSize(5).list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("aabbkABK-\u00e9\u00c9\u0069\n").ofMaxLength(300);
    }

    /**
     * @param either which letters stand in either case, as far as they are lower-case letters
     */
    private static Literal literal(String text, int either) {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            letters |= text.charAt(i) >= 'a' && text.charAt(i) <= 'z' ? 1 << i : 0;
        }
        return new Literal(text, either & letters, text.length());
    }

    /** The twin, and the one with vectors. */
    private static List<LiteralFilter> ofEachKind(List<List<Literal>> literals) {
        LiteralFilter wide = new LiteralFilter(literals);
        wide.use(new WideSearch(wide.literals(), wide.search()));
        return List.of(new LiteralFilter(literals), wide);
    }

    private static List<String> naively(List<List<Literal>> literals, String text) {
        List<String> expected = new ArrayList<>();
        for (int end = 0; end <= text.length(); end++) {
            List<String> here = new ArrayList<>();
            for (int pattern = 0; pattern < literals.size(); pattern++) {
                for (Literal literal : literals.get(pattern)) {
                    if (endsAt(literal, text, end)) {
                        here.add(shown(pattern, literal, end));
                    }
                }
            }
            here.sort(null);
            expected.addAll(here);
        }
        return expected;
    }

    private static boolean endsAt(Literal literal, String text, int end) {
        int from = end - literal.length();
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (!literal.fits(i, text.charAt(from + i))) {
                return false;
            }
        }
        return true;
    }

    private static String shown(int pattern, Literal literal, int end) {
        return pattern + "/" + literal.text() + "/" + literal.eitherCase() + "@" + end;
    }

    private static List<String> found(
            LiteralFilter filter, String text, int pieceBytes, int marginBytes) {
        List<String> found = new ArrayList<>();
        byte[] bytes =
                Arrays.copyOf(
                        text.getBytes(StandardCharsets.ISO_8859_1), text.length() + marginBytes);
        Hits hits = new Hits();
        int at = 0;
        while (at < text.length()) {
            int to = (int) Math.min(text.length(), (long) at + pieceBytes);
            at = filter.read(bytes, at, to, to, hits);
            List<String> here = new ArrayList<>();
            int end = 0;
            while (hits.hasNext()) {
                if (hits.nextEnd() != end) {
                    here.sort(null);
                    found.addAll(here);
                    here.clear();
                }
                end = hits.nextEnd();
                for (LiteralFilter.Hit hit : filter.hits(hits.take())) {
                    here.add(shown(hit.pattern(), hit.literal(), end));
                }
            }
            here.sort(null);
            found.addAll(here);
        }
        return found;
    }
}
