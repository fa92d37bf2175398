package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Error;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that break RFC 9113 §8: they end their stream, and none is passed on. */
class Http2MalformedTest {
    private static final List<String> BAD_LINES =
            List.of(
                    "connection: x",
                    "transfer-encoding: chunked",
                    "keep-alive: timeout=1",
                    "proxy-connection: keep-alive",
                    "upgrade: websocket",
                    "X-Upper: 1",
                    "x: a\r\nsmuggled: 1",
                    "x: a\nb",
                    "x: a\rb",
                    "x: a\0b",
                    "x:  a",
                    "x y: 1",
                    "x\r\ny: 1",
                    "content_length: 5");

    @TempDir Path folder;

    private static String[] and(String[] lines, String... more) {
        String[] all = Arrays.copyOf(lines, lines.length + more.length);
        System.arraycopy(more, 0, all, lines.length, more.length);
        return all;
    }

    private static String[] get(String... more) {
        return Http2Blocks.request("GET", "https", "localhost", "/", more);
    }

    @Test
    void malformedRequests_areReset_andReachNobody() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.paths());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            for (String line : BAD_LINES) {
                assertReset(client, get(line));
            }
            for (String line :
                    List.of(
                            "te: gzip",
                            "host: other.example",
                            "content-length: 1",
                            "content-length: x",
                            "content-length: +0",
                            "content-length: 0x0",
                            ":path: /twice",
                            ":unknown: 1",
                            ":status: 200")) {
                assertReset(client, get(line));
            }
            assertReset(client, get("content-length: 0", "content-length: 0"));
            assertReset(client, get("x: 1", ":scheme: https"));
            assertReset(client, ":method: GET", ":scheme: https", ":authority: localhost");
            assertReset(client, ":method: GET", ":path: /", ":authority: localhost");
            assertReset(client, ":scheme: https", ":path: /", ":authority: localhost");
            assertReset(client, ":method: GET", ":scheme: https", ":path: /");
            assertReset(client, Http2Blocks.request("GET", "ftp", "localhost", "/"));
            assertReset(client, Http2Blocks.request("GET", "https", "user@localhost", "/"));
            assertReset(client, Http2Blocks.request("GET", "https", "local host", "/"));
            assertReset(client, Http2Blocks.request("GET", "https", "localhost", "/a b"));
            assertReset(client, Http2Blocks.request("GET", "https", "localhost", "/\r\nx: 1"));
            assertReset(client, Http2Blocks.request("GET /x HTTP/1.1\r\n", "https", "h", "/"));
            assertEquals("/", client.get("https", "localhost", "/").text());
            assertEquals("/", origin.awaitStream().path());
            assertEquals(1, proxy.inspector().seen(true).size());
            assertEquals(1, origin.peers().getFirst().streams());
        }
    }

    private static void assertReset(Http2Peer client, String... lines) throws IOException {
        client.request(true, lines).awaitReset(Http2Error.PROTOCOL_ERROR);
        // A stream that goes well in between, so that it is not taken for an attack.
        client.roundTrip();
    }

    @Test
    void malformedTrailers_resetTheStream_andItsOriginsIsGivenUp() throws Exception {
        Http2Origin.Script script = stream -> stream.head(false, Http2Origin.OK);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            for (String line :
                    List.of("X-Upper: 1", ":path: /", "content-length: 4", "x: a\nb", "host: h")) {
                Http2PeerStream stream = client.post("https", "localhost", "/");
                stream.data("some", false);
                Http2PeerStream seen = origin.awaitStream();
                seen.awaitContent(4);
                stream.head(true, line);
                stream.awaitReset(Http2Error.PROTOCOL_ERROR);
                seen.awaitReset(Http2Error.CANCEL);
            }
        }
    }

    @Test
    void contentThatIsNotOfItsLength_isNeverAWholeRequest() throws Exception {
        Http2Origin.Script script = stream -> {};
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<Boolean> broken = new CompletableFuture<>();
        ScriptedOrigin.Handler reading =
                (in, out, socket) -> {
                    asked.complete(!WireMessage.readRequestHead(in).startLine().isEmpty());
                    try {
                        broken.complete(in.readNBytes(5).length < 5);
                    } catch (IOException reset) {
                        broken.complete(true);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                ScriptedOrigin old =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), reading)) {
            for (String content : List.of("abc", "abcdefg")) {
                Http2PeerStream stream =
                        client.post("https", "localhost", "/", "content-length: 5");
                Http2PeerStream seen = origin.awaitStream();
                stream.data(content, true);
                stream.awaitReset(Http2Error.PROTOCOL_ERROR);
                seen.awaitReset(Http2Error.CANCEL);
                assertTrue(seen.contentBytes() < 5);
            }
            String authority = "localhost:" + old.port();
            try (Http2Peer toOld =
                    Http2Clients.client(Http2Clients.shakeHands(proxy, authority, "h2")).begin()) {
                Http2PeerStream stream = toOld.post("https", "localhost", "/", "content-length: 5");
                assertTrue(asked.get(60, TimeUnit.SECONDS));
                stream.data("abc", true);
                stream.awaitReset(Http2Error.PROTOCOL_ERROR);
                assertTrue(broken.get(60, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void malformedResponses_are502_andSayWhat() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    int index = Integer.parseInt(stream.path().substring(1));
                    stream.head(true, and(new String[] {":status: 200"}, BAD_LINES.get(index)));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            for (int i = 0; i < BAD_LINES.size(); i++) {
                Http2PeerStream stream = client.get("https", "localhost", "/" + i).awaitEnd();
                assertEquals(502, stream.status(), BAD_LINES.get(i));
                assertTrue(stream.text().contains("breaks HTTP"), stream::text);
            }
            assertEquals(1, origin.handshakes());
            old.send("GET /0 HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals(502, old.readResponse().status());
        }
    }

    @Test
    void responsesWithoutAStatusOfThree_are502() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    switch (stream.path()) {
                        case "/none" -> stream.head(true, "x: 1");
                        case "/short" -> stream.head(true, ":status: 20");
                        case "/switch" -> stream.head(false, ":status: 101");
                        case "/endless" -> stream.head(true, ":status: 103");
                        default -> stream.data("content before the head", true);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            for (String path : List.of("/none", "/short", "/switch", "/endless", "/content")) {
                assertEquals(502, client.get("https", "localhost", path).awaitEnd().status(), path);
            }
        }
    }

    @Test
    void responseThatIsNotOfItsLength_isBrokenOff() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.head(false, ":status: 200", "content-length: 5");
                    stream.data(stream.path().substring(1), true);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            for (String content : List.of("abc", "abcdefg")) {
                Http2PeerStream stream = client.get("https", "localhost", "/" + content);
                assertTrue(stream.awaitReset() != Http2Error.NO_ERROR.code());
            }
            assertEquals("abcde", client.get("https", "localhost", "/abcde").text());
            old.send("GET /abc HTTP/1.1\r\nHost: h\r\n\r\n");
            String all = new String(old.readToEnd(), StandardCharsets.US_ASCII);
            assertTrue(all.contains("content-length: 5") && !all.endsWith("abcde"), all);
        }
    }

    @Test
    void contentInAnswerToHead_neverReachesTheClient() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.head(false, ":status: 200", "content-length: 5");
                    stream.data("abcde", true);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            Http2PeerStream stream =
                    client.request(true, Http2Blocks.request("HEAD", "https", "localhost", "/"));
            stream.rawBlock(1);
            client.roundTrip();
            assertEquals(0, stream.contentBytes());
            old.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals(200, old.readResponse(true).status());
            assertEquals(0, old.readToEnd().length);
        }
    }
}
