package clawsec.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How both TLS sides behave.
 *
 * @param upstreamCaFile PEM anchors for origins, beside the system's
 * @param keylogFile where the secrets of both sides' sessions are appended (NSS key log format, RFC
 *     9850); off when empty
 * @param applicationProtocols the ALPN names to speak, most wanted first
 */
public record TlsConfig(
        Optional<Path> upstreamCaFile,
        Optional<Path> keylogFile,
        List<String> applicationProtocols) {
    /** The system's anchors, no key log, HTTP/1.1. */
    public static final TlsConfig DEFAULT =
            new TlsConfig(Optional.empty(), Optional.empty(), List.of("http/1.1"));

    public TlsConfig {
        applicationProtocols = List.copyOf(applicationProtocols);
    }
}
