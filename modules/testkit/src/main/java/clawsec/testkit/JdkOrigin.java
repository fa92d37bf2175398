package clawsec.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JDK's own HTTP server on the loopback address and a free port, which remembers the requests
 * that it understood and answers each with {@code seen}. Safe for many threads.
 */
public final class JdkOrigin implements AutoCloseable {
    /**
     * One request as the JDK read it.
     *
     * @param content ISO 8859-1
     */
    public record Request(String method, String target, String host, String content) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private JdkOrigin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static JdkOrigin open() throws IOException {
        return new JdkOrigin();
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Requests understood so far, in the order of their ends. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        requests.add(
                new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Host"),
                        new String(content, StandardCharsets.ISO_8859_1)));
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        byte[] answer = "seen".getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, isHead ? -1 : answer.length);
        if (!isHead) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }
}
