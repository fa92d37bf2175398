package clawsec.detect.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LiteralFilterTest {
    @Property(tries = 1000)
    void read_cutAnywhere_findsEveryEndOfEveryLiteral(
            @ForAll("literals") List<List<String>> literals,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 9) int pieceBytes) {
        Set<String> expected = new TreeSet<>();
        String lower = text.toLowerCase(Locale.ROOT);
        for (int pattern = 0; pattern < literals.size(); pattern++) {
            for (String literal : literals.get(pattern)) {
                int at = lower.indexOf(literal);
                for (; at >= 0; at = lower.indexOf(literal, at + 1)) {
                    expected.add(pattern + "/" + literal.length() + "@" + (at + literal.length()));
                }
            }
        }
        assertEquals(expected, found(new LiteralFilter(literals), text, pieceBytes));
    }

    @Provide
    Arbitrary<List<List<String>>> literals() {
        Arbitrary<String> literal =
                Arbitraries.strings().withChars("abc-").ofMinLength(3).ofMaxLength(6);
        return literal.list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abcABC-\n").ofMaxLength(60);
    }

    private static Set<String> found(LiteralFilter filter, String text, int pieceBytes) {
        Set<String> found = new TreeSet<>();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int state = LiteralFilter.START;
        int at = 0;
        while (at < bytes.length) {
            long read = filter.read(bytes, at, Math.min(bytes.length, at + pieceBytes), state);
            state = (int) (read >>> 32);
            at = (int) read;
            if (filter.isHit(state)) {
                for (LiteralFilter.Hit hit : filter.hits(state)) {
                    found.add(hit.pattern() + "/" + hit.lengthBytes() + "@" + at);
                }
            }
        }
        return found;
    }
}
