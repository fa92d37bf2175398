package clawsec.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/**
 * A server made of {@link ClientHelloDecoder} and {@link ClientSide} that answers every connection
 * with one small HTTP response, and remembers how each handshake went.
 */
final class InterceptingServer implements AutoCloseable {
    static final long DEADLINE_SECONDS = 20;

    /** One handshake that ended well. */
    record Accepted(String host, String protocol, String cipherSuite, String applicationProtocol) {}

    private static final byte[] RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final ClientSide side;
    private final String connectHost;
    private final List<String> protocols;
    private final ServerSocket listener;
    private final BlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<IOException> failures = new LinkedBlockingQueue<>();

    /**
     * @param connectHost the host where a client sends no name
     */
    InterceptingServer(ClientSide side, String connectHost) throws IOException {
        this(side, connectHost, List.of("http/1.1"));
    }

    /**
     * @param protocols the ALPN names to speak
     */
    InterceptingServer(ClientSide side, String connectHost, List<String> protocols)
            throws IOException {
        this.protocols = protocols;
        this.side = side;
        this.connectHost = connectHost;
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(listener.getInetAddress(), port());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
        return socket;
    }

    /** The next handshake that ended well. */
    Accepted accepted() throws InterruptedException {
        return next(accepted, failures);
    }

    /** The next handshake that failed. */
    IOException failure() throws InterruptedException {
        return next(failures, accepted);
    }

    private static <T> T next(BlockingQueue<T> queue, BlockingQueue<?> other)
            throws InterruptedException {
        T next = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("nothing within the deadline, but " + other);
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        while (true) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed: the test is over
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
            ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);
            ClientHello hello = readHello(socket, decoder);
            String host = hello.serverName().orElse(connectHost);
            SSLSocket tls = side.accept(socket, decoder.consumed(), hello, host, protocols);
            accepted.add(
                    new Accepted(
                            host,
                            tls.getSession().getProtocol(),
                            tls.getSession().getCipherSuite(),
                            tls.getApplicationProtocol()));
            try (tls) {
                byte[] request = new byte[4096];
                if (tls.getInputStream().read(request) > 0) {
                    tls.getOutputStream().write(RESPONSE);
                }
            } catch (SocketException e) {
                return; // the client has what it came for
            }
        } catch (IOException e) {
            failures.add(e);
        }
    }

    private static ClientHello readHello(Socket socket, ClientHelloDecoder decoder)
            throws IOException {
        byte[] buffer = new byte[4096];
        while (true) {
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                throw new IOException("closed before the hello");
            }
            ClientHelloEvent event = decoder.feed(ByteBuffer.wrap(buffer, 0, count));
            if (event instanceof ClientHelloEvent.Complete(ClientHello hello)) {
                return hello;
            }
            if (!(event instanceof ClientHelloEvent.NeedsInput)) {
                throw new IOException("no hello: " + event);
            }
        }
    }
}
