package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each version of HTTP at the client's end with each at the origin's. */
class Http2PairsTest {
    private static final String MEGABYTE = "0123456789abcdef".repeat(1 << 16);

    @TempDir Path folder;

    /** What a client gets. */
    private record Answer(int status, String length, String text) {}

    /** A client of either version. */
    private interface Client {
        /** Sends content without saying how long it is. */
        Answer ask(String method, String path, String content) throws IOException;
    }

    private static Client of(RawClient client, String authority) {
        return (method, path, content) -> {
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n";
            client.send(
                    content.isEmpty()
                            ? head + "\r\n"
                            : head
                                    + "Transfer-Encoding: chunked\r\n\r\n"
                                    + Integer.toHexString(content.length())
                                    + "\r\n"
                                    + content
                                    + "\r\n0\r\n\r\n");
            WireMessage answer = client.readResponse(method.equals("HEAD"));
            return new Answer(
                    answer.status(), answer.field("Content-Length").orElse(""), answer.text());
        };
    }

    private static Client of(Http2Peer client, String authority) {
        return (method, path, content) -> {
            Http2PeerStream stream =
                    client.request(
                            content.isEmpty(),
                            Http2Blocks.request(method, "https", authority, path));
            if (!content.isEmpty()) {
                stream.data(content, true);
            }
            stream.awaitEnd();
            return new Answer(
                    stream.status(), stream.field("content-length").orElse(""), stream.text());
        };
    }

    /** What an origin says to a request; 1 MB in return for content. */
    private static Answer answer(String method, String path, String content) {
        if (method.equals("HEAD")) {
            return new Answer(200, "6", "");
        }
        return switch (path) {
            case "/204" -> new Answer(204, "", "");
            case "/304" -> new Answer(304, "6", "");
            default -> new Answer(200, "", content.isEmpty() ? "got " + path : content);
        };
    }

