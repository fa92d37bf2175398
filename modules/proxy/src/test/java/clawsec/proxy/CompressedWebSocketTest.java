package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSocket extensions (RFC 6455 §9, RFC 7692), and frames that nobody expects. */
class CompressedWebSocketTest {
    private static final List<String> DEFLATED = List.of("permessage-deflate");

    @TempDir Path folder;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CountDownLatch taken = new CountDownLatch(1);

    /** Agrees to what a test says, and sends what it says, whatever comes. */
    private ScriptedOrigin.Handler agreeing(String extensions, byte[]... frames) {
        return (in, out, socket) -> {
            WireMessage request = WireMessage.readRequest(in).orElseThrow();
            received.writeBytes(
                    (request.fields("Sec-WebSocket-Extensions") + "\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(
                    ("HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                                    + "Sec-WebSocket-Extensions: "
                                    + extensions
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(joined(frames));
            socket.shutdownOutput();
            in.transferTo(received);
            taken.countDown();
        };
    }

    private void converse(
            ProxyFixture proxy,
            String offered,
            String agreed,
            List<byte[]> fromClient,
            List<byte[]> fromOrigin)
            throws Exception {
        byte[][] down = fromOrigin.toArray(byte[][]::new);
        byte[] up = joined(fromClient.toArray(byte[][]::new));
        try (ScriptedOrigin origin = ScriptedOrigin.open(agreeing(agreed, down));
                RawClient client = proxy.client()) {
            client.send(
                    ProxyFixture.get(
                            origin.authority(),
                            "/chat",
                            "Connection: Upgrade",
                            "Upgrade: websocket",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Extensions: " + offered));
            WireMessage answer = client.readResponse();
            assertEquals(101, answer.status());
            assertEquals(List.of(agreed), answer.fields("Sec-WebSocket-Extensions"));
            client.send(up);
            client.shutdownOutput();
            assertArrayEquals(joined(down), client.readToEnd());
            assertTrue(taken.await(20, TimeUnit.SECONDS));
            proxy.awaitCount("connections_open", 0);
        }
        byte[] offer = ("[" + offered + "]\n").getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(joined(offer, up), received.toByteArray());
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static List<String> contents(ProxyFixture proxy, boolean isOutbound) {
        return messages(proxy, isOutbound).stream()
                .map(RecordingInspector.Seen::contentText)
                .toList();
    }

    private static List<RecordingInspector.Seen> messages(ProxyFixture proxy, boolean isOutbound) {
        return proxy.inspector().seen(isOutbound).stream()
                .filter(seen -> !seen.contentText().isEmpty())
                .toList();
    }

    /** RFC 7692 §7.2.3.2: the second message refers to the first. */
    private static final byte[] HELLO = hex("c107f248cdc9c90700");

    private static final byte[] HELLO_AGAIN = hex("c105f200110000");

    private static byte[] masked(byte[] plain) {
        byte[] payload = Arrays.copyOfRange(plain, 2, plain.length);
        String text = new String(payload, StandardCharsets.ISO_8859_1);
        return maskedLatin(plain[0] & 0xff, text);
    }

    private static byte[] maskedLatin(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(0x80 | payload.length);
        frame.writeBytes(hex("01020304"));
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ (i % 4 + 1));
        }
        return frame.toByteArray();
    }

    @Test
    void compressedMessages_areInspectedInClear_bothWays_andPassAsTheyAre() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            converse(
                    proxy,
                    "permessage-deflate; client_max_window_bits, x-other; a=b",
                    "permessage-deflate; client_max_window_bits=10",
                    List.of(masked(HELLO), Frames.masked("clear"), masked(HELLO_AGAIN)),
                    List.of(HELLO, HELLO_AGAIN));
            assertEquals(List.of("Hello", "clear", "Hello"), contents(proxy, true));
            assertEquals(List.of("Hello", "Hello"), contents(proxy, false));
            assertEquals(DEFLATED, messages(proxy, true).getFirst().codings());
            assertEquals(List.of(), messages(proxy, true).get(1).codings());
            assertEquals(0, proxy.count("frames_unreadable"));
        }
    }

    @Test
    void contextOfOneEndAlone_isKept() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            converse(
                    proxy,
                    "permessage-deflate",
                    "permessage-deflate; client_no_context_takeover",
                    List.of(masked(HELLO), masked(HELLO_AGAIN)),
                    List.of(HELLO, HELLO_AGAIN));
            assertEquals(List.of("Hello", "Hello"), contents(proxy, false));
            assertEquals(List.of("Hello", "H", "\u00f2\0\u0011\0\0"), contents(proxy, true));
            assertEquals(1, proxy.count("frames_unreadable"));
        }
    }

