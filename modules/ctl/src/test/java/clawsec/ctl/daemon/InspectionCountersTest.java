package clawsec.ctl.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Protocol;
import clawsec.detect.ScanTally;
import clawsec.detect.Severity;
import clawsec.detect.Subject;
import clawsec.detect.ThreatType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class InspectionCountersTest {
    private final InspectionCounters counters = new InspectionCounters();

    @Test
    void countMessage_some_addsUp() {
        counters.countMessage(
                new ScanTally(10, 0, Optional.empty(), 3, 0), UnaryOperator.identity());
        counters.countMessage(
                new ScanTally(5, 7, Optional.of("coding br"), 1, 6), UnaryOperator.identity());
        assertEquals(
                Map.of(
                        "messages",
                        2L,
                        "bytes_scanned",
                        15L,
                        "bytes_unscanned",
                        7L,
                        "stretches_undecoded",
                        4L,
                        "findings_omitted",
                        6L),
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

    @Test
    void countMessage_reasonWithASecret_isCountedMasked() {
        counters.countMessage(
                new ScanTally(0, 1, Optional.of("coding secret"), 0, 0),
                reason -> reason.replace("secret", "***"));
        assertEquals(Map.of("coding ***", 1L), uninspected());
    }

    @Test
    void countFinding_morePatternsThanPeersMayName_keepsEach() {
        Subject subject = new Subject(Direction.OUTBOUND, Protocol.HTTP, "a", "b:1", "GET", "");
        for (int i = 0; i <= InspectionCounters.MAX_NAMES; i++) {
            counters.countFinding(
                    new Finding(
                            subject, ThreatType.EXFIL, "p" + i, Severity.LOW, "", 0, List.of()));
        }
        Map<String, Long> patterns = counters.snapshot().getOrDefault("patterns", Map.of());
        assertEquals(InspectionCounters.MAX_NAMES + 1, patterns.size());
        assertFalse(patterns.containsKey(InspectionCounters.OTHER));
    }

    private void reason(String reason) {
        counters.countMessage(
                new ScanTally(0, 1, Optional.of(reason), 0, 0), UnaryOperator.identity());
    }

    private Map<String, Long> uninspected() {
        return counters.snapshot().getOrDefault("uninspected", Map.of());
    }
}
