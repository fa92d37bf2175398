package clawsec.proxy;

import java.io.IOException;
import java.net.InetAddress;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An origin that chooses HTTP/2 by ALPN, reads, and never says anything. */
final class MuteOrigin implements AutoCloseable {
    private final SSLServerSocket listener;

    private MuteOrigin(SSLServerSocket listener) {
        this.listener = listener;
    }

    static MuteOrigin open(ProxyFixture proxy) throws IOException {
        SSLServerSocket listener =
                (SSLServerSocket)
                        proxy.originCa()
                                .serverContext("localhost")
                                .getServerSocketFactory()
                                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        listener.setSSLParameters(parameters);
        MuteOrigin origin = new MuteOrigin(listener);
        Thread.ofVirtual().start(origin::accept);
        return origin;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                Thread.ofVirtual().start(() -> listen(socket));
            } catch (IOException testIsOver) {
                return;
            }
        }
    }

    private static void listen(SSLSocket socket) {
        try (socket) {
            socket.getInputStream().readAllBytes();
        } catch (IOException over) {
            // The proxy has given up.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
