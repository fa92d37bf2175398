package clawsec.tls;

import java.util.List;
import java.util.Optional;

/**
 * What a ClientHello says in clear (RFC 8446 §4.1.2).
 *
 * @param serverName the host_name of server_name (RFC 6066 §3), lower case, without a final dot
 * @param applicationProtocols the ALPN names offered (RFC 7301), in order
 * @param random the 32 bytes of {@code random}, as lower-case hex
 */
public record ClientHello(
        Optional<String> serverName, List<String> applicationProtocols, String random) {
    public ClientHello {
        applicationProtocols = List.copyOf(applicationProtocols);
    }
}
