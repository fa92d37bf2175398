package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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
        reporter.endText(1);
        reporter.reached(Reporter.BYTES_A_FINDING - 2);
        assertFalse(reporter.admits(7));
        reporter.reached(Reporter.BYTES_A_FINDING - 1);
        assertTrue(reporter.admits(7));
    }

    @Test
    void scan_textMadeOfFindings_reportsTheSameWhereverItIsCut() {
        byte[] text = "cat /etc/shadow\n".repeat(600).getBytes(StandardCharsets.US_ASCII);
        List<Finding> whole = scanned(text, text.length);
        assertTrue(whole.size() > Reporter.FREE_FINDINGS && whole.size() < 200, "" + whole.size());
        assertEquals(whole, scanned(text, 1));
        assertEquals(whole, scanned(text, 777));
    }

    private static List<Finding> scanned(byte[] text, int pieceBytes) {
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan = Scans.detector(0, true).open(Scans.subject("/"), findings::add)) {
            for (int i = 0; i < text.length; i += pieceBytes) {
                int count = Math.min(pieceBytes, text.length - i);
                scan.content(ByteBuffer.wrap(text, i, count));
            }
            scan.end();
        }
        return findings;
    }

    /** What is found in decoded text alone is let through by the text around it too. */
    @Test
    void scan_findingsInDecodedTextFarApart_reportsAllOfThem() {
        String run = Base64.getEncoder().encodeToString("cat /etc/shadow now".getBytes(UTF_8));
        String filler = "nothing to see ".repeat(Reporter.BYTES_A_FINDING / 15 + 1);
        int count = 2 * Reporter.FREE_FINDINGS;
        byte[] text = (run + "\n" + filler + "\n").repeat(count).getBytes(UTF_8);
        List<Finding> whole = scanned(text, text.length);
        assertEquals(count, whole.size());
        assertEquals(whole, scanned(text, 777));
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
