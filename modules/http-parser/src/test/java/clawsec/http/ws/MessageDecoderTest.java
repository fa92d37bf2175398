package clawsec.http.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.content.ContentLimits;
import clawsec.testkit.Splits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages that permessage-deflate compressed (RFC 7692), beside those it did not. */
class MessageDecoderTest {
    private static final List<String> HELLO = List.of("start compressed", "payload Hello", "end");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static List<String> repeated(List<String> events, int times) {
        return Stream.generate(() -> events).limit(times).flatMap(List::stream).toList();
    }

    @Test
    void rfc7692_7_2_3_1_oneCompressedBlock() {
        assertEquals(HELLO, Decoded.events(Decoded.CONTEXT, hex("c107f248cdc9c90700")));
    }

    @Test
    void rfc7692_7_2_3_1_fragments() {
        assertEquals(
                HELLO, Decoded.events(Decoded.CONTEXT, hex("4103f248cd"), hex("8004c9c90700")));
    }

    @Test
    void rfc7692_7_2_3_2_slidingWindowShared() {
        byte[] wire = hex("c107f248cdc9c90700" + "c105f200110000");
        assertEquals(repeated(HELLO, 2), Decoded.events(Decoded.CONTEXT, wire));
        assertEquals(
                List.of(
                        "start compressed",
                        "payload H",
                        "undecodable",
                        "payload \u00f2\0\u0011\0\0",
                        "end"),
                Decoded.events(Decoded.NO_CONTEXT, wire).subList(3, 8));
    }

    @Test
    void rfc7692_7_2_3_3_blockWithoutCompression() {
        assertEquals(HELLO, Decoded.events(Decoded.CONTEXT, hex("c10b000500faff48656c6c6f00")));
    }

    @Test
    void rfc7692_7_2_3_4_blockThatEndsTheData_endsTheContextToo() {
        byte[] wire = hex("c108f348cdc9c9070000");
        assertEquals(repeated(HELLO, 3), Decoded.events(Decoded.CONTEXT, wire, wire, wire));
        assertEquals(
                "undecodable", Decoded.events(Decoded.CONTEXT, wire, hex("c105f200110000")).get(5));
    }

    @Test
    void rfc7692_7_2_3_5_twoBlocks() {
        assertEquals(HELLO, Decoded.events(Decoded.CONTEXT, hex("c10df24805000000ffffcac9c90700")));
    }

    @Test
    void everySplit_givesTheSameEvents() {
        Deflated peer = new Deflated(true);
        byte[] first = peer.payload("the first, the first, the first");
        byte[] wire =
                Deflated.joined(
                        Deflated.frame(0x41, Arrays.copyOf(first, 5), true),
                        Deflated.frame(0x89, new byte[] {'p'}, true),
                        Deflated.frame(0x80, Arrays.copyOfRange(first, 5, first.length), true),
                        Deflated.frame(0x82, new byte[] {'b'}, true),
                        Deflated.frame(0xc1, peer.payload("the first again"), true),
                        Deflated.frame(
                                0xc1, "no such thing".getBytes(StandardCharsets.UTF_8), true),
                        Deflated.frame(0xc1, new byte[0], true));
        List<String> whole = Decoded.events(Decoded.CONTEXT, wire);
        assertTrue(whole.contains("payload the first again"), whole::toString);
        assertTrue(whole.contains("payload no such thing"), whole::toString);
        assertEquals(
                List.of("start compressed", "end"), whole.subList(whole.size() - 2, whole.size()));
        // What could be decoded before a control frame is given before it.
        List<String> joined = withoutControl(whole);
        Splits.of(wire)
                .forEach(pieces ->
                        assertEquals(
                                joined,
                                withoutControl(
                                        Decoded.events(
                                                Decoded.CONTEXT, ContentLimits.DEFAULT, pieces))));
    }

    private static List<String> withoutControl(List<String> events) {
        List<String> joined = new ArrayList<>();
        for (String event : events) {
            boolean goesOn =
                    event.startsWith("payload ")
                            && !joined.isEmpty()
                            && joined.getLast().startsWith("payload ");
            if (goesOn) {
                joined.add(joined.removeLast() + event.substring("payload ".length()));
            } else if (!event.startsWith("control ")) {
                joined.add(event);
            }
        }
        return joined;
    }

    @Test
    void withoutAgreement_theMarkIsAReservedBit() {
        assertEquals(
                List.of("reserved", "start", "payload \u00f2H", "end"),
                Decoded.events(PermessageDeflate.NONE, hex("c102f248")));
    }

