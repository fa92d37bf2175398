package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2Frame;
import clawsec.http.h2.Http2Setting;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSocket on streams of HTTP/2 (RFC 8441), at either end or both. */
class Http2WebSocketTest {
    private static final Http2Setting TAKES_PROTOCOLS =
            new Http2Setting(Http2Setting.ENABLE_CONNECT_PROTOCOL, 1);

    private static final String[] ASKED = {
        ":method: CONNECT",
        ":protocol: websocket",
        ":scheme: https",
        ":authority: localhost",
        ":path: /chat",
        "sec-websocket-version: 13",
        "sec-websocket-protocol: talk"
    };

    private static final byte[] QUESTION = Frames.masked("question");
    private static final byte[] ANSWER = Frames.plain("answer");

    @TempDir Path folder;

    private final CompletableFuture<WireMessage> handshake = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    /** Switches, answers a message, and tells how its client's side ended. */
    private ScriptedOrigin.Handler switching() {
        return (in, out, socket) -> {
            WireMessage asked = WireMessage.readRequest(in).orElseThrow();
            handshake.complete(asked);
            out.write(
                    ProxyFixture.lines(
                                    "HTTP/1.1 101 Switching Protocols",
                                    "Upgrade: websocket",
                                    "Connection: Upgrade",
                                    "Sec-WebSocket-Accept: "
                                            + accept(
                                                    asked.field("Sec-WebSocket-Key").orElseThrow()),
                                    "Sec-WebSocket-Protocol: talk",
                                    "")
                            .getBytes(StandardCharsets.US_ASCII));
            in.readNBytes(QUESTION.length);
            out.write(ANSWER);
            try {
                ended.complete(in.read() < 0);
            } catch (IOException reset) {
                ended.complete(false);
            }
        };
    }

    /** RFC 6455 §4.2.2. */
    private static String accept(String key) {
        try {
            byte[] text =
                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                            .getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException(none);
        }
    }

    /** The same on a stream. */
    private static Http2Origin.Script accepting() {
        return stream -> {
            if (!stream.field(":method").equals(Optional.of("CONNECT"))) {
                stream.send("no socket", Http2Origin.OK);
                return;
            }
            stream.head(false, ":status: 200", "sec-websocket-protocol: talk");
            stream.awaitContent(QUESTION.length);
            stream.data(ANSWER, false);
            stream.awaitEnd();
            stream.data(new byte[0], true);
        };
    }

    private static ScriptedOrigin http1(ProxyFixture proxy, ScriptedOrigin.Handler script)
            throws IOException {
        return ScriptedOrigin.openTls(proxy.originCa().serverContext("localhost"), script);
    }

    private static Http2Peer alone(ProxyFixture proxy, ScriptedOrigin origin) throws IOException {
        return Http2Clients.client(
                        Http2Clients.shakeHands(proxy, "localhost:" + origin.port(), "h2"))
                .begin();
    }

