package clawsec.ctl.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.detect.ScanTally;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionCountersTest {
    private final InspectionCounters counters = new InspectionCounters();

    @Test
    void countMessage_some_addsUp() {
        counters.countMessage(new ScanTally(10, 0, Optional.empty(), 3));
        counters.countMessage(new ScanTally(5, 7, Optional.of("coding br"), 1));
        assertEquals(
                Map.of(
                        "messages",
                        2L,
                        "bytes_scanned",
                        15L,
                        "bytes_unscanned",
                        7L,
                        "stretches_undecoded",
                        4L),
                counters.snapshot().get("inspection"));
        assertEquals(Map.of("coding br", 1L), counters.snapshot().get("uninspected"));
    }

    @Test
    void countMessage_reasonsWithoutEnd_keepsTheFirstAndCountsTheRestTogether() {
        for (int i = 0; i < InspectionCounters.MAX_NAMES; i++) {
            reason("coding x" + i);
        }
        assertEquals(InspectionCounters.MAX_NAMES, uninspected().size());
        reason("one more");
        reason("and another");
        reason("coding x0");
        assertEquals(InspectionCounters.MAX_NAMES + 1, uninspected().size());
        assertEquals(2, uninspected().get(InspectionCounters.OTHER));
        assertEquals(2, uninspected().get("coding x0"));
    }

    private void reason(String reason) {
        counters.countMessage(new ScanTally(0, 1, Optional.of(reason), 0));
    }

    private Map<String, Long> uninspected() {
        return counters.snapshot().getOrDefault("uninspected", Map.of());
    }
}
