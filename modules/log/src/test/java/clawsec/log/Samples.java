package clawsec.log;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Protocol;
import clawsec.detect.Severity;
import clawsec.detect.Subject;
import clawsec.detect.ThreatType;
import java.util.List;

/** Findings for tests. */
final class Samples {
    static final Subject API =
            new Subject(
                    Direction.OUTBOUND,
                    Protocol.HTTPS,
                    "127.0.0.1",
                    "api.anthropic.com:443",
                    "POST",
                    "https://api.anthropic.com/v1/messages");

    private Samples() {}

    static Finding finding(Subject subject, String pattern, String snippet) {
        return new Finding(
                subject, ThreatType.EXFIL, pattern, Severity.HIGH, snippet, 0, List.of());
    }

    /** A finding that differs from others by its dest. */
    static Finding to(String dest) {
        Subject subject =
                new Subject(Direction.OUTBOUND, Protocol.HTTPS, "127.0.0.1", dest, "", "");
        return finding(subject, "ai_api_key", "Authorization: Bearer sk-" + "ant-api01-...");
    }

    static Finding ssh() {
        return new Finding(
                new Subject(Direction.OUTBOUND, Protocol.SSH, "127.0.0.1", "192.0.2.7:22", "", ""),
                ThreatType.SSH_CONNECT,
                "established_connection",
                Severity.INFO,
                "",
                0,
                List.of());
    }
}
