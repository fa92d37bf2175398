package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the heap connections may take, and which of them go when it is too much. */
class ConnectionMemoryTest {
    /** What an idle connection in clear counts for; 4,096 more while it is answered. */
    private static final long IDLE_BYTES = 8_192 + 4_096;

    private static final long FOUR_IDLE_BYTES = 4 * IDLE_BYTES + 4_096;

    private static final String OWN_PAGE = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir Path folder;

    private ProxyFixture open(long bytes) throws Exception {
        return ProxyFixture.openLimited(
                folder,
                limits ->
                        Limits.header(
                                Duration.ofMillis(600), Limits.connectionBytes(bytes, limits)));
    }

    @Test
    void asManyAsFit_stay() throws Exception {
        try (ProxyFixture proxy = open(FOUR_IDLE_BYTES);
                RawClient first = proxy.client();
                RawClient second = proxy.client();
                RawClient third = proxy.client();
                RawClient clock = proxy.client()) {
            clock.send("G");
            assertEquals(408, clock.readResponse().status()); // they were looked at meanwhile
            assertEquals(0, proxy.count("connections_evicted"));
            for (RawClient client : new RawClient[] {first, second, third}) {
                client.send(OWN_PAGE);
                assertEquals(200, client.readResponse().status());
            }
        }
    }

    @Test
    void theOneTooMany_endsTheIdlest() throws Exception {
        try (ProxyFixture proxy = open(FOUR_IDLE_BYTES);
                RawClient first = proxy.client();
                RawClient second = proxy.client()) {
            for (RawClient client : new RawClient[] {second, first}) {
                client.send(OWN_PAGE);
                assertEquals(200, client.readResponse().status());
                proxy.awaitIdle(2); // an answer arrives before the connection idles
            }
            try (RawClient third = proxy.client();
                    RawClient fourth = proxy.client();
                    RawClient fifth = proxy.client()) {
                assertEquals(0, second.readToEnd().length);
                proxy.awaitCount("connections_open", 4);
                assertEquals(1, proxy.count("connections_evicted"));
                for (RawClient client : new RawClient[] {first, third, fourth, fifth}) {
                    client.send(OWN_PAGE);
                    assertEquals(200, client.readResponse().status());
                }
            }
        }
    }

    @Test
    void secureConnection_countsForMore_andIsEndedProperly() throws Exception {
        try (ProxyFixture proxy =
                        ProxyFixture.openLimited(
                                folder, limits -> Limits.connectionBytes(FOUR_IDLE_BYTES, limits));
                RawClient secure = proxy.tlsClient("localhost:1")) {
            secure.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(502, secure.readResponse().status());
            proxy.awaitIdle(1);
            try (RawClient second = proxy.client();
                    RawClient third = proxy.client();
                    RawClient fourth = proxy.client()) {
                assertEquals(0, secure.readToEnd().length);
                assertEquals(1, proxy.count("connections_evicted"));
                for (RawClient client : new RawClient[] {second, third, fourth}) {
                    client.send(OWN_PAGE);
                    assertEquals(200, client.readResponse().status());
                }
            }
        }
    }

    @Test
    void connectionsInUse_goOn_andNewcomersAreTold503() throws Exception {
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        try (ProxyFixture proxy = open(IDLE_BYTES);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient busy = proxy.client()) {
            busy.send(ProxyFixture.get(origin.authority(), "/"));
            origin.awaitConnection();
            String answer = "";
            long startNanos = System.nanoTime();
            while (answer.isEmpty()) {
                try (RawClient newcomer = proxy.client()) {
                    answer = new String(newcomer.readToEnd(), StandardCharsets.US_ASCII);
                }
                assertTrue(System.nanoTime() - startNanos < TimeUnit.SECONDS.toNanos(20));
            }
            assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
            assertTrue(answer.contains("memory is taken by connections in use"), answer);
            pieces.add("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertEquals("ok", busy.readResponse().text());
            pieces.add("");
        }
    }

    @Test
    void largeHead_thatFindsNoMemory_isTold503_andAModestOneIsServed() throws Exception {
        try (ProxyFixture proxy = open(40_000)) {
            try (RawClient client = proxy.client()) {
                client.send(headOf(30_000));
                WireMessage response = client.readResponse();
                assertEquals(503, response.status());
                assertTrue(response.text().contains("this head is large"), response.text());
            }
            proxy.awaitCount("connections_open", 0);
            try (RawClient client = proxy.client()) {
                client.send(headOf(4_000));
                assertEquals(502, client.readResponse().status()); // nobody listens at port 1
            }
        }
    }

    private static String headOf(int bytes) {
        return "GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: a\r\nX: "
                + "a".repeat(bytes)
                + "\r\n\r\n";
    }

    @Test
    void exchangesOneAfterAnother_takeNoMoreThanOne() throws Exception {
        try (ProxyFixture proxy = open(100_000);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("ok"));
                RawClient client = proxy.client()) {
            for (int i = 0; i < 500; i++) {
                client.send(ProxyFixture.get(origin.authority(), "/"));
                assertEquals("ok", client.readResponse().text());
            }
            try (RawClient other = proxy.client()) {
                other.send(OWN_PAGE);
                assertEquals(200, other.readResponse().status());
            }
        }
    }
}
