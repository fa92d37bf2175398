package clawsec.detect;

import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Scans made up for tests. */
final class Scans {
    static final Detector ALL = detector(0, true);

    private Scans() {}

    static Detector detector(long maxScanBytes, boolean masksSecrets) {
        return Detector.of(
                RuleSet.builtIn(),
                new DetectConfig(
                        maxScanBytes,
                        masksSecrets,
                        DetectConfig.DEFAULT.contentLimits(),
                        DetectConfig.DEFAULT.decodeLimits()));
    }

    static Subject subject(String url) {
        return new Subject(
                Direction.OUTBOUND, Protocol.HTTPS, "127.0.0.1", "a.example:443", "POST", url);
    }

    /** Of a message that arrives. */
    static Subject inbound() {
        return new Subject(
                Direction.INBOUND, Protocol.HTTPS, "127.0.0.1", "a.example:443", "GET", "");
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The findings in content that comes in one piece. */
    static List<Finding> content(Detector detector, String text) {
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan = detector.open(subject(""), findings::add)) {
            scan.content(bytes(text));
            scan.end();
        }
        return findings;
    }

    static List<Finding> head(Detector detector, String text) {
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan = detector.open(subject(""), findings::add)) {
            scan.head(bytes(text), Fields.EMPTY);
            scan.end();
        }
        return findings;
    }

    static List<String> snippets(List<Finding> findings) {
        return findings.stream().map(Finding::snippet).toList();
    }

    static List<String> patterns(List<Finding> findings) {
        return findings.stream().map(Finding::pattern).toList();
    }
}
