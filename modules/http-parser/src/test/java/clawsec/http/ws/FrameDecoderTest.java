package clawsec.http.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.Splits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
    @Test
    void rfc6455_5_7_singleUnmaskedText() {
        assertEquals(List.of("Hello"), messages(hex("810548656c6c6f")));
    }

    @Test
    void rfc6455_5_7_singleMaskedText() {
        assertEquals(List.of("Hello"), messages(hex("818537fa213d7f9f4d5158")));
    }

    @Test
    void rfc6455_5_7_fragmentsWithPingBetween() {
        assertEquals(List.of("Hello"), messages(hex("010348656c" + "890548656c6c6f" + "80026c6f")));
    }

    @Test
    void everySplit_givesTheSameMessages() {
        byte[] input = hex("818537fa213d7f9f4d5158" + "010348656c" + "8900" + "80026c6f" + "8200");
        Splits.of(input)
                .forEach(pieces -> assertEquals(List.of("Hello", "Hello", ""), messages(pieces)));
    }

    @Test
    void controlPayload_isGivenUnmasked_alsoBetweenFragments() {
        byte[] input = hex("010348656c" + "898537fa213d7f9f4d5158" + "8a00" + "80026c6f");
        Splits.of(input)
                .forEach(pieces -> {
                    List<FrameEvent> events = new ArrayList<>();
                    assertEquals(List.of("Hello"), messages(pieces, events));
                    assertEquals("Hello", control(events));
                });
    }

    @Test
    void controlFrame_of125Bytes_isGiven() {
        List<FrameEvent> events = events(frame(0x89, new byte[125], false));
        assertEquals("\0".repeat(125), control(events));
    }

    @Test
    void reservedBitsAndOpcodes_areAnnounced_andTheirPayloadGivenAsItCame() {
        for (int first : new int[] {0xc1, 0xa2, 0x91, 0x83, 0x87}) {
            byte[] wire = frame(first, new byte[] {'x'}, true);
            assertEquals(new FrameEvent.Reserved(), events(wire).getFirst(), "first " + first);
            assertEquals(List.of("x"), messages(wire));
        }
        for (int first : new int[] {0x8b, 0x8f, 0xc8}) {
            List<FrameEvent> events = events(frame(first, new byte[] {'x'}, true));
            assertEquals(new FrameEvent.Reserved(), events.getFirst(), "first " + first);
            assertEquals("x", control(events));
        }
        for (int first : new int[] {0x81, 0x82, 0x88, 0x89, 0x8a}) {
            assertTrue(
                    events(frame(first, new byte[] {'x'}, true)).stream()
                            .noneMatch(event -> event instanceof FrameEvent.Reserved));
        }
    }

    @Test
    void headThatNoEventToldOf_isUntold() {
        FrameDecoder decoder = new FrameDecoder();
        decoder.poll(ByteBuffer.wrap(hex("827f00")));
        decoder.poll(ByteBuffer.wrap(hex("0102")));
        assertEquals(ByteBuffer.wrap(hex("827f000102")), decoder.untold());
        decoder.poll(ByteBuffer.wrap(hex("0304050607")));
        assertEquals(0, decoder.untold().remaining());
        FrameDecoder broken = new FrameDecoder();
        broken.poll(ByteBuffer.wrap(hex("89")));
        broken.poll(ByteBuffer.wrap(hex("7e00ff6162")));
        assertEquals(ByteBuffer.wrap(hex("897e00ff")), broken.untold());
    }

    @Test
    void controlFrame_of126Bytes_isMalformed() {
        assertMalformed(frame(0x89, new byte[126], false));
    }

    @Test
    void controlFrame_fragmented_isMalformed() {
        assertMalformed(hex("0900"));
    }

    @Test
    void continuation_ofNothing_isMalformed() {
        assertMalformed(hex("8000"));
    }

    @Test
    void message_withinMessage_isMalformed() {
        assertMalformed(hex("0100" + "8100"));
    }

    @Test
    void length_withHighestBitSet_isMalformed() {
        assertMalformed(hex("827f8000000000000000"));
    }

    @Test
    void afterAViolation_inputIsIgnored() {
        FrameDecoder decoder = new FrameDecoder();
        decoder.poll(ByteBuffer.wrap(hex("8000")));
        ByteBuffer more = ByteBuffer.wrap(hex("810548656c6c6f"));
        assertEquals(new FrameEvent.NeedsInput(), decoder.poll(more));
        assertFalse(more.hasRemaining());
    }

    @Property(tries = 200)
    void anyMessage_maskedOrNot_comesBack(
            @ForAll @Size(max = 70_000) byte[] payload,
            @ForAll boolean isMasked,
            @ForAll @IntRange(min = 1) int cut) {
        byte[] wire = frame(0x82, payload, isMasked);
        int at = cut % wire.length;
        List<ByteBuffer> pieces =
                List.of(ByteBuffer.wrap(wire, 0, at), ByteBuffer.wrap(wire, at, wire.length - at));
        assertEquals(List.of(new String(payload, StandardCharsets.ISO_8859_1)), messages(pieces));
    }

    @Property(tries = 500)
    void anyBytes_endInNoException(@ForAll byte[] noise) {
        events(noise);
    }

    private static byte[] frame(int first, byte[] payload, boolean isMasked) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int maskBit = isMasked ? 0x80 : 0;
        wire.write(first);
        if (payload.length < 126) {
            wire.write(maskBit | payload.length);
        } else if (payload.length < 65_536) {
            wire.write(maskBit | 126);
            wire.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            wire.write(maskBit | 127);
            wire.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        byte[] mask = isMasked ? hex("37fa213d") : new byte[4];
        wire.write(mask, 0, isMasked ? 4 : 0);
        for (int i = 0; i < payload.length; i++) {
            wire.write(payload[i] ^ mask[i % 4]);
        }
        return wire.toByteArray();
    }

    private static void assertMalformed(byte[] wire) {
        assertTrue(
                events(wire).getLast() instanceof FrameEvent.Malformed,
                () -> events(wire).toString());
    }

    private static List<FrameEvent> events(byte[] wire) {
        FrameDecoder decoder = new FrameDecoder();
        ByteBuffer input = ByteBuffer.wrap(wire);
        List<FrameEvent> events = new ArrayList<>();
        FrameEvent event = decoder.poll(input);
        while (!(event instanceof FrameEvent.NeedsInput)) {
            events.add(event instanceof FrameEvent.Control control ? copy(control) : event);
            event = decoder.poll(input);
        }
        return events;
    }

    private static List<String> messages(byte[] wire) {
        return messages(List.of(ByteBuffer.wrap(wire)));
    }

    private static List<String> messages(List<ByteBuffer> pieces) {
        return messages(pieces, new ArrayList<>());
    }

    private static String control(List<FrameEvent> events) {
        StringBuilder text = new StringBuilder();
        for (FrameEvent event : events) {
            if (event instanceof FrameEvent.Control control) {
                text.append(StandardCharsets.ISO_8859_1.decode(control.bytes()));
            }
        }
        return text.toString();
    }

    /**
     * @param seen is given every event, the control payload copied
     */
    private static List<String> messages(List<ByteBuffer> pieces, List<FrameEvent> seen) {
        FrameDecoder decoder = new FrameDecoder();
        List<String> messages = new ArrayList<>();
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        for (ByteBuffer piece : pieces) {
            FrameEvent event = decoder.poll(piece);
            while (!(event instanceof FrameEvent.NeedsInput)) {
                switch (event) {
                    case FrameEvent.MessageStart start -> current.reset();
                    case FrameEvent.Reserved reserved -> seen.add(reserved);
                    case FrameEvent.Control control -> seen.add(copy(control));
                    case FrameEvent.Payload payload -> {
                        byte[] bytes = new byte[payload.bytes().remaining()];
                        payload.bytes().get(bytes);
                        current.writeBytes(bytes);
                    }
                    case FrameEvent.MessageEnd end ->
                            messages.add(current.toString(StandardCharsets.ISO_8859_1));
                    case FrameEvent.Malformed malformed -> throw new AssertionError(malformed);
                    case FrameEvent.Undecodable undecodable -> throw new AssertionError();
                    case FrameEvent.Oversized oversized -> throw new AssertionError();
                    case FrameEvent.NeedsInput more -> throw new AssertionError();
                }
                event = decoder.poll(piece);
            }
        }
        return messages;
    }

    private static FrameEvent copy(FrameEvent.Control control) {
        byte[] bytes = new byte[control.bytes().remaining()];
        control.bytes().get(bytes);
        return new FrameEvent.Control(ByteBuffer.wrap(bytes));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
