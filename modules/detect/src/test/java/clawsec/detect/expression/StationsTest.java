package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StationsTest {
    private static final int LENGTH = 200_000;

    @Property(tries = 1000, maxDiscardRatio = 20)
    void seek_withoutCredit_stopsWhereItDoesWith(
            @ForAll("expressions") String regex, @ForAll("texts") String text) {
        Seeker seeker = seeker(regex);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(ends(seeker, bytes, true), ends(seeker, bytes, false), regex);
    }

    @Test
    void seek_textThatVisitsEverNewStations_findsTheSameAsWithoutAny() {
        // Which of the last bytes were an "a" is what a station has to know: 2^13 of them.
        Seeker seeker = seeker("a(?:a|b|c){12}d");
        byte[] text = new byte[LENGTH];
        Random random = new Random(7);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextInt(40) == 0 ? 'd' : 'a' + random.nextInt(3));
        }
        List<Integer> ends = ends(seeker, text, true);
        assertEquals(ends(seeker, text, false), ends);
        assertTrue(ends.size() > 1000, () -> "ends " + ends.size());
    }

    @Provide
    Arbitrary<String> expressions() {
        return Expressions.any();
    }

    @Provide
    Arbitrary<String> texts() {
        return Expressions.texts();
    }

    private static Seeker seeker(String regex) {
        try {
            Node node = ExpressionParser.parse(regex, false);
            Assume.that(Extent.of(node).shortest() > 0);
            return Seeker.of(node);
        } catch (ExpressionException e) {
            Assume.that(false);
            throw new IllegalStateException(e);
        }
    }

    /** Where matches end, each sought from the end of the one before. */
    private static List<Integer> ends(Seeker seeker, byte[] text, boolean hasCredit) {
        List<Integer> ends = new ArrayList<>();
        SeekState state = seeker.state();
        int from = 0;
        while (from < text.length) {
            // In strides, as a scan reads.
            int to = Math.min(text.length, from + 50);
            state.credit = hasCredit ? state.credit : 0;
            int stop = seeker.seek(state, text, 0, from, to, text.length);
            if (stop < 0) {
                ends.add(~stop);
                seeker.clear(state);
                from = Math.max(~stop, from + 1);
            } else {
                from = stop;
            }
        }
        return ends;
    }
}