    @Test
    void agreementThatTheClientHasToRefuse_isPassedOn_andItsFramesInspectedAsTheyCame()
            throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            converse(
                    proxy,
                    "permessage-deflate; server_no_context_takeover",
                    "permessage-deflate",
                    List.of(masked(HELLO)),
                    List.of(HELLO));
            assertEquals(List.of("\u00f2H\u00cd\u00c9\u00c9\7\0"), contents(proxy, false));
            assertEquals(2, proxy.count("frames_unreadable"));
        }
    }

    @Test
    void unknownExtension_isPassedOn_andWhatItMarksInspectedAsItCame() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            converse(
                    proxy,
                    "x-other; a=\"b\", permessage-deflate",
                    "x-other, permessage-deflate",
                    List.of(maskedLatin(0xa1, "theirs"), masked(HELLO)),
                    List.of(Frames.plain(0xd1, "theirs too"), Frames.plain("nobody's")));
            assertEquals(List.of("theirs", "Hello"), contents(proxy, true));
            assertEquals(List.of("theirs too", "nobody's"), contents(proxy, false));
            assertEquals(2, proxy.count("frames_unreadable"));
        }
    }

    @Test
    void framesThatBreakTheRules_passAsTheyAre() throws Exception {
        byte[] hugeLength =
                joined(
                        hex("827f7fffffffffffffff"),
                        "not so much".getBytes(StandardCharsets.US_ASCII));
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            converse(
                    proxy,
                    "permessage-deflate",
                    "permessage-deflate",
                    List.of(
                            Frames.plain("not masked"),
                            Frames.masked(0x83, "reserved"),
                            Frames.masked(0x88, "\u0003\u00e8bye"),
                            Frames.masked(0x8f, "unknown"),
                            hugeLength),
                    List.of(
                            Frames.masked("masked"),
                            Frames.plain(0x89, "ping"),
                            Frames.plain(0xc0, "marked where it must not be")));
            assertEquals(
                    List.of(
                            "not masked",
                            "reserved",
                            "\u0003\u00c3\u00a8byeunknown",
                            "not so much"),
                    contents(proxy, true));
            assertEquals("masked", contents(proxy, false).getFirst());
            assertEquals(3, proxy.count("frames_unreadable"));
        }
    }

    @Test
    void bomb_isPassedOn_andItsRestNotInspected_whichIsCounted() throws Exception {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[10_000_000]);
        byte[] room = new byte[60_000];
        int count = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH) - 4;
        deflater.end();
        byte[] bomb =
                joined(
                        new byte[] {(byte) 0xc2, 126, (byte) (count >> 8), (byte) count},
                        Arrays.copyOf(room, count));
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            converse(
                    proxy,
                    "permessage-deflate",
                    "permessage-deflate",
                    List.of(),
                    List.of(bomb, Frames.plain("after")));
            assertEquals(1, proxy.count("messages_oversized"));
            assertEquals(2, contents(proxy, false).size());
            assertEquals("after", contents(proxy, false).getLast());
            assertEquals(true, contents(proxy, false).getFirst().length() < 3_000_000);
        }
    }
}
