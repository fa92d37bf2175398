package clawsec.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A {@link ScriptedOrigin.Handler} that speaks HTTP/1.1: reads request after request on a
 * connection, remembers each, and answers as it was told. Safe for many threads.
 */
public final class HttpScript implements ScriptedOrigin.Handler {
    /** Answers one request; the connection stays open unless it closes it or throws. */
    @FunctionalInterface
    public interface Responder {
        void respond(WireMessage request, OutputStream out) throws IOException;
    }

    private final Responder responder;
    private final List<WireMessage> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<WireMessage> arrivals = new LinkedBlockingQueue<>();

    private HttpScript(Responder responder) {
        this.responder = responder;
    }

    /** Answers by code. */
    public static HttpScript of(Responder responder) {
        return new HttpScript(responder);
    }

    /** Answers every request with these very bytes, a whole response. */
    public static HttpScript fixed(String response) {
        byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
        return of((request, out) -> out.write(bytes));
    }

    /** Answers every request with 200 and a text, {@code Content-Length} set. */
    public static HttpScript text(String body) {
        byte[] response = response("200 OK", "text/plain", body.getBytes(StandardCharsets.UTF_8));
        return of((request, out) -> out.write(response));
    }

    /** Answers every request with 200 and the request's own content. */
    public static HttpScript echo() {
        return of((request, out) ->
                out.write(response("200 OK", "application/octet-stream", request.body())));
    }

    /**
     * Answers with 200 and chunks that a test hands over one at a time; an empty string is the last
     * chunk. The head leaves before the first chunk is there.
     */
    public static HttpScript chunks(BlockingQueue<String> chunks) {
        return of((request, out) -> {
            out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            String chunk;
            do {
                chunk = next(chunks);
                byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
                out.write(ascii(Integer.toHexString(bytes.length) + "\r\n"));
                out.write(bytes);
                out.write(ascii("\r\n"));
            } while (!chunk.isEmpty());
        });
    }

    /**
     * Answers with raw pieces that a test hands over one at a time, as they are; an empty string
     * closes the connection.
     */
    public static HttpScript pieces(BlockingQueue<String> pieces) {
        return of((request, out) -> {
            for (String piece = next(pieces); !piece.isEmpty(); piece = next(pieces)) {
                out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
            }
            out.close();
        });
    }

    /** A whole response with {@code Content-Length}. */
    public static byte[] response(String statusAndReason, String contentType, byte[] body) {
        byte[] head =
                ascii(
                        "HTTP/1.1 "
                                + statusAndReason
                                + "\r\nContent-Type: "
                                + contentType
                                + "\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n");
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    /** Requests read so far. */
    public int requestCount() {
        return requests.size();
    }

    /** Requests read so far, in the order of their ends. */
    public List<WireMessage> requests() {
        return List.copyOf(requests);
    }

    /**
     * Waits for a request that no call before has returned.
     *
     * @throws IllegalStateException when none came within {@link ScriptedOrigin#DEADLINE_SECONDS}
     */
    public WireMessage awaitRequest() throws InterruptedException {
        WireMessage request = arrivals.poll(ScriptedOrigin.DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (request == null) {
            throw new IllegalStateException(
                    "no request within " + ScriptedOrigin.DEADLINE_SECONDS + " s");
        }
        return request;
    }

    @Override
    public void handle(InputStream in, OutputStream out, Socket socket) throws IOException {
        while (!socket.isClosed()) {
            Optional<WireMessage> request = WireMessage.readRequest(in);
            if (request.isEmpty()) {
                return;
            }
            requests.add(request.get());
            arrivals.add(request.get());
            responder.respond(request.get(), out);
        }
    }

    private static String next(BlockingQueue<String> queue) throws IOException {
        try {
            String piece = queue.poll(ScriptedOrigin.DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (piece == null) {
                throw new IOException("the test handed over nothing to send");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
