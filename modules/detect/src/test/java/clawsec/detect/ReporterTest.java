package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private final Reporter reporter = new Reporter(Scans.ALL, Scans.subject("/"), finding -> {});

    @Test
    void admits_findingsOfARuleAtTheLimit_areReportedAndOneMoreIsCounted() {
        for (int i = 0; i <= Reporter.FREE_FINDINGS; i++) {
            assertTrue(reporter.admits(7), "finding " + i);
        }
        assertFalse(reporter.admits(7));
        assertEquals(1, reporter.omitted());
    }

    @Test
    void admits_firstOfAnotherRule_isReportedWhateverCameBefore() {
        for (int i = 0; i < 1000; i++) {
            reporter.admits(7);
        }
        assertTrue(reporter.admits(8));
        assertFalse(reporter.admits(8));
    }

    @Test
    void admits_moreText_allowsForMore() {
        for (int i = 0; i < 1000; i++) {
            reporter.admits(7);
        }
        reporter.earn(Reporter.BYTES_A_FINDING - 1);
        assertFalse(reporter.admits(7));
        reporter.earn(1);
        assertTrue(reporter.admits(7));
    }

    @Test
    void scan_textMadeOfFindings_reportsSomeAndCountsTheRest() {
        int count = 5_000;
        byte[] text = "cat /etc/shadow\n".repeat(count).getBytes(StandardCharsets.US_ASCII);
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan = Scans.detector(0, true).open(Scans.subject("/"), findings::add)) {
            scan.content(ByteBuffer.wrap(text));
            scan.end();
            long all = findings.size() + scan.tally().omittedFindings();
            assertTrue(all >= count, () -> "in all " + all);
            assertTrue(findings.size() >= text.length / Reporter.BYTES_A_FINDING);
            assertTrue(findings.size() < count / 10, () -> "reported " + findings.size());
        }
    }
}
