package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.proxy.origin.OriginPool;
import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection to an origin serves again only after a message that ended cleanly. */
class OriginPoolReuseTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir Path folder;

    private void assertConnections(int expected, String response, String... requestFields)
            throws Exception {
        HttpScript script =
                HttpScript.of((request, out) -> {
                    out.write(response.getBytes(StandardCharsets.ISO_8859_1));
                    if (!response.contains("-Length: 2") && !response.contains("chunked")) {
                        out.close();
                    }
                });
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script)) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = proxy.client()) {
                    String last =
                            ProxyFixture.request("GET", origin.authority(), "/", requestFields);
                    client.send(last + "Connection: close\r\n\r\n");
                    assertEquals("ok", client.readResponse().text());
                    assertEquals(0, client.readToEnd().length);
                }
            }
            assertEquals(expected, origin.connections());
        }
    }

    @Test
    void cleanMessages_shareOneConnection_alsoFromSeveralClients() throws Exception {
        assertConnections(1, OK);
        assertConnections(
                1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        assertConnections(
                1,
                OK.replace("1.1", "1.0").replace("\r\n\r\n", "\r\nConnection: keep-alive\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x, Close\r\n\r\nok",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 left over",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nWWW-Authenticate: NTLM abc\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nWWW-Authenticate: negotiate x\r\n\r\nok",
            })
    void otherResponses_endTheConnection(String response) throws Exception {
        assertConnections(3, response);
    }

    @Test
    void leftOverBytesUnderTls_endTheConnection() throws Exception {
        HttpScript script = HttpScript.fixed(OK + "HTTP/1.1 200 left over");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("127.0.0.1"), script);
                RawClient client = proxy.tlsClient(origin.authority())) {
            for (int i = 0; i < 3; i++) {
                client.send("GET / HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n");
                assertEquals("ok", client.readResponse().text());
            }
            assertEquals(3, origin.connections());
        }
    }

    @Test
    void requestThatAuthenticatesTheConnection_endsIt() throws Exception {
        assertConnections(3, OK, "Authorization: NTLM abc");
        assertConnections(1, OK, "Authorization: Basic abc");
    }

    /** Answers the first requests of a connection, then closes it, as its {@code last} says. */
    private static ScriptedOrigin.Handler closingAfter(int requests, CountDownLatch closed) {
        AtomicInteger connections = new AtomicInteger();
        return (in, out, socket) -> {
            int left = connections.getAndIncrement() == 0 ? requests : Integer.MAX_VALUE;
            while (left-- > 0 && WireMessage.readRequest(in).isPresent()) {
                out.write(OK.getBytes(StandardCharsets.US_ASCII));
            }
            socket.shutdownOutput();
            socket.close();
            closed.countDown();
        };
    }

    @Test
    void keptConnectionThatTheOriginClosed_isReplacedBeforeUse_alsoForPost() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(closingAfter(1, closed));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/1"));
            assertEquals("ok", client.readResponse().text());
            assertTrue(closed.await(20, TimeUnit.SECONDS));
            client.send(
                    ProxyFixture.request("POST", origin.authority(), "/2", "Content-Length: 1")
                            + "\r\nx");
            assertEquals("ok", client.readResponse().text());
            assertEquals(2, origin.connections());
        }
    }

    @Test
    void keptTlsConnectionThatTheOriginClosed_isReplacedBeforeUse_alsoForPost() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("127.0.0.1"),
                                closingAfter(1, closed));
                RawClient client = proxy.tlsClient(origin.authority())) {
            String head = " / HTTP/1.1\r\nHost: " + origin.authority() + "\r\n";
            client.send("GET" + head + "\r\n");
            assertEquals("ok", client.readResponse().text());
            assertTrue(closed.await(20, TimeUnit.SECONDS));
            client.send("POST" + head + "Content-Length: 1\r\n\r\nx");
            assertEquals("ok", client.readResponse().text());
            assertEquals(2, origin.connections());
        }
    }

    /** Closes kept connections only when a request has arrived on them, as a race would. */
    private static ScriptedOrigin.Handler closingUnderTheSecondRequest() {
        AtomicInteger connections = new AtomicInteger();
        return (in, out, socket) -> {
            boolean isFirst = connections.getAndIncrement() == 0;
            answer(in, out);
            if (isFirst) {
                in.read();
            } else {
                answer(in, out);
            }
        };
    }

    private static void answer(InputStream in, OutputStream out) throws IOException {
        if (WireMessage.readRequest(in).isPresent()) {
            out.write(OK.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void getUnderWhichAKeptConnectionCloses_isSentAgain() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(closingUnderTheSecondRequest());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                client.send(ProxyFixture.get(origin.authority(), "/" + i));
                assertEquals("ok", client.readResponse().text());
            }
            assertEquals(2, origin.connections());
        }
    }

    @Test
    void postUnderWhichAKeptConnectionCloses_isNotSentTwice() throws Exception {
        for (String content : new String[] {"", "x"}) {
            try (ProxyFixture proxy = ProxyFixture.open(folder);
                    ScriptedOrigin origin = ScriptedOrigin.open(closingUnderTheSecondRequest());
                    RawClient client = proxy.client()) {
                client.send(ProxyFixture.get(origin.authority(), "/1"));
                assertEquals("ok", client.readResponse().text());
                String length = "Content-Length: " + content.length();
                client.send(
                        ProxyFixture.request("POST", origin.authority(), "/2", length)
                                + "\r\n"
                                + content);
                assertEquals(502, client.readResponse().status());
                assertEquals(1, origin.connections());
            }
        }
    }

    @Test
    void getOnAFreshConnectionThatCloses_isNotSentAgain() throws Exception {
        ScriptedOrigin.Handler closing = (in, out, socket) -> in.read();
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(closing);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals(502, client.readResponse().status());
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void idleConnections_areBoundedForEachOrigin() throws Exception {
        int most = OriginPool.IDLE_PER_ORIGIN;
        int clients = most + 1;
        CountDownLatch together = new CountDownLatch(clients);
        AtomicInteger closed = new AtomicInteger();
        CountDownLatch oneClosed = new CountDownLatch(1);
        ScriptedOrigin.Handler meeting =
                (in, out, socket) -> {
                    boolean isFirst = true;
                    while (WireMessage.readRequest(in).isPresent()) {
                        if (isFirst) {
                            together.countDown();
                            await(together);
                        }
                        isFirst = false;
                        out.write(OK.getBytes(StandardCharsets.US_ASCII));
                    }
                    closed.incrementAndGet();
                    oneClosed.countDown();
                };
        List<RawClient> open = new ArrayList<>();
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(meeting)) {
            for (int i = 0; i < clients; i++) {
                RawClient client = proxy.client();
                open.add(client);
                client.send(ProxyFixture.get(origin.authority(), "/" + i));
            }
            for (RawClient client : open) {
                assertEquals("ok", client.readResponse().text());
            }
            assertTrue(oneClosed.await(20, TimeUnit.SECONDS));
            assertEquals(1, closed.get());
        } finally {
            for (RawClient client : open) {
                client.close();
            }
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the others did not come");
            }
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