    private static void converse(Http2PeerStream stream) throws IOException {
        assertEquals(200, stream.status());
        assertEquals(Optional.of("talk"), stream.field("sec-websocket-protocol"));
        assertEquals(Optional.empty(), stream.field("sec-websocket-accept"));
        stream.data(QUESTION, false);
        stream.awaitContent(ANSWER.length);
        assertArrayEquals(ANSWER, stream.soFar().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void assertInspected(ProxyFixture proxy) {
        assertEquals(List.of("question"), messages(proxy, true));
        assertEquals(List.of("answer"), messages(proxy, false));
        assertEquals("https", proxy.inspector().seen(true).getLast().passage().scheme());
        assertTrue(proxy.inspector().seen(true).getLast().passage().url().endsWith("/chat"));
    }

    private static List<String> messages(ProxyFixture proxy, boolean isOutbound) {
        return proxy.inspector().seen(isOutbound).stream()
                .map(RecordingInspector.Seen::contentText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Test
    void http2ToHttp1_isAnUpgradeThere() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = http1(proxy, switching());
                Http2Peer client = alone(proxy, origin)) {
            assertTrue(
                    client.awaitFrame(Http2Frame.Settings.class)
                            .settings()
                            .contains(TAKES_PROTOCOLS));
            Http2PeerStream stream = client.request(false, ASKED);
            converse(stream);
            WireMessage asked = handshake.get(60, TimeUnit.SECONDS);
            assertEquals("GET /chat HTTP/1.1", asked.startLine());
            assertEquals(List.of("websocket"), asked.fields("Upgrade"));
            assertEquals(List.of("Upgrade"), asked.fields("Connection"));
            assertEquals(24, asked.field("Sec-WebSocket-Key").orElseThrow().length());
            assertEquals(Optional.of("13"), asked.field("Sec-WebSocket-Version"));
            stream.data(new byte[0], true);
            assertTrue(ended.get(60, TimeUnit.SECONDS), "the end is passed on as such");
            stream.awaitEnd();
            assertInspected(proxy);
            client.roundTrip();
        }
    }

    @Test
    void http2ToHttp2_isAStreamThere() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, accepting(), TAKES_PROTOCOLS);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.request(false, ASKED);
            converse(stream);
            Http2PeerStream seen = origin.awaitStream();
            assertEquals(List.of(ASKED), seen.block(1));
            stream.data(new byte[0], true);
            seen.awaitEnd();
            stream.awaitEnd();
            assertInspected(proxy);
            assertEquals("no socket", client.get("https", "localhost", "/").text());
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void http1ToHttp2Alone_isAStreamThere() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, accepting(), TAKES_PROTOCOLS);
                RawClient client = proxy.tlsClient(origin.authority())) {
            client.send(
                    "GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            WireMessage answer = client.readResponse();
            assertEquals(101, answer.status());
            assertEquals(
                    Optional.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                    answer.field("Sec-WebSocket-Accept"));
            client.send(QUESTION);
            assertArrayEquals(ANSWER, client.readExactly(ANSWER.length));
            assertEquals(Optional.of("websocket"), origin.awaitStream().field(":protocol"));
            client.shutdownOutput();
            assertEquals(0, client.readToEnd().length);
            assertInspected(proxy);
        }
    }

    @Test
    void refusedSocket_isPassedOnAsTheOriginGaveIt() throws Exception {
        Http2Origin.Script refusing =
                stream -> stream.send("not you", ":status: 403", "content-type: text/plain");
        ScriptedOrigin.Handler refusing1 =
                (in, out, socket) -> {
                    WireMessage.readRequest(in);
                    out.write(
                            "HTTP/1.1 403 No\r\nContent-Length: 7\r\n\r\nnot you"
                                    .getBytes(StandardCharsets.US_ASCII));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, refusing, TAKES_PROTOCOLS);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                ScriptedOrigin old = http1(proxy, refusing1);
                Http2Peer toOld = alone(proxy, old)) {
            for (Http2Peer each : List.of(client, toOld)) {
                Http2PeerStream stream = each.request(false, ASKED);
                assertEquals(403, stream.status());
                assertEquals("not you", stream.text());
                each.roundTrip();
            }
        }
    }

    @Test
    void originOfHttp2AloneWithoutTheSetting_is502_andSaysWhy() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, accepting());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.request(false, ASKED).awaitEnd();
            assertEquals(502, stream.status());
            assertTrue(stream.text().contains("RFC 8441"), stream::text);
            assertEquals("no socket", client.get("https", "localhost", "/").text());
        }
    }

    @Test
    void otherProtocols_areRefused() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, accepting(), TAKES_PROTOCOLS);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            String[] asked = ASKED.clone();
            asked[1] = ":protocol: connect-udp";
            assertEquals(501, client.request(false, asked).awaitEnd().status());
        }
    }

    @Test
    void clientsReset_isAResetThere() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, accepting(), TAKES_PROTOCOLS);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                ScriptedOrigin old = http1(proxy, switching());
                Http2Peer toOld = alone(proxy, old)) {
            Http2PeerStream stream = client.request(false, ASKED);
            converse(stream);
            stream.reset(Http2Error.CANCEL);
            origin.awaitStream().awaitReset(Http2Error.CANCEL);
            Http2PeerStream other = toOld.request(false, ASKED);
            converse(other);
            other.reset(Http2Error.CANCEL);
            ended.get(60, TimeUnit.SECONDS);
            toOld.roundTrip();
        }
    }

    @Test
    void originsEnd_andOriginsReset_reachTheClient() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.head(false, ":status: 200");
                    stream.data(ANSWER, stream.path().equals("/ends"));
                    if (stream.path().equals("/resets")) {
                        stream.reset(Http2Error.CANCEL);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script, TAKES_PROTOCOLS);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            String[] asked = ASKED.clone();
            asked[4] = ":path: /ends";
            Http2PeerStream ending = client.request(false, asked);
            assertArrayEquals(ANSWER, ending.content());
            ending.data(QUESTION, true);
            origin.awaitStream().awaitEnd();
            asked[4] = ":path: /resets";
            client.request(false, asked).awaitReset(Http2Error.CANCEL);
            client.roundTrip();
        }
    }
}
