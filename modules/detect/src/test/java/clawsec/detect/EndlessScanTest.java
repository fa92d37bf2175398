package clawsec.detect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has no end is scanned past the limit of a message, which counts for each event. */
class EndlessScanTest {
    private static final int LIMIT = (int) DetectConfig.DEFAULT.maxScanBytes();
    private static final byte[] BEYOND_LIMIT = new byte[LIMIT + 1];
    private static final byte[] COMMAND = "rm -rf / ".getBytes(US_ASCII);
    private static final byte[] EVENT_END = "\n\n".getBytes(US_ASCII);
    private static final String EVENT_STREAM = "text/event-stream; charset=utf-8";

    private final List<Finding> findings = new ArrayList<>();

    @Test
    void tunnel_pastTheLimit_isScanned() {
        assertEquals(1, findingsPastLimit("", Fields.EMPTY));
    }

    @Test
    void eventStream_pastTheLimit_isScanned_ifNoEventIs() {
        byte[] event = (": so that it stays open\n\n").getBytes(US_ASCII);
        byte[][] pieces = new byte[LIMIT / event.length + 2][];
        Arrays.fill(pieces, event);
        pieces[pieces.length - 1] = COMMAND;
        ScanTally tally = scan("POST", contentType(EVENT_STREAM), pieces);
        assertEquals(List.of("destructive_rm"), Scans.patterns(findings));
        assertEquals(0, tally.unscannedBytes());
    }

    @Test
    void event_upToTheLimit_isScanned() {
        byte[] before = new byte[LIMIT - COMMAND.length];
        ScanTally tally = scan("POST", contentType(EVENT_STREAM), before, COMMAND, EVENT_END);
        assertEquals(1, findings.size());
        assertEquals(LIMIT, tally.scannedBytes());
        assertEquals(EVENT_END.length, tally.unscannedBytes());
    }

    @Test
    void event_pastTheLimit_isLeftOut_andTheNextScannedFromItsBeginning() {
        byte[] before = new byte[LIMIT - 4];
        ScanTally tally =
                scan(
                        "POST",
                        contentType(EVENT_STREAM),
                        before,
                        COMMAND,
                        COMMAND,
                        EVENT_END,
                        COMMAND,
                        EVENT_END,
                        COMMAND);
        assertEquals(2, findings.size());
        int leftOut = COMMAND.length - 4 + COMMAND.length + EVENT_END.length;
        assertEquals(LIMIT + leftOut, findings.getFirst().offsetBytes());
        assertEquals(leftOut, tally.unscannedBytes());
        assertEquals(LIMIT + EVENT_END.length + 2 * COMMAND.length, tally.scannedBytes());
    }

    @Test
    void message_pastTheLimit_isNotScanned() {
        assertEquals(0, findingsPastLimit("POST", contentType("text/plain")));
        assertEquals(0, findingsPastLimit("POST", contentType("application/x-ndjson")));
    }

    private static Fields contentType(String type) {
        return Fields.of(new FieldLine("Content-Type", type));
    }

    private int findingsPastLimit(String method, Fields fields) {
        scan(method, fields, BEYOND_LIMIT, COMMAND);
        return findings.size();
    }

    private ScanTally scan(String method, Fields fields, byte[]... content) {
        Subject subject =
                new Subject(
                        Direction.INBOUND,
                        Protocol.HTTPS,
                        "127.0.0.1",
                        "a.example:443",
                        method,
                        "");
        try (MessageScan scan =
                Detector.of(RuleSet.builtIn(), DetectConfig.DEFAULT).open(subject, findings::add)) {
            if (!method.isEmpty()) {
                scan.head(ByteBuffer.allocate(0), fields);
            }
            for (byte[] piece : content) {
                scan.content(ByteBuffer.wrap(piece));
            }
            scan.end();
            return scan.tally();
        }
    }
}
