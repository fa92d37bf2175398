package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The switch to WebSocket (RFC 6455 §4), and its messages both ways. */
class WebSocketTest {
    private static final String SWITCH =
            ProxyFixture.lines(
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    "");

    private static final String[] ASKED = {
        "Connection: keep-alive, Upgrade",
        "Upgrade: WebSocket",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Extensions: permessage-deflate"
    };

    @TempDir Path folder;

    private final BlockingQueue<WireMessage> handshakes = new LinkedBlockingQueue<>();

    /** Switches, says hello in the same piece, and answers what it gets. */
    private ScriptedOrigin.Handler switching() {
        return (in, out, socket) -> {
            handshakes.add(WireMessage.readRequest(in).orElseThrow());
            out.write(SWITCH.getBytes(StandardCharsets.US_ASCII));
            out.write(Frames.plain("hello"));
            in.readNBytes(Frames.masked("ask").length);
            out.write(Frames.plain("answer"));
        };
    }

    private static void converse(RawClient client) throws Exception {
        WireMessage response = client.readResponse();
        assertEquals(101, response.status());
        assertEquals(Optional.of("Upgrade"), response.field("Connection"));
        assertEquals(Optional.of("websocket"), response.field("Upgrade"));
        assertTrue(response.field("Sec-WebSocket-Accept").isPresent());
        byte[] hello = Frames.plain("hello");
        assertArrayEquals(hello, client.readExactly(hello.length));
        client.send(Frames.masked("ask"));
        assertArrayEquals(Frames.plain("answer"), client.readToEnd());
    }

    private static List<String> messages(ProxyFixture proxy, boolean outbound) {
        return proxy.inspector().seen(outbound).stream()
                .map(RecordingInspector.Seen::contentText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Test
    void messagesPassBothWays_eachInspectedUnmasked() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(switching());
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/chat", ASKED));
            converse(client);
            WireMessage handshake = handshakes.poll(20, TimeUnit.SECONDS);
            assertEquals(List.of("Upgrade"), handshake.fields("Connection"));
            assertEquals(List.of("websocket"), handshake.fields("Upgrade"));
            assertEquals(
                    List.of("permessage-deflate"), handshake.fields("Sec-WebSocket-Extensions"));
            client.shutdownOutput();
            proxy.awaitCount("connections_open", 0);
            assertEquals(List.of("ask"), messages(proxy, true));
            assertEquals(List.of("hello", "answer"), messages(proxy, false));
        }
    }

    @Test
    void controlFrames_areInspectedAsOneText_andWhatCannotBeReadAsItCame() throws Exception {
        ScriptedOrigin.Handler sending =
                (in, out, socket) -> {
                    WireMessage.readRequest(in);
                    out.write(SWITCH.getBytes(StandardCharsets.US_ASCII));
                    out.write(Frames.plain(0x89, "sec"));
                    out.write(Frames.plain("data"));
                    out.write(Frames.plain(0x8a, "ret"));
                    out.write(Frames.plain(0xc1, "packed"));
                    out.write(Frames.plain(0x8b, "!"));
                    out.write(new byte[] {(byte) 0x82, '~', 'x'});
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(sending);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/chat", ASKED));
            assertEquals(101, client.readResponse().status());
            client.readToEnd();
            client.send(Frames.masked(0x88, "by"));
            client.send(Frames.masked(0x89, "e"));
            client.shutdownOutput();
            proxy.awaitCount("connections_open", 0);
            assertEquals(List.of("secret!", "data", "packed", "\u0082~x"), messages(proxy, false));
            assertEquals(List.of("bye"), messages(proxy, true));
            assertEquals("", proxy.inspector().seen(true).getLast().passage().method());
            assertEquals(3, proxy.count("frames_unreadable"));
        }
    }

    @Test
    void bytesThatAreNoFrames_areInspectedWithTheHeadTheyBeganWith() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(switching());
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/chat", ASKED));
            assertEquals(101, client.readResponse().status());
            byte[] hello = Frames.plain("hello");
            assertArrayEquals(hello, client.readExactly(hello.length));
            client.send("\u0009");
            client.send("no frame");
            client.shutdownOutput();
            proxy.awaitCount("connections_open", 0);
            assertEquals(List.of("\tno frame"), messages(proxy, true));
            assertEquals(1, proxy.count("frames_unreadable"));
        }
    }

    @Test
    void messagesInsideTls_areInspectedToo() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), switching());
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            client.send(
                    "GET /chat HTTP/1.1\r\nHost: h\r\n" + String.join("\r\n", ASKED) + "\r\n\r\n");
            converse(client);
            assertEquals(List.of("ask"), messages(proxy, true));
            assertEquals("https", proxy.inspector().seen(true).getLast().passage().scheme());
        }
    }

    @Test
    void refusedSwitch_isPassedOnAsTheOriginGaveIt_andTheConnectionsGoOn() throws Exception {
        ScriptedOrigin.Handler refusing =
                (in, out, socket) -> {
                    while (WireMessage.readRequest(in).isPresent()) {
                        out.write(
                                ProxyFixture.lines(
                                                "HTTP/1.1 426 Not that one",
                                                "Sec-WebSocket-Version: 13, 8",
                                                "X-Why: version",
                                                "Content-Length: 7",
                                                "",
                                                "sorry")
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(refusing);
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                client.send(ProxyFixture.get(origin.authority(), "/chat", ASKED));
                WireMessage refusal = client.readResponse();
                assertEquals(426, refusal.status());
                assertEquals("sorry\r\n", refusal.text());
                assertEquals(Optional.of("13, 8"), refusal.field("Sec-WebSocket-Version"));
                assertEquals(Optional.of("version"), refusal.field("X-Why"));
            }
            assertEquals(1, origin.connections());
        }
    }

    /** A client would have to refuse it, and what it switched to is not known to be WebSocket. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: wrong",
                "Upgrade: websocket|Connection: Upgrade",
                "Upgrade: h2c|Connection: Upgrade"
                        + "|Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                "Connection: Upgrade|Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                "Upgrade: websocket|Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
            })
    void switchThatAClientHasToRefuse_isNotPassedOn(String fields) throws Exception {
        String head = "HTTP/1.1 101 Yes\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n";
        ScriptedOrigin.Handler handler =
                (in, out, socket) -> {
                    WireMessage.readRequest(in);
                    out.write(head.getBytes(StandardCharsets.US_ASCII));
                    out.write(Frames.plain("hello"));
                    in.readAllBytes();
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(handler);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/chat", ASKED));
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertTrue(response.text().contains("switch"), response.text());
        }
    }

    @Test
    void upgradeInARequestOtherThanGet_isNotAskedForEither() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(switching());
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.request("DELETE", origin.authority(), "/", ASKED) + "\r\n");
            assertEquals(502, client.readResponse().status());
            WireMessage request = handshakes.poll(20, TimeUnit.SECONDS);
            assertEquals(List.of(), request.fields("Upgrade"));
        }
    }

    @Test
    void switchThatNobodyAskedFor_isNotFollowed() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(switching());
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/", "Upgrade: h2c"));
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertTrue(response.text().contains("not asked for"), response.text());
        }
    }
}
