package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that break the protocol are answered with their status, counted, and end their own
 * connection only.
 */
class BadInputTest {
    private static final int HEAD_BYTES = 1_024;

    @TempDir Path folder;

    private ProxyFixture open() throws Exception {
        return ProxyFixture.openLimited(folder, limits -> Limits.headBytes(HEAD_BYTES, limits));
    }

    /** Refused with that status, while another connection goes on. */
    private void assertRefused(int status, String words, String... requests) throws Exception {
        try (ProxyFixture proxy = open();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("served"));
                RawClient other = proxy.client()) {
            int count = 0;
            for (String request : requests) {
                other.send(ProxyFixture.get(origin.authority(), "/"));
                try (RawClient client = proxy.client()) {
                    client.send(request.replace("ORIGIN", origin.authority()));
                    WireMessage answer = client.readResponse();
                    assertEquals(status, answer.status(), () -> request + "\n" + answer);
                    assertTrue(answer.text().contains(words), answer.text());
                    assertEquals(Optional.of("close"), answer.field("Connection"));
                    client.shutdownOutput();
                    assertEquals(0, client.readToEnd().length);
                }
                assertEquals("served", other.readResponse().text());
                assertEquals(++count, proxy.count("refused_" + status));
            }
        }
    }

    private static String get(String... fields) {
        return ProxyFixture.get("ORIGIN", "/", fields);
    }

    private static String post(String... fields) {
        return ProxyFixture.request("POST", "ORIGIN", "/", fields) + "\r\n";
    }

    @Test
    void headerBomb_bySize() throws Exception {
        try (ProxyFixture proxy = open();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fits"));
                RawClient client = proxy.client()) {
            String bare = ProxyFixture.get(origin.authority(), "/", "X: ");
            String filler = "x".repeat(HEAD_BYTES - bare.length());
            client.send(bare.replace("X: ", "X: " + filler));
            assertEquals("fits", client.readResponse().text());
            client.send(bare.replace("X: ", "X: x" + filler));
            assertEquals(431, client.readResponse().status());
            assertEquals(1, proxy.count("refused_431"));
        }
        assertRefused(431, "exceed 1024 bytes", get("X: " + "x".repeat(100_000)));
    }

    @Test
    void headerBomb_byCount() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fits"));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/", "X:\r\n".repeat(254) + "X:"));
            assertEquals("fits", client.readResponse().text());
            client.send(ProxyFixture.get(origin.authority(), "/", "X:\r\n".repeat(255) + "X:"));
            WireMessage answer = client.readResponse();
            assertEquals(431, answer.status());
            assertTrue(answer.text().contains("more than 256 lines"), answer.text());
            assertTrue(answer.text().contains("raise max_header_bytes"), answer.text());
        }
    }

    @Test
    void tooMuch_isAnsweredWithTheSettingThatBoundsIt() throws Exception {
        assertRefused(431, "raise max_header_bytes", get("X: " + "x".repeat(2_000)));
        assertRefused(414, "raise max_header_bytes", "GET http://ORIGIN/" + "x".repeat(600));
    }

    @Test
    void requestLineWithoutEnd() throws Exception {
        assertRefused(
                414,
                "request line exceeds 512 bytes",
                "GET http://ORIGIN/" + "x".repeat(600),
                "GET http://ORIGIN/" + "x".repeat(200_000));
    }

    @Test
    void bareLineFeedsAndReturns() throws Exception {
        assertRefused(
                400,
                "RFC 9112 §2.2",
                "GET http://ORIGIN/ HTTP/1.1\nHost: ORIGIN\n\n",
                "GET http://ORIGIN/ HTTP/1.1\r\nHost: ORIGIN\n\r\n",
                "GET http://ORIGIN/ HTTP/1.1\r\nHost: ORIGIN\r\nX: a\rb\r\n\r\n",
                "GET http://ORIGIN/\rHTTP/1.1\r\nHost: ORIGIN\r\n\r\n",
                "\r\n\r\n\r\n\r\n\r\n" + get());
    }

    @Test
    void controlCharactersInFields() throws Exception {
        assertRefused(400, "control character", get("X: a\0b"), get("X: a\7b"), get("X\0: a"));
        assertRefused(400, "field name", get("X\u00e9: a"), get(": a"), get("nocolon"));
        assertRefused(400, "white space before the colon", get("X : a"));
        assertRefused(400, "folded", get("X: a", " folded"));
    }

    @Test
    void lengthsThatLeaveADoubt() throws Exception {
        assertRefused(
                400,
                "Content-Length",
                post("Content-Length: 5", "Content-Length: 6") + "hello",
                post("Content-Length: 5", "Content-Length: 5") + "hello",
                post("Content-Length: 5, 5") + "hello",
                post("Content-Length: +5") + "hello",
                post("Content-Length: 99999999999999999999") + "hello",
                post("Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n",
                post("Transfer-Encoding: chunked", "Content-Length: 5") + "0\r\n\r\n");
    }

    @Test
    void transferCodingsThatLeaveADoubt() throws Exception {
        assertRefused(
                400,
                "RFC 9112 §6",
                post("Transfer-Encoding: chunked, gzip"),
                post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
                post("Transfer-Encoding: xchunked"),
                post("Transfer-Encoding: chunked").replace("1.1", "1.0"));
        assertRefused(501, "transfer coding", post("Transfer-Encoding: gzip, chunked"));
    }

    @Test
    void chunksThatBreakTheProtocol() throws Exception {
        String chunked = post("Transfer-Encoding: chunked");
        assertRefused(413, "chunk size", chunked + "10000000000000000\r\n");
        assertRefused(
                400,
                "RFC 9112 §7.1",
                chunked + "-1\r\n",
                chunked + "0x5\r\nhello\r\n",
                chunked + "5\r\nhelloX\r\n0\r\n\r\n",
                chunked + "\r\n",
                chunked + "1;" + "x".repeat(5_000) + "\r\n");
    }

    @Test
    void brokenChunk_breaksTheRequestForTheOriginToo() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        ScriptedOrigin.Handler reading =
                (in, out, socket) ->
                        seen.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(reading);
                RawClient client = proxy.client()) {
            String head = post("Transfer-Encoding: chunked").replace("ORIGIN", origin.authority());
            client.send(head);
            origin.awaitConnection();
            client.send("5\r\nhello\r\nz\r\n");
            assertEquals(400, client.readResponse().status());
            String received = seen.poll(20, TimeUnit.SECONDS);
            assertTrue(received.endsWith("\r\n\r\n5\r\nhello\r\n"), received);
        }
    }

    @Test
    void targetsThatLeadNowhere() throws Exception {
        assertRefused(
                400,
                "RFC 9112 §3.2",
                "CONNECT h:65536 HTTP/1.1\r\nHost: h\r\n\r\n",
                "CONNECT h:0 HTTP/1.1\r\nHost: h\r\n\r\n",
                "CONNECT h HTTP/1.1\r\nHost: h\r\n\r\n",
                "CONNECT http://h:80/ HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET http://h:65536/ HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET http://h:0/ HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET http:///path HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET http://user:pw@h/ HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    @Test
    void connectWithContent() throws Exception {
        assertRefused(
                400,
                "CONNECT with content",
                "CONNECT h:1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
    }

    @Test
    void hostsThatLeaveADoubt() throws Exception {
        assertRefused(
                400,
                "Host field",
                "GET http://ORIGIN/ HTTP/1.1\r\n\r\n",
                "GET http://ORIGIN/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET http://ORIGIN/ HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET http://ORIGIN/ HTTP/1.1\r\nHost: a/b\r\n\r\n");
    }

    @Test
    void garbage() throws Exception {
        assertRefused(
                400,
                "",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
                "\u0005\u0001\0",
                "\0",
                "{\"json\": true}\r\n\r\n",
                "GET /\r\n",
                "GET\r\n\r\n",
                "GET  http://ORIGIN/  HTTP/1.1\r\n\r\n",
                "GET http://ORIGIN/\u00e9 HTTP/1.1\r\nHost: h\r\n\r\n");
        assertRefused(
                505,
                "major version",
                "GET http://ORIGIN/ HTTP/3.0\r\n\r\n",
                "PRI http://ORIGIN/ HTTP/2.0\r\n\r\n");
    }

    @Test
    void connectToNowhere_isAnsweredInsideTheTunnel() throws Exception {
        try (ProxyFixture proxy = open()) {
            for (String nowhere : new String[] {"127.0.0.1:1", "no-such-name.invalid:443"}) {
                try (RawClient client = proxy.tlsClient(nowhere)) {
                    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                    assertEquals(502, client.readResponse().status());
                }
            }
            assertEquals(1, proxy.count("origin_connection_refused"));
            assertEquals(1, proxy.count("origin_dns_error"));
        }
    }
}
