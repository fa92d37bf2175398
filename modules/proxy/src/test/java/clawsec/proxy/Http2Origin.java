package clawsec.proxy;

import clawsec.http.h2.Http2Setting;
import clawsec.testkit.HttpScript;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An origin that speaks HTTP/2 as a script says, under TLS where ALPN chose it or in clear, and
 * HTTP/1.1 as another says where that was chosen. Safe for many threads.
 */
final class Http2Origin implements AutoCloseable {
    static final String[] OK = {":status: 200", "content-type: text/plain"};

    /** What is done for each stream, on a thread of its own. */
    interface Script {
        void serve(Http2PeerStream stream) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final Http2Setting[] settings;
    private final @Nullable SSLContext tls;
    private final List<String> protocols;
    private final HttpScript http1;
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger handshakes = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Http2Peer> peers = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Http2PeerStream> arrived = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private Http2Origin(
            @Nullable SSLContext tls,
            List<String> protocols,
            HttpScript http1,
            Script script,
            Http2Setting... settings)
            throws IOException {
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        this.tls = tls;
        this.protocols = protocols;
        this.http1 = http1;
        this.script = script;
        this.settings = settings;
        Thread.ofVirtual().name("h2-origin").start(this::accept);
    }

    /** In clear, with a text for whoever speaks HTTP/1.1. */
    static Http2Origin inClear(Script script, Http2Setting... settings) throws IOException {
        return new Http2Origin(null, List.of(), HttpScript.text("in HTTP/1.1"), script, settings);
    }

    /** For localhost, with HTTP/2 alone. */
    static Http2Origin overTls(ProxyFixture proxy, Script script, Http2Setting... settings)
            throws IOException {
        return new Http2Origin(
                proxy.originCa().serverContext("localhost"),
                List.of("h2"),
                HttpScript.text("not this"),
                script,
                settings);
    }

    /** For localhost, with both. */
    static Http2Origin ofBoth(
            ProxyFixture proxy, HttpScript http1, Script script, Http2Setting... settings)
            throws IOException {
        return new Http2Origin(
                proxy.originCa().serverContext("localhost"),
                List.of("h2", "http/1.1"),
                http1,
                script,
                settings);
    }

    /** Answers every request with its path. */
    static Script paths() {
        return stream -> {
            stream.awaitEnd();
            stream.send(stream.path(), OK);
        };
    }

    /** Answers every request with a text. */
    static Script text(String text) {
        return stream -> {
            stream.awaitEnd();
            stream.send(text, OK);
        };
    }

    /** Answers every request with its content, up to 2 MiB. */
    static Script echo() {
        return stream -> {
            byte[] content = stream.content();
            stream.head(content.length == 0, OK);
            if (content.length > 0) {
                stream.data(content, true);
            }
        };
    }

    int port() {
        return listener.getLocalPort();
    }

    /** {@code localhost:port}. */
    String authority() {
        return "localhost:" + port();
    }

    int connections() {
        return accepted.get();
    }

    /** Handshakes that succeeded. */
    int handshakes() {
        return handshakes.get();
    }

    /** The connections of HTTP/2, in order. */
    List<Http2Peer> peers() {
        return peers;
    }

    /** Scripts that failed, but for those whose stream or connection went away. */
    List<Throwable> failures() {
        return failures;
    }

    /** Waits for one stream more than calls before. */
    Http2PeerStream awaitStream() throws InterruptedException {
        return Optional.ofNullable(arrived.poll(Http2Peer.DEADLINE_SECONDS, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("no further stream"));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException testIsOver) {
                return;
            }
        }
    }

    private void serve(Socket raw) {
        try {
            Socket socket = tls == null ? raw : handshake(tls, raw);
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            boolean isHttp2 =
                    socket instanceof SSLSocket secure
                            ? "h2".equals(secure.getApplicationProtocol())
                            : isPreface(in);
            if (!isHttp2) {
                try (socket) {
                    http1.handle(in, socket.getOutputStream(), socket);
                }
                return;
            }
            Http2Peer peer = new Http2Peer(socket, in, true, this::run);
            peers.add(peer);
            peer.begin(settings);
        } catch (IOException refused) {
            open.remove(raw);
        }
    }

    private static boolean isPreface(BufferedInputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == 'P';
    }

    private Socket handshake(SSLContext context, Socket raw) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
        socket.setUseClientMode(false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        handshakes.incrementAndGet();
        return socket;
    }

    private void run(Http2PeerStream stream) {
        arrived.add(stream);
        try {
            script.serve(stream);
        } catch (IOException | InterruptedException over) {
            // The test sees what went wrong.
        } catch (AssertionError | RuntimeException failed) {
            failures.add(failed);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        List<Http2Peer> all = new ArrayList<>(peers);
        for (Http2Peer peer : all) {
            peer.close();
        }
    }
}
