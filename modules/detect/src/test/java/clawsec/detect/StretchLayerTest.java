package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.detect.decode.Unescaper;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What escape sequences hide is found in a stretch of any length, and in any number of them. */
class StretchLayerTest {
    private static final String HIDDEN = "cat \\u002fetc/passwd ";
    private static final String PLAIN = "cat /etc/passwd ";

    /** So that what comes next is a stretch of its own. */
    private static final String GAP =
            " ".repeat(Unescaper.LOOK_BACK_BYTES + Unescaper.FOLLOW_BYTES);

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 3000, 9000})
    void stretch_upToAndBeyondWhatIsCollected_isRead(int more) {
        int length = StretchLayer.MOST_COLLECTED_BYTES + more;
        String filler = "\\n".repeat(length - PLAIN.length() - Unescaper.FOLLOW_BYTES);
        for (String text : List.of(filler + HIDDEN + GAP, HIDDEN + filler + GAP)) {
            assertEquals(List.of(List.of("json")), vias(text));
        }
    }

    /** Of what is kept of a long stretch, some begins within what is looked for. */
    @Test
    void match_whereverALongStretchIsCut_isFound() {
        for (int more = -50; more < 10; more++) {
            String filler = "a\\n".repeat((StretchLayer.MOST_COLLECTED_BYTES + more) / 2);
            assertEquals(List.of(List.of("json")), vias(filler + " ".repeat(more & 1) + HIDDEN));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 13, 63, 64, 65, 200})
    void stretches_anyNumber_areEachReadIfThereIsSomething(int count) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, count).forEach(i -> text.append("a \\n").append(GAP));
        text.append(HIDDEN).append(GAP);
        IntStream.range(0, count).forEach(i -> text.append("a \\n").append(GAP));
        text.append(HIDDEN);
        assertEquals(List.of(List.of("json"), List.of("json")), vias(text.toString()));
    }

    @Test
    void stretch_thatHoldsAnother_isReadToTheEnd() {
        String twice = HIDDEN.replace("\\", "\\\\");
        assertEquals(List.of(List.of("json", "json")), vias("a \\n" + GAP + twice + GAP));
    }

    private static List<List<String>> vias(String text) {
        return Scans.content(Scans.ALL, text).stream().map(Finding::via).toList();
    }
}
