package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has no end is scanned past the limit of a message. */
class EndlessScanTest {
    private static final byte[] BEYOND_LIMIT =
            new byte[(int) DetectConfig.DEFAULT.maxScanBytes() + 1];

    private final List<Finding> findings = new ArrayList<>();

    @Test
    void tunnel_pastTheLimit_isScanned() {
        assertEquals(1, findingsPastLimit("", Fields.EMPTY));
    }

    @Test
    void eventStream_pastTheLimit_isScanned() {
        assertEquals(1, findingsPastLimit("POST", contentType("text/event-stream; charset=utf-8")));
    }

    @Test
    void message_pastTheLimit_isNotScanned() {
        assertEquals(0, findingsPastLimit("POST", contentType("text/plain")));
    }

    private static Fields contentType(String type) {
        return Fields.of(new FieldLine("Content-Type", type));
    }

    private int findingsPastLimit(String method, Fields fields) {
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
            scan.content(ByteBuffer.wrap(BEYOND_LIMIT));
            scan.content(ByteBuffer.wrap("rm -rf / ".getBytes(StandardCharsets.US_ASCII)));
            scan.end();
        }
        return findings.size();
    }
}
