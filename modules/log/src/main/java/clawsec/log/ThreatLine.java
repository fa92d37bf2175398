package clawsec.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code threats.jsonl} as it was read, whoever wrote it; so texts are texts here, not
 * the writer's enums. Fields that are not named here are in {@code raw}. All of it came from a peer
 * once: show it through {@link Printable}.
 *
 * @param direction {@code outbound} or {@code inbound}
 * @param protocol {@code http}, {@code https}, {@code gateway} or {@code ssh}
 * @param threatType {@code EXFIL}, {@code INJECTION} or {@code SSH_CONNECT}
 * @param dest {@code host:port}
 * @param via the decodings it was found under, outermost first; empty where the line has none
 * @param raw the line itself, without the newline
 */
public record ThreatLine(
        String direction,
        String protocol,
        String threatType,
        String pattern,
        String snippet,
        String source,
        String dest,
        Instant timestamp,
        Optional<String> severity,
        List<String> via,
        Optional<String> method,
        Optional<String> url,
        String raw) {
    public ThreatLine {
        via = List.copyOf(via);
    }
}
