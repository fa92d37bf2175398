package clawsec.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * The TLS client end towards origins: name and chain are always verified. Safe for use by many
 * threads.
 */
public interface OriginSide {
    /**
     * Completes a handshake with an origin.
     *
     * @param socket a connected socket; closed with the returned one
     * @param host the name the certificate must be for: a DNS name, or an IP literal without
     *     brackets
     * @throws OriginTlsException when the origin cannot be trusted or speaks no usable TLS
     */
    SSLSocket connect(Socket socket, String host, int port) throws IOException, OriginTlsException;
}