    @Test
    void markOnContinuationOrControl_isMalformed() {
        assertEquals(
                List.of("start", "malformed RFC 7692 §6"),
                Decoded.events(Decoded.CONTEXT, hex("0100" + "c000")));
        assertEquals(
                List.of("malformed RFC 7692 §6"), Decoded.events(Decoded.CONTEXT, hex("c900")));
    }

    @Test
    void markBesideAnotherReservedBit_isAnotherExtensions() {
        assertEquals(
                List.of("reserved", "start", "payload x", "end"),
                Decoded.events(Decoded.CONTEXT, hex("e10178")));
    }

    @Test
    void messageOfSeveralOutputs_isWhole() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append(i * 7919L % 10_007).append(' ');
        }
        Deflated peer = new Deflated(true);
        byte[] wire = Deflated.joined(peer.message(text.toString()), peer.message("and on"));
        assertEquals(
                List.of(
                        "start compressed",
                        "payload " + text,
                        "end",
                        "start compressed",
                        "payload and on",
                        "end"),
                Decoded.events(Decoded.CONTEXT, wire));
    }

    @Test
    void decodedBytes_atTheLimit_areGiven_andPastItCut() {
        ContentLimits limits = new ContentLimits(1_000, 1_000, 0, 1);
        for (PermessageDeflate agreed : List.of(Decoded.CONTEXT, Decoded.NO_CONTEXT)) {
            Deflated peer = new Deflated(agreed.equals(Decoded.CONTEXT));
            assertEquals(
                    List.of("start compressed", "payload " + "x".repeat(1_000), "end"),
                    limited(agreed, limits, peer.message("x".repeat(1_000))));
            assertEquals(
                    List.of(
                            "start compressed",
                            "payload " + "y".repeat(1_000),
                            "oversized",
                            "end",
                            "start compressed",
                            "payload then " + "y".repeat(40),
                            "end"),
                    limited(
                            agreed,
                            limits,
                            new Deflated(false).message("y".repeat(1_001)),
                            new Deflated(false).message("then " + "y".repeat(40))));
        }
    }

    @Test
    void contextOfWhatWasCut_isKept() {
        ContentLimits limits = new ContentLimits(20_000, 1_000, 0, 1);
        Deflated peer = new Deflated(true);
        String unlike = new String(noise(30_000), StandardCharsets.ISO_8859_1).replace('\0', ' ');
        byte[] large = peer.message(unlike);
        List<String> events =
                limited(
                        Decoded.CONTEXT,
                        limits,
                        large,
                        peer.message(unlike.substring(unlike.length() - 5_000)));
        assertTrue(events.contains("oversized"));
        assertTrue(events.stream().noneMatch("undecodable"::equals));
        byte[] end = unlike.substring(unlike.length() - 5_000).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "payload " + new String(end, StandardCharsets.ISO_8859_1),
                events.get(events.size() - 2));
    }

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        long state = 1;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            bytes[i] = (byte) (state >>> 57);
        }
        return bytes;
    }

    @Test
    void ratio_atTheLimit_isGiven_andPastItCut() {
        byte[] message = new Deflated(false).message("z".repeat(5_000));
        int encoded = message.length - 2;
        int ratio = (5_000 + encoded - 1) / encoded;
        assertEquals(
                List.of("start compressed", "payload " + "z".repeat(5_000), "end"),
                limited(Decoded.NO_CONTEXT, new ContentLimits(9_999, ratio, 0, 1), message));
        assertEquals(
                "oversized",
                limited(Decoded.NO_CONTEXT, new ContentLimits(9_999, ratio - 1, 0, 1), message)
                        .get(2));
        assertEquals(
                List.of("start compressed", "payload " + "z".repeat(5_000), "end"),
                limited(
                        Decoded.NO_CONTEXT,
                        new ContentLimits(9_999, ratio - 1, 5_000, 1),
                        message));
    }

    private static List<String> limited(
            PermessageDeflate agreed, ContentLimits limits, byte[]... wire) {
        return Decoded.events(agreed, limits, List.of(ByteBuffer.wrap(Deflated.joined(wire))));
    }

    /** What turns out not to be compressed in its first bytes is given from its beginning. */
    @Test
    void messageThatOnlyClaimsToBeCompressed_isGivenAsItCame() {
        assertEquals(
                List.of("start compressed", "undecodable", "payload \u00ff?", "end"),
                Decoded.events(Decoded.CONTEXT, hex("c102ff3f")));
        byte[] text = "{\"api_key\": \"not compressed\"}".getBytes(StandardCharsets.UTF_8);
        List<String> events = Decoded.events(Decoded.CONTEXT, Deflated.frame(0xc1, text, true));
        assertTrue(events.contains("payload {\"api_key\": \"not compressed\"}"), events::toString);
    }

    @Test
    void messageBrokenLater_isGivenAsItCameFromThereOn() {
        byte[] good = new Deflated(false).payload(noise(1_000));
        byte[] bad =
                Deflated.joined(
                        good,
                        "\u00ff\u00ff and then a secret".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(good.length > MessageInflater.KEPT_BYTES);
        List<String> events = Decoded.events(Decoded.CONTEXT, Deflated.frame(0xc1, bad, true));
        assertEquals(
                "payload " + new String(noise(1_000), StandardCharsets.ISO_8859_1), events.get(1));
        assertEquals("undecodable", events.get(2));
        assertTrue(events.get(3).endsWith(" secret"), events::toString);
    }

    @Test
    void afterABrokenMessage_theNextIsTriedAgain() {
        byte[] fine = new Deflated(true).message("fine");
        for (PermessageDeflate agreed : List.of(Decoded.CONTEXT, Decoded.NO_CONTEXT)) {
            List<String> events = Decoded.events(agreed, hex("c102ff3f"), fine);
            assertEquals(
                    List.of("start compressed", "payload fine", "end"),
                    events.subList(4, events.size()));
        }
    }

    @Property(tries = 200)
    void anyMessages_compressedOrNot_comeBack(
            @ForAll @Size(max = 8) List<@Size(max = 3_000) byte[]> messages,
            @ForAll boolean keepsContext,
            @ForAll boolean isMasked,
            @ForAll @IntRange(min = 1, max = 900) int pieceBytes) {
        Deflated peer = new Deflated(keepsContext);
        List<byte[]> frames = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            boolean isCompressed = i % 3 != 2;
            byte[] payload = isCompressed ? peer.payload(messages.get(i)) : messages.get(i);
            int cut = payload.length / 2;
            frames.add(
                    Deflated.frame(
                            isCompressed ? 0x42 : 0x02, Arrays.copyOf(payload, cut), isMasked));
            frames.add(
                    Deflated.frame(
                            0x80, Arrays.copyOfRange(payload, cut, payload.length), isMasked));
            expected.add(isCompressed ? "start compressed" : "start");
            if (messages.get(i).length > 0) {
                expected.add("payload " + new String(messages.get(i), StandardCharsets.ISO_8859_1));
            }
            expected.add("end");
        }
        byte[] wire = Deflated.joined(frames.toArray(byte[][]::new));
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < wire.length; at += pieceBytes) {
            pieces.add(ByteBuffer.wrap(wire, at, Math.min(pieceBytes, wire.length - at)));
        }
        assertEquals(
                expected,
                Decoded.events(
                        keepsContext ? Decoded.CONTEXT : Decoded.NO_CONTEXT,
                        ContentLimits.DEFAULT,
                        pieces));
    }

    @Property(tries = 500)
    void mutatedFrames_endInNoException(
            @ForAll @Size(max = 200) byte[] text,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 400) Integer> places,
            @ForAll byte with,
            @ForAll boolean keepsContext) {
        Deflated peer = new Deflated(keepsContext);
        byte[] wire =
                Deflated.joined(
                        Deflated.frame(0xc1, peer.payload(text), true),
                        Deflated.frame(0xc2, peer.payload(text), true));
        for (int place : places) {
            wire[place % wire.length] ^= with;
        }
        PermessageDeflate agreed = keepsContext ? Decoded.CONTEXT : Decoded.NO_CONTEXT;
        assertEquals(
                Decoded.events(agreed, wire),
                Decoded.events(
                        agreed, ContentLimits.DEFAULT, List.of(ByteBuffer.wrap(wire.clone()))));
    }

    @Test
    void close_freesTheInflater_andMayBeCalledTwice() {
        MessageDecoder decoder = MessageDecoder.open(Decoded.CONTEXT, true, ContentLimits.DEFAULT);
        decoder.poll(ByteBuffer.wrap(hex("4103f248cd")));
        decoder.close();
        decoder.close();
        assertEquals(0, decoder.untold().remaining());
    }
}
