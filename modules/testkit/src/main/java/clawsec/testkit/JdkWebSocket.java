package clawsec.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Java's own WebSocket client, through a proxy or without one. What comes is waited for, with a
 * deadline. Confined to one thread.
 */
public final class JdkWebSocket implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    private final HttpClient client;
    private final WebSocket socket;
    private final BlockingQueue<String> events;

    private JdkWebSocket(HttpClient client, WebSocket socket, BlockingQueue<String> events) {
        this.client = client;
        this.socket = socket;
        this.events = events;
    }

    /** Connects without a proxy. */
    public static JdkWebSocket connect(URI uri) throws IOException, InterruptedException {
        return connect(uri, HttpClient.newHttpClient());
    }

    /**
     * Connects through a proxy.
     *
     * @param proxyPort of the loopback address
     */
    public static JdkWebSocket connect(URI uri, int proxyPort, SSLContext trust)
            throws IOException, InterruptedException {
        ProxySelector proxy = ProxySelector.of(new InetSocketAddress("127.0.0.1", proxyPort));
        return connect(uri, HttpClient.newBuilder().sslContext(trust).proxy(proxy).build());
    }

    private static JdkWebSocket connect(URI uri, HttpClient client)
            throws IOException, InterruptedException {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        try {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .buildAsync(uri, new Recording(events))
                            .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            return new JdkWebSocket(client, socket, events);
        } catch (ExecutionException | TimeoutException e) {
            client.shutdownNow();
            throw new IOException("no WebSocket: " + e, e);
        }
    }

    /** Sends a text message, or a fragment of it. */
    public void send(String text, boolean isLast) throws IOException, InterruptedException {
        try {
            socket.sendText(text, isLast).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not sent: " + e, e);
        }
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    public void ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8))).join();
    }

    public void sendClose(int code, String reason) {
        socket.sendClose(code, reason).join();
    }

    /** What came next: a text, {@code binary 3}, {@code pong x}, {@code close 1000 bye}. */
    public String next() throws IOException, InterruptedException {
        String event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new IOException("nothing came in " + DEADLINE_SECONDS + " s");
        }
        return event;
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    private static final class Recording implements WebSocket.Listener {
        private final BlockingQueue<String> events;
        private final StringBuilder text = new StringBuilder();
        private int binaryBytes;

        Recording(BlockingQueue<String> events) {
            this.events = events;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                events.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket socket, ByteBuffer data, boolean isLast) {
            binaryBytes += data.remaining();
            if (isLast) {
                events.add("binary " + binaryBytes);
                binaryBytes = 0;
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            events.add("pong " + StandardCharsets.UTF_8.decode(message));
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add("close " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.add("error " + error);
        }
    }
}
