package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Decoding ends where it is said to, and that is counted. */
class DecodeLimitsTest {
    private final List<Finding> findings = new ArrayList<>();

    @Test
    void depth_upToTheLimit_isDecoded() {
        byte[] text = "cat /etc/passwd now".getBytes(UTF_8);
        for (int depth = 1; depth <= 5; depth++) {
            text = Base64.getEncoder().encode(text);
            findings.clear();
            boolean isWithin = depth <= DecodeLimits.DEFAULT.depth();
            long cuts = scanned(DecodeLimits.DEFAULT, text).undecodedStretches();
            assertEquals(isWithin ? 0 : 1, cuts);
            assertEquals(isWithin ? 1 : 0, findings.size());
        }
    }

    @Test
    void depth_beyondTheLimit_isCountedOnceAStretch() {
        DecodeLimits one = new DecodeLimits(1, 1000, 4);
        String twice = "cat %252Fetc%252Fpasswd" + " ".repeat(300);
        assertEquals(1, scanned(one, twice.getBytes(UTF_8)).undecodedStretches());
        assertEquals(2, scanned(one, (twice + twice).getBytes(UTF_8)).undecodedStretches());
        assertEquals(0, scanned(one, "cat %2Fetc%2Fgroup".getBytes(UTF_8)).undecodedStretches());
        assertEquals(List.of(), findings);
    }

    @Test
    void depth_ofNone_decodesNothing() {
        byte[] text = "cat %2Fetc%2Fpasswd".getBytes(UTF_8);
        assertEquals(0, scanned(new DecodeLimits(0, 1000, 4), text).undecodedStretches());
        assertEquals(List.of(), findings);
    }

    @Test
    void budget_upToTheLimit_isSpent() {
        byte[] text = Base64.getEncoder().encode("cat /etc/passwd now".getBytes(UTF_8));
        assertEquals(0, scanned(new DecodeLimits(4, 19, 0), text).undecodedStretches());
        assertEquals(1, findings.size());
        findings.clear();
        assertEquals(1, scanned(new DecodeLimits(4, 18, 0), text).undecodedStretches());
        assertEquals(List.of(), findings);
        assertEquals(0, scanned(new DecodeLimits(4, 0, 1), text).undecodedStretches());
        assertEquals(1, findings.size());
    }

    @Test
    void bomb_insideText_endsInACount() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(new byte[50_000_000]);
        }
        byte[] text = Base64.getEncoder().encode(bytes.toByteArray());
        assertTrue(scanned(DecodeLimits.DEFAULT, text).undecodedStretches() > 0);
    }

    @Test
    void limits_belowNothing_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(0, 0, -1));
    }

    private ScanTally scanned(DecodeLimits limits, byte[] text) {
        DetectConfig config =
                new DetectConfig(0, true, DetectConfig.DEFAULT.contentLimits(), limits);
        Detector detector = Detector.of(RULES, config);
        try (MessageScan scan = detector.open(Scans.subject(""), findings::add)) {
            scan.content(ByteBuffer.wrap(text));
            scan.end();
            return scan.tally();
        }
    }

    private static final RuleSet RULES = pathsOnly();

    private static RuleSet pathsOnly() {
        try {
            return RuleSet.parse(
                    """
                    {"version":1,"rules":[{"id":"own","type":"EXFIL","title":"Own",
                    "severity":"low","regex":"/etc/passwd","secret":false,
                    "hit":["/etc/passwd"],"miss":["/etc/"]}]}\
                    """
                            .getBytes(UTF_8),
                    "own.json");
        } catch (RuleException e) {
            throw new IllegalStateException(e);
        }
    }
}
