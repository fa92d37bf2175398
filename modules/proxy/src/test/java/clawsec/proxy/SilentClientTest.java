package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that pauses after CONNECT, or after its handshake: its origin is asked meanwhile. */
class SilentClientTest {
    private static final ScriptedOrigin.Handler SILENT = (in, out, socket) -> in.readAllBytes();

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir Path folder;

    /** Waits for as long as the proxy waits for a client before it asks its origin. */
    private static void awaitSilence(ProxyFixture proxy) throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open(SILENT);
                RawClient another = proxy.client()) {
            another.askForTunnel(origin.authority());
            origin.awaitConnection();
        }
    }

    private static void assertRefused(WireMessage answer) {
        assertEquals(502, answer.status());
        assertTrue(answer.text().contains("Nothing accepts connections"), answer.text());
        assertTrue(answer.field("Proxy-Status").orElse("").contains("=connection_refused"));
    }

    @Test
    void requestAfterAPause_isToldThatTheOriginIsDown() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel("127.0.0.1:1").status());
            awaitSilence(proxy);
            client.send(REQUEST);
            assertRefused(client.readResponse());
            assertEquals(1, proxy.count("origin_connection_refused"));
        }
    }

    @Test
    void handshakeAfterAPause_isCompleted_andToldThatTheOriginIsDown() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel("localhost:1").status());
            awaitSilence(proxy);
            try (RawClient secure = client.startTls(proxy.clientTrust(), "localhost")) {
                awaitSilence(proxy);
                secure.send(REQUEST);
                assertRefused(secure.readResponse());
            }
        }
    }

    @Test
    void clientThatSaysNothing_isClosedAWhileAfterItsOriginWasFoundDown() throws Exception {
        try (ProxyFixture proxy =
                        ProxyFixture.openLimited(
                                folder, limits -> Limits.header(Duration.ofMillis(300), limits));
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel("127.0.0.1:1").status());
            assertEquals(0, client.readToEnd().length);
            assertEquals(1, proxy.count("origin_connection_refused"));
        }
    }

    @Test
    void originThatClosesWithoutAWord_decidesNothing() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(1);
        ScriptedOrigin.Handler closingFirst =
                (in, out, socket) -> {
                    if (connections.incrementAndGet() == 1) {
                        socket.shutdownOutput();
                        assertEquals(-1, in.read());
                        left.countDown();
                    } else if (in.read() >= 0) {
                        out.write("HTTP/1.1 204 Yes\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        in.readAllBytes();
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(closingFirst);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            assertTrue(left.await(20, TimeUnit.SECONDS), "the proxy closed its end too");
            client.send(REQUEST);
            assertEquals(204, client.readResponse().status());
            assertEquals(0, proxy.count("tunnels_opaque"));
        }
    }

    @Test
    void clientThatSpeaksFirst_hasTheEarlyConnectionClosed() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(1);
        ScriptedOrigin.Handler echo =
                (in, out, socket) -> {
                    if (connections.incrementAndGet() == 1) {
                        in.readAllBytes();
                        left.countDown();
                    } else {
                        out.write(in.read());
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echo);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            origin.awaitConnection();
            client.send("\1\2");
            assertEquals("\1", client.readUntil("\1"));
            assertTrue(left.await(20, TimeUnit.SECONDS));
            assertEquals(1, proxy.count("tunnels_opaque"));
        }
    }
}
