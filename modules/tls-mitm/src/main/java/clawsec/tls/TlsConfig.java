package clawsec.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How both TLS sides behave.
 *
 * @param upstreamCaFile PEM anchors for origins, beside the system's
 * @param keylogFile where the secrets of both sides' sessions are appended (NSS key log format, RFC
 *     9850); off when empty
 */
public record TlsConfig(Optional<Path> upstreamCaFile, Optional<Path> keylogFile) {
    /** The system's anchors, no key log. */
    public static final TlsConfig DEFAULT = new TlsConfig(Optional.empty(), Optional.empty());
}
