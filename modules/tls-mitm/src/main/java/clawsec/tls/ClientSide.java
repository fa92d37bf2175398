package clawsec.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** The TLS server end towards the agent. Safe for use by many threads. */
public interface ClientSide {
    /**
     * Completes a handshake as {@code host}.
     *
     * @param socket the accepted connection; closed with the returned socket
     * @param consumed the bytes already read from it (the ClientHello, and what came with it)
     * @param host the name the leaf is for: SNI, or the CONNECT host where there is none
     * @throws RefusedLeafException when the client ended the handshake because of our certificate
     */
    SSLSocket accept(Socket socket, ByteBuffer consumed, ClientHello hello, String host)
            throws IOException, RefusedLeafException;
}
