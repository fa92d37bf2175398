package clawsec.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2FrameDecoderTest {
    private static final byte[] CONNECTION =
            Frames.afterSettings(
                    Http2FrameEncoder.settings(
                            List.of(new Http2Setting(4, 1 << 20), new Http2Setting(77, 1))),
                    Http2FrameEncoder.settingsAck(),
                    Http2FrameEncoder.headers(1, Frames.bytes("8286aabb"), false, 3),
                    Frames.data(1, "some content", false),
                    Frames.bytes("000009 00 09 00000001 04 61626364 00000000"),
                    Http2FrameEncoder.ping(0x1122334455667788L),
                    Http2FrameEncoder.pingAck(2),
                    Http2FrameEncoder.windowUpdate(0, 65_535),
                    Http2FrameEncoder.windowUpdate(1, 1),
                    Frames.bytes("000005 02 00 00000003 0000000110"),
                    Frames.bytes("000003 bb ff 00000005 010203"),
                    Frames.bytes("00000a 01 2d 00000003 01 8000000110 828687 00"),
                    Http2FrameEncoder.reset(3, Http2Error.CANCEL.code()),
                    Http2FrameEncoder.goAway(3, Http2Error.NO_ERROR.code(), "bye"));

    private static final List<String> FRAMES =
            List.of(
                    "settings 0",
                    "settings 2",
                    "settings ack",
                    "headers 1 8286aabb",
                    "data 1 some content 12",
                    "data 1 abcd 9 end",
                    "ping 1122334455667788",
                    "ping ack 2",
                    "window 0 65535",
                    "window 1 1",
                    "ignored 2",
                    "ignored 187",
                    "headers 3 828687 end",
                    "reset 3 8",
                    "goaway 3 0 bye");

    @Test
    void poll_framesOfAllKinds_givesThemWhereverTheyAreCut() {
        for (int pieceBytes = 1; pieceBytes <= CONNECTION.length; pieceBytes++) {
            Http2FrameDecoder decoder = Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT);
            assertEquals(FRAMES, Frames.read(decoder, CONNECTION, pieceBytes), "" + pieceBytes);
        }
    }

    @Test
    void poll_contentOfALongFrame_passesPieceByPiece() {
        Http2FrameDecoder decoder = Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT);
        decoder.poll(ByteBuffer.wrap(Frames.bytes(Frames.EMPTY_SETTINGS)));
        decoder.poll(ByteBuffer.wrap(Http2FrameEncoder.dataHead(1, 16_384, true)));
        byte[] content = new byte[1_000];
        for (int i = 1; i <= 16; i++) {
            Http2Frame.Data piece = (Http2Frame.Data) decoder.poll(ByteBuffer.wrap(content));
            assertEquals(1_000, piece.bytes().remaining());
            assertEquals(false, piece.endsFrame() || piece.endsStream());
        }
        Http2Frame.Data last = (Http2Frame.Data) decoder.poll(ByteBuffer.wrap(content));
        assertEquals(384, last.bytes().remaining());
        assertTrue(last.endsFrame() && last.endsStream());
    }

    @Test
    void poll_clientWithItsPreface_isReadAndWithoutIsRefused() {
        byte[] preface = Http2FrameDecoder.PREFACE.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(preface);
        all.writeBytes(Frames.bytes(Frames.EMPTY_SETTINGS));
        for (int pieceBytes : new int[] {1, 7, 100}) {
            assertEquals(
                    List.of("settings 0"),
                    Frames.read(
                            Http2FrameDecoder.ofClient(Http2Limits.DEFAULT),
                            all.toByteArray(),
                            pieceBytes));
        }
        assertEquals(
                List.of("PROTOCOL_ERROR 0 RFC 9113 §3.4: no preface of a client"),
                Frames.read(
                        Http2FrameDecoder.ofClient(Http2Limits.DEFAULT),
                        "PRI * HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                        100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "000000 00 00 00000000 | PROTOCOL_ERROR 0 RFC 9113 §6.1: frame of type 0 on stream"
                        + " 0",
                "000000 00 08 00000001 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §6.1: frame of type 0 of 0 bytes",
                "000002 00 08 00000001 02 00 | PROTOCOL_ERROR 0 RFC 9113 §6.1: padding of 2 bytes"
                        + " in 2",
                "000000 01 04 00000000 | PROTOCOL_ERROR 0 RFC 9113 §6.2: frame of type 1 on stream"
                        + " 0",
                "000002 01 0c 00000001 02 00 | PROTOCOL_ERROR 0 RFC 9113 §6.2: padding of 2 in 2",
                "000004 01 24 00000001 00000000 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §6.2: frame of type 1 of 4 bytes",
                "000004 02 00 00000001 00000000 |"
                        + " FRAME_SIZE_ERROR 1 RFC 9113 §6.3: frame of type 2 of 4 bytes",
                "000004 03 00 00000000 00000000 |"
                        + " PROTOCOL_ERROR 0 RFC 9113 §6.4: frame of type 3 on stream 0",
                "000003 03 00 00000001 000000 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §6.4: frame of type 3 of 3 bytes",
                "000000 04 00 00000001 | PROTOCOL_ERROR 0 RFC 9113 §6.5: frame of type 4 on stream"
                        + " 1",
                "000005 04 00 00000000 0000000000 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §6.5: frame of type 4 of 5 bytes",
                "000006 04 01 00000000 000000000000 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §6.5: frame of type 4 of 6 bytes",
                "000006 04 00 00000000 000200000002 | PROTOCOL_ERROR 0 RFC 9113 §6.5.2: setting 2"
                        + " of 2",
                "000006 04 00 00000000 000480000000 |"
                        + " FLOW_CONTROL_ERROR 0 RFC 9113 §6.5.2: setting 4 of 2147483648",
                "000006 04 00 00000000 000500003fff |"
                        + " PROTOCOL_ERROR 0 RFC 9113 §6.5.2: setting 5 of 16383",
                "000004 05 04 00000001 00000002 | PROTOCOL_ERROR 0 RFC 9113 §8.4: server push",
                "000007 06 00 00000000 00000000000000 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §6.7: frame of type 6 of 7 bytes",
                "000007 07 00 00000000 00000000000000 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §6.8: frame of type 7 of 7 bytes",
                "000004 08 00 00000000 00000000 | PROTOCOL_ERROR 0 RFC 9113 §6.9: window update of"
                        + " 0",
                "000004 08 00 00000007 80000000 | PROTOCOL_ERROR 7 RFC 9113 §6.9: window update of"
                        + " 0",
                "000000 09 04 00000001 | PROTOCOL_ERROR 0 RFC 9113 §6.10: frame of type 9 without a"
                        + " header block",
                "000000 01 00 00000001 000000 00 00 00000001 | PROTOCOL_ERROR 0 RFC 9113 §6.10:"
                        + " frame of type 0 within a header block",
                "000000 01 00 00000001 000000 09 04 00000003 | PROTOCOL_ERROR 0 RFC 9113 §6.10:"
                        + " frame of type 9 within a header block",
                "004001 00 00 00000001 |"
                        + " FRAME_SIZE_ERROR 0 RFC 9113 §4.2: frame of 16385 bytes exceeds 16384"
            })
    void poll_brokenFrame_saysWhat(String frame, String problem) {
        byte[] all = Frames.afterSettings(Frames.bytes(frame));
        for (int pieceBytes : new int[] {1, 5, 100}) {
            Http2FrameDecoder decoder = Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT);
            assertEquals(List.of("settings 0", problem), Frames.read(decoder, all, pieceBytes));
        }
    }

    @Test
    void poll_afterAnErrorOfTheConnection_ignoresAndOfAStream_goesOn() {
        byte[] ping = Http2FrameEncoder.ping(1);
        Http2FrameDecoder ofStream = Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT);
        byte[] first = Frames.afterSettings(Frames.bytes("000004 08 00 00000007 00000000"), ping);
        assertEquals("ping 1", Frames.read(ofStream, first, 100).getLast());
        Http2FrameDecoder ofConnection = Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT);
        byte[] second = Frames.afterSettings(Frames.bytes("000004 08 00 00000000 00000000"), ping);
        assertEquals(2, Frames.read(ofConnection, second, 100).size());
    }

    @Test
    void poll_firstFrameThatIsNoSettings_isRefused() {
        assertEquals(
                List.of("PROTOCOL_ERROR 0 RFC 9113 §3.4: frame of type 6 before SETTINGS"),
                Frames.read(
                        Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT),
                        Http2FrameEncoder.ping(1),
                        100));
    }

    @Property
    void poll_anyBytes_endsWithoutThrowing(
            @ForAll byte[] tail, @ForAll @IntRange(min = 1, max = 40) int pieceBytes) {
        byte[] all = Frames.afterSettings(tail);
        List<String> cut =
                Frames.read(Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT), all, pieceBytes);
        assertEquals(
                Frames.read(Http2FrameDecoder.ofOrigin(Http2Limits.DEFAULT), all, all.length), cut);
    }
}
