package clawsec.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * The JDK's own client of HTTP/2, behind a proxy on the loopback address. Safe for many threads.
 */
public final class JdkClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * A response.
     *
     * @param version such as HTTP_2
     */
    public record Answer(int status, String version, String text) {}

    private final HttpClient client;

    private JdkClient(HttpClient client) {
        this.client = client;
    }

    /** A client that asks for HTTP/2 and trusts these servers. */
    public static JdkClient open(int proxyPort, SSLContext trust) {
        return new JdkClient(
                HttpClient.newBuilder()
                        .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxyPort)))
                        .sslContext(trust)
                        .version(HttpClient.Version.HTTP_2)
                        .connectTimeout(TIMEOUT)
                        .build());
    }

    /** Sends a POST and waits for the response. */
    public Answer post(String url, String content) throws IOException, InterruptedException {
        return answer(client.send(request(url, content), HttpResponse.BodyHandlers.ofString()));
    }

    /** Sends a POST. */
    public CompletableFuture<Answer> postLater(String url, String content) {
        return client.sendAsync(request(url, content), HttpResponse.BodyHandlers.ofString())
                .thenApply(JdkClient::answer);
    }

    private static HttpRequest request(String url, String content) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build();
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.version().name(), response.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