    private static HttpScript http1() {
        return HttpScript.of((request, out) -> {
            Answer answer = answer(request.method(), request.target(), request.text());
            StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Yes\r\n");
            if (!answer.length().isEmpty()) {
                head.append("Content-Length: ").append(answer.length()).append("\r\n");
            } else if (!answer.text().isEmpty()) {
                head.append("Transfer-Encoding: chunked\r\n");
            }
            write(out, head + "\r\n");
            if (!answer.text().isEmpty()) {
                write(out, Integer.toHexString(answer.text().length()) + "\r\n");
                write(out, answer.text() + "\r\n0\r\n\r\n");
            }
        });
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Http2Origin.Script http2() {
        return stream -> {
            Answer answer =
                    answer(stream.field(":method").orElseThrow(), stream.path(), stream.text());
            List<String> lines = new ArrayList<>(List.of(":status: " + answer.status()));
            if (!answer.length().isEmpty()) {
                lines.add("content-length: " + answer.length());
            }
            stream.send(answer.text(), lines.toArray(String[]::new));
        };
    }

    /** Asks all kinds of things, and looks at what each end saw. */
    private static void assertServed(ProxyFixture proxy, Client client) throws IOException {
        assertEquals(new Answer(200, "", "got /a"), client.ask("GET", "/a", ""));
        assertEquals(new Answer(200, "", MEGABYTE), client.ask("POST", "/echo", MEGABYTE));
        assertEquals(new Answer(200, "6", ""), client.ask("HEAD", "/a", ""));
        assertEquals(new Answer(204, "", ""), client.ask("GET", "/204", ""));
        assertEquals(new Answer(304, "6", ""), client.ask("GET", "/304", ""));
        List<RecordingInspector.Seen> requests = proxy.inspector().seen(true);
        assertEquals(
                List.of("GET /a", "POST /echo", "HEAD /a", "GET /204", "GET /304"),
                requests.stream()
                        .map(seen -> seen.headText().split(" HTTP/1.1\r\n", 2)[0])
                        .toList());
        assertEquals(
                List.of("", MEGABYTE, "", "", ""),
                requests.stream().map(RecordingInspector.Seen::contentText).toList());
        List<RecordingInspector.Seen> responses = proxy.inspector().seen(false);
        assertEquals(
                List.of("200", "200", "200", "204", "304"),
                responses.stream().map(seen -> seen.headText().split(" ", 3)[1]).toList());
        assertEquals(
                List.of("got /a", MEGABYTE, "", "", ""),
                responses.stream().map(RecordingInspector.Seen::contentText).toList());
        assertTrue(responses.stream().allMatch(RecordingInspector.Seen::isEnded));
        Passage passage = requests.getFirst().passage();
        assertEquals("https", passage.scheme());
        assertEquals("https://" + passage.dest() + "/a", passage.url());
    }

    @Test
    void http1_toHttp1() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), http1());
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            assertServed(proxy, of(client, "localhost:" + origin.port()));
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void http2_toHttp2() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.ofBoth(proxy, http1(), http2());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            assertServed(proxy, of(client, origin.authority()));
            assertEquals(1, origin.connections());
            assertEquals(List.of(), origin.failures());
            assertEquals(1, proxy.count("tunnels_intercepted"));
            assertEquals(5, proxy.count("requests") - 1, "and the CONNECT");
        }
    }

    @Test
    void http2Alone_toHttp1() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), http1())) {
            String authority = "localhost:" + origin.port();
            try (Http2Peer client =
                    Http2Clients.client(Http2Clients.shakeHands(proxy, authority, "h2")).begin()) {
                assertServed(proxy, of(client, authority));
                assertEquals(1, origin.connections());
            }
        }
    }

    @Test
    void http1_toAnOriginOfHttp2Alone_onOneConnection() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, http2());
                RawClient client = proxy.tlsClient(origin.authority())) {
            assertServed(proxy, of(client, origin.authority()));
            assertEquals(1, origin.handshakes());
            assertEquals(2, origin.connections(), "the first was refused in the handshake");
            try (RawClient other = proxy.tlsClient(origin.authority())) {
                Client second = of(other, origin.authority());
                assertEquals(new Answer(200, "", "got /b"), second.ask("GET", "/b", ""));
            }
            assertEquals(2, origin.connections(), "shared with others");
        }
    }

    @Test
    void clientOfBoth_isOfferedWhatTheOriginSpeaks_whichIsAskedOnce() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin both = Http2Origin.ofBoth(proxy, http1(), http2());
                ScriptedOrigin old =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), http1())) {
            for (int i = 0; i < 3; i++) {
                assertChosen("h2", proxy, both.authority());
                assertChosen("http/1.1", proxy, "localhost:" + old.port());
            }
            assertEquals(1, both.handshakes());
            assertEquals(1, old.connections());
        }
    }

    private static void assertChosen(String protocol, ProxyFixture proxy, String authority)
            throws IOException {
        try (var socket = Http2Clients.shakeHands(proxy, authority, "h2", "http/1.1")) {
            assertEquals(protocol, socket.getApplicationProtocol());
        }
    }

    @Test
    void clientOfHttp1_isServedWithHttp1_byAnOriginOfBoth() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.ofBoth(proxy, http1(), http2());
                RawClient client = proxy.tlsClient(origin.authority())) {
            assertServed(proxy, of(client, origin.authority()));
            assertEquals(List.of(), origin.peers());
        }
    }

    @Test
    void originThatIsDown_isAnsweredInPlainWords_toBoth() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            try (var socket = Http2Clients.shakeHands(proxy, "localhost:1", "h2", "http/1.1")) {
                assertEquals("http/1.1", socket.getApplicationProtocol());
                socket.getOutputStream()
                        .write(
                                "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
                                        .getBytes(StandardCharsets.UTF_8));
                WireMessage answer = WireMessage.readResponse(socket.getInputStream(), false);
                assertEquals(502, answer.status());
                assertTrue(answer.text().contains("Nothing accepts connections"), answer::text);
            }
            try (Http2Peer client =
                    Http2Clients.client(Http2Clients.shakeHands(proxy, "localhost:1", "h2"))
                            .begin()) {
                Http2PeerStream stream = client.get("https", "localhost:1", "/").awaitEnd();
                assertEquals(502, stream.status());
                assertTrue(stream.text().contains("Nothing accepts connections"), stream::text);
                assertTrue(stream.field("proxy-status").orElse("").contains("connection_refused"));
                assertEquals("502", "" + client.get("https", "a", "/").awaitEnd().status());
            }
        }
    }
}
