package clawsec.bench.quality;

import clawsec.detect.DetectConfig;
import clawsec.detect.Detector;
import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.MessageScan;
import clawsec.detect.Protocol;
import clawsec.detect.RuleSet;
import clawsec.detect.Subject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Scans texts as the content of messages to and from a host that no rule knows. */
final class Probe {
    private static final String DEST = "collector.example:443";

    private final Detector detector =
            Detector.of(
                    RuleSet.builtIn(),
                    new DetectConfig(
                            0,
                            true,
                            DetectConfig.DEFAULT.contentLimits(),
                            DetectConfig.DEFAULT.decodeLimits()));

    int ruleCount() {
        return detector.rules().rules().size();
    }

    List<Finding> scan(Direction direction, byte[] text) {
        List<Finding> findings = new ArrayList<>();
        Subject subject = new Subject(direction, Protocol.HTTPS, "127.0.0.1", DEST, "POST", "");
        try (MessageScan scan = detector.open(subject, findings::add)) {
            scan.content(ByteBuffer.wrap(text));
            scan.end();
        }
        return findings;
    }
}
