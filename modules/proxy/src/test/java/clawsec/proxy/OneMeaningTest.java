package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that could mean two things: refused, or sent on with one meaning. */
class OneMeaningTest {
    private static final String[] WEB_SOCKET = {
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    @TempDir Path folder;

    /** What the origin gets for this request, and what the client gets for its answer. */
    private record Passed(WireMessage request, WireMessage response) {}

    private Passed pass(String request) throws Exception {
        return pass(request, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    private Passed pass(String request, String response) throws Exception {
        HttpScript script =
                HttpScript.of((read, out) -> {
                    out.write(response.getBytes(StandardCharsets.ISO_8859_1));
                    out.close();
                });
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(request.replace("ORIGIN", origin.authority()));
            boolean isHead = request.startsWith("HEAD");
            return new Passed(script.awaitRequest(), client.readResponse(isHead));
        }
    }

    private static String post(String... fields) {
        return ProxyFixture.request("POST", "ORIGIN", "/", fields) + "\r\n";
    }

    @Test
    void rfc9112_3_2_2_hostBesideAbsoluteForm_isThatOfTheTarget() throws Exception {
        String request = "GET http://ORIGIN/a HTTP/1.1\r\nHost: evil.example\r\n\r\n";
        WireMessage forwarded = pass(request).request();
        assertEquals("/a", forwarded.target());
        assertEquals(1, forwarded.fields("Host").size());
        assertTrue(forwarded.fields("Host").getFirst().startsWith("127.0.0.1:"));
    }

    @Test
    void rfc9112_3_2_2_absoluteFormWithinATunnel_namesHostAndPath_butNoOtherOrigin()
            throws Exception {
        HttpScript script = HttpScript.text("ok");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            client.send("GET http://other.example/a HTTP/1.1\r\nHost: third.example\r\n\r\n");
            assertEquals("ok", client.readResponse().text());
            WireMessage forwarded = script.awaitRequest();
            assertEquals("/a", forwarded.target());
            assertEquals(List.of("other.example"), forwarded.fields("Host"));
        }
    }

    @Test
    void rfc9110_9_3_1_contentOfGet_goesOnAsFramed() throws Exception {
        String get = ProxyFixture.request("GET", "ORIGIN", "/", "Content-Length: 5");
        WireMessage forwarded = pass(get + "\r\nhello").request();
        assertEquals("hello", forwarded.text());
        assertEquals(List.of("5"), forwarded.fields("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 7",
                "Transfer-Encoding: identity",
                "Host: evil.example",
                "Authorization: Basic eDp5",
                "Content_Length: 7",
                "Connection: close",
            })
    void rfc9110_6_5_1_trailerThatSteers_isDropped(String trailer) throws Exception {
        String content = "5\r\nhello\r\n0\r\n" + trailer + "\r\nX-Sum: 1\r\n\r\n";
        WireMessage forwarded = pass(post("Transfer-Encoding: chunked") + content).request();
        assertEquals("hello", forwarded.text());
        assertEquals(List.of("X-Sum: 1"), forwarded.trailerLines());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|Connection: Upgrade|Upgrade: websocket|5",
                "POST|Connection: Upgrade|Upgrade: websocket|0",
                "GET|Connection: Upgrade|Upgrade: websocket|5",
                "GET|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|0",
                "GET|Connection: Upgrade|Upgrade: TLS/1.2|0",
                "GET|Connection: Upgrade|Upgrade: made-up/1|0",
                "GET|Connection: close|Upgrade: websocket|0",
            })
    void rfc9110_7_8_upgradeThatIsNotFollowed_isNotAskedFor(
            String method, String connection, String upgrade, int bytes) throws Exception {
        String length = "Content-Length: " + bytes;
        String request = ProxyFixture.request(method, "ORIGIN", "/", connection, upgrade, length);
        WireMessage forwarded = pass(request + "\r\n" + "hello".substring(0, bytes)).request();
        assertEquals(Optional.empty(), forwarded.field("Upgrade"));
        assertEquals(Optional.empty(), forwarded.field("Connection"));
        assertEquals(bytes, forwarded.body().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade: h2c\r\n", "Upgrade: TLS/1.2, made-up/1\r\n", ""})
    void rfc6455_4_1_switchToAnotherProtocol_isRefused(String upgrade) throws Exception {
        String response =
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n" + upgrade + "\r\n";
        WireMessage answer = pass(ProxyFixture.get("ORIGIN", "/", WEB_SOCKET), response).response();
        assertEquals(502, answer.status());
        assertTrue(
                answer.text().contains("a switch that does not say it is to WebSocket"),
                answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /\r\n", "\r\nGET /a\n", "GET / HTTP/0.9\r\n\r\n"})
    void rfc9112_2_3_http09WithinATunnel_isRefused(String request) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("ok"));
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            client.send(request);
            int status = client.readResponse().status();
            assertTrue(status == 400 || status == 505, () -> "answered " + status);
            assertEquals(0, origin.receivedBytes());
            assertEquals(0, proxy.count("tunnels_opaque"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>hello</html>", "hello", "ICY 200 OK\r\n\r\n", " HTTP/1.1 200\r\n"})
    void rfc9112_4_responseOfHttp09_isRefused(String response) throws Exception {
        assertEquals(502, pass(ProxyFixture.get("ORIGIN", "/"), response).response().status());
    }

    /** A line break that some readers see in a value is a space to all of them. */
    @Test
    void rfc9110_5_5_responseSplitting_byBareReturns_becomesOneValue() throws Exception {
        String response =
                "HTTP/1.1 302 Found\rSet-Cookie: a=b\r\n"
                        + "Location: /x\rSet-Cookie: c=d\r\n"
                        + "Content-Length: 2\r\n\r\nok";
        WireMessage read = pass(ProxyFixture.get("ORIGIN", "/"), response).response();
        assertEquals("HTTP/1.1 302 Found Set-Cookie: a=b", read.startLine());
        assertEquals(Optional.of("/x Set-Cookie: c=d"), read.field("Location"));
        assertEquals(List.of(), read.fields("Set-Cookie"));
    }

    /** Each is as a browser reads it, and comes in the one form that everybody reads alike. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nContent-Length: 2\\r\\n\\r\\nok",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 2, 2\\r\\n\\r\\nok",
                "HTTP/1.1 200 OK\\r\\nContent-Length: 02\\r\\n\\r\\nok",
                "HTTP/1.1 200 OK\\nContent-Length : 2\\n\\nok",
                "http/1.1 200\\r\\ncontent-length: 2\\r\\n\\r\\nok",
                "\\r\\n\\r\\nHTTP/1.1  200  OK\\r\\nContent-Length:\\r\\n 2\\r\\n\\r\\nok",
                "HTTP/1.7 200 OK\\r\\nno colon\\r\\nContent-Length: 2\\r\\n\\r\\nok",
            })
    void rfc9112_6_3_lenientResponse_goesOnNormalised(String response) throws Exception {
        WireMessage read =
                pass(ProxyFixture.get("ORIGIN", "/"), response.translateEscapes()).response();
        assertEquals(200, read.status());
        assertTrue(read.startLine().startsWith("HTTP/1.1 200"), read.startLine());
        assertEquals(List.of("2"), read.fields("Content-Length"));
        assertEquals(1, read.fieldLines().size(), read.fieldLines()::toString);
        assertEquals("ok", read.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\\r\\nContent-Length:"
                        + " 9\\r\\n\\r\\n2;a=b\\r\\nok\\r\\n0\\r\\n\\r\\n",
                "Transfer-Encoding:\\r\\n Chunked\\r\\n\\r\\n2 ;\\nok\\n0\\n\\n",
            })
    void rfc9112_6_3_chunkedResponse_losesLengthAndExtensions(String rest) throws Exception {
        String response = "HTTP/1.1 200 OK\r\n" + rest.translateEscapes();
        WireMessage read = pass(ProxyFixture.get("ORIGIN", "/"), response).response();
        assertEquals("ok", read.text());
        assertEquals(List.of("Transfer-Encoding: chunked"), read.fieldLines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "Content-Length: 2, 3\r\n\r\nok",
                "Content-Length: +2\r\n\r\nok",
                "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "X: a\u0000b\r\n\r\n",
            })
    void rfc9112_6_3_responseOfTwoMeanings_isRefused(String rest) throws Exception {
        String response = "HTTP/1.1 200 OK\r\n" + rest;
        assertEquals(502, pass(ProxyFixture.get("ORIGIN", "/"), response).response().status());
    }

    /** What follows a response that has no content is never the answer to the next request. */
    @ParameterizedTest
    @CsvSource({"GET, 204 No Content", "GET, 304 Not Modified", "HEAD, 200 OK"})
    void rfc9112_6_3_contentWhereNoneMayBe_isNoAnswerToTheNextRequest(String method, String status)
            throws Exception {
        String poison = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";
        HttpScript script =
                HttpScript.of((request, out) -> {
                    String head = "HTTP/1.1 " + status + "\r\nContent-Length: 51\r\n\r\n";
                    String clean = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nclean";
                    String whole = request.target().equals("/first") ? head + poison : clean;
                    out.write(whole.getBytes(StandardCharsets.US_ASCII));
                });
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.request(method, origin.authority(), "/first") + "\r\n");
            assertFalse(client.readResponse(true).startLine().isEmpty());
            client.send(ProxyFixture.get(origin.authority(), "/second"));
            assertEquals("clean", client.readResponse().text());
        }
    }
}
