package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges that stream, and such as end before their time on one side or the other. */
class BrokenExchangeTest {
    @TempDir Path folder;

    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed in the head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void firstByteOfASlowResponse_arrivesWhenItIsSent() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            pieces.add("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
            assertTrue(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200 OK\r\n"));
            for (String piece : new String[] {"a", "b", "c"}) {
                pieces.add(piece);
                assertEquals(piece, new String(client.readExactly(1), StandardCharsets.US_ASCII));
            }
            pieces.add("");
        }
    }

    @Test
    void uploadedPieces_reachTheOriginAsTheyCome() throws Exception {
        BlockingQueue<Integer> arrived = new SynchronousQueue<>();
        ScriptedOrigin.Handler reading =
                (in, out, socket) -> {
                    readHead(in);
                    for (int next = in.read(); next >= 0; next = in.read()) {
                        put(arrived, next);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(reading);
                RawClient client = proxy.client()) {
            client.send(post(origin, "Content-Length: 3"));
            for (char piece : "abc".toCharArray()) {
                client.send(String.valueOf(piece));
                assertEquals((int) piece, arrived.poll(20, TimeUnit.SECONDS));
            }
        }
    }

    private static void put(BlockingQueue<Integer> queue, int value) throws IOException {
        try {
            queue.offer(value, 20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    @Test
    void earlyFinalResponse_reachesTheClientWhileTheUploadGoesOn() throws Exception {
        ScriptedOrigin.Handler refusing =
                (in, out, socket) -> {
                    readHead(in);
                    out.write(
                            ascii(
                                    ProxyFixture.lines(
                                                    "HTTP/1.1 413 Content Too Large",
                                                    "Content-Length: 3",
                                                    "")
                                            + "big"));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(refusing);
                RawClient client = proxy.client()) {
            client.send(post(origin, "Content-Length: 1000000000") + "some of it");
            WireMessage response = client.readResponse();
            assertEquals(413, response.status());
            assertEquals("big", response.text());
            assertEquals(Optional.of("close"), response.field("Connection"));
        }
    }

    @Test
    void responseThatBreaksOff_hasNoProperEnd() throws Exception {
        for (String response :
                new String[] {
                    "Content-Length: 100\r\n\r\nshort",
                    "Transfer-Encoding: chunked\r\n\r\n5\r\nshort"
                }) {
            try (ProxyFixture proxy = ProxyFixture.open(folder);
                    ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                    RawClient client = proxy.client()) {
                client.send(ProxyFixture.get(origin.authority(), "/"));
                pieces.add("HTTP/1.1 200 OK\r\n" + response);
                pieces.add("");
                String received = new String(client.readToEnd(), StandardCharsets.US_ASCII);
                assertTrue(received.contains("short"), received);
                assertTrue(!received.contains("\r\n0\r\n"), received);
                proxy.awaitCount("responses_incomplete", 1);
            }
        }
    }

    /** Answers one request under TLS and closes, with a close_notify or without. */
    private static ScriptedOrigin.Handler overTls(
            SSLContext context, String response, boolean isNotified) {
        return (in, out, socket) -> {
            SSLSocket tls =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
            tls.setUseClientMode(false);
            readHead(tls.getInputStream());
            tls.getOutputStream().write(ascii("HTTP/1.1 200 OK\r\n" + response));
            if (isNotified) {
                tls.close();
            }
            socket.close();
        };
    }

    private String answerUnderTls(String response, boolean isNotified, long incomplete)
            throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.open(
                                overTls(
                                        proxy.originCa().serverContext("localhost"),
                                        response,
                                        isNotified));
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            String received = new String(client.readToEnd(), StandardCharsets.US_ASCII);
            proxy.awaitCount("responses_incomplete", incomplete);
            return received;
        }
    }

    @Test
    void rfc8446_6_1_contentThatACloseEnds_isWholeOnlyAfterACloseNotify() throws Exception {
        String whole = answerUnderTls("\r\nwhole", true, 0);
        assertTrue(whole.endsWith("whole\r\n0\r\n\r\n"), whole);
        String cut = answerUnderTls("\r\nshort", false, 1);
        assertTrue(cut.endsWith("short\r\n"), cut);
    }

    @Test
    void rfc9112_9_8_contentThatEndsByItself_needsNoCloseNotify() throws Exception {
        String counted = answerUnderTls("Content-Length: 5\r\n\r\nwhole", false, 0);
        assertTrue(counted.endsWith("\r\n\r\nwhole"), counted);
        String chunked =
                answerUnderTls(
                        "Transfer-Encoding: chunked\r\n\r\n5\r\nwhole\r\n0\r\n\r\n", false, 0);
        assertTrue(chunked.endsWith("whole\r\n0\r\n\r\n"), chunked);
    }

    @Test
    void brokenResponseTowards10_endsInAReset_sinceACloseWouldLookProper() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient client = proxy.client()) {
            client.send("GET http://" + origin.authority() + "/ HTTP/1.0\r\n\r\n");
            pieces.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort");
            client.readUntil("short");
            pieces.add("");
            assertThrows(SocketException.class, client::readToEnd);
        }
    }

    @Test
    void clientThatDiesInItsUpload_breaksTheRequestForTheOriginToo() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        ScriptedOrigin.Handler reading =
                (in, out, socket) -> {
                    readHead(in);
                    seen.add(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(reading)) {
            for (boolean isReset : new boolean[] {true, false}) {
                try (RawClient client = proxy.client()) {
                    client.send(post(origin, "Transfer-Encoding: chunked") + "5\r\nhello\r\n");
                    origin.awaitConnection();
                    if (isReset) {
                        client.reset();
                    }
                }
                String content = seen.poll(20, TimeUnit.SECONDS);
                assertEquals("5\r\nhello\r\n".startsWith(content), true, content);
            }
            proxy.awaitCount("clients_gone", 2);
        }
    }

    @Test
    void clientThatLeavesDuringTheResponse_closesTheOriginsConnection() throws Exception {
        BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();
        ScriptedOrigin.Handler endless =
                (in, out, socket) -> {
                    readHead(in);
                    out.write(ascii("HTTP/1.1 200 OK\r\n\r\n"));
                    try {
                        while (true) {
                            out.write(new byte[8192]);
                        }
                    } catch (IOException closed) {
                        ended.add(true);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(endless)) {
            try (RawClient client = proxy.client()) {
                client.send(ProxyFixture.get(origin.authority(), "/"));
                client.readUntil("\r\n\r\n");
            }
            assertEquals(true, ended.poll(20, TimeUnit.SECONDS));
            proxy.awaitCount("connections_open", 0);
        }
    }

    @Test
    void clientThatHalfClosesAfterItsRequest_getsItsResponse() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.echo());
                RawClient client = proxy.client()) {
            client.send(post(origin, "Content-Length: 5") + "hello");
            client.shutdownOutput();
            assertEquals("hello", client.readResponse().text());
            assertEquals(0, client.readToEnd().length);
        }
    }

    @Test
    void originThatClosesWhileTheClientHoldsItsContent_isReportedAtOnce() throws Exception {
        ScriptedOrigin.Handler closing = (in, out, socket) -> readHead(in);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(closing);
                RawClient client = proxy.client()) {
            client.send(post(origin, "Content-Length: 5"));
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertTrue(response.text().contains("closed the connection before it answered"));
            assertEquals(0, proxy.count("refused_408"));
        }
    }

    private static String post(ScriptedOrigin origin, String... fields) {
        return ProxyFixture.request("POST", origin.authority(), "/", fields) + "\r\n";
    }
}
