package clawsec.http.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpackEncoderTest {
    private final HpackEncoder encoder = new HpackEncoder(4_096);

    /** RFC 7541 §7.1.3: guessing them through the sizes of blocks would pay. */
    @Test
    void encode_credentials_areNeverIndexed() {
        for (String name : List.of("authorization", "proxy-authorization", "cookie")) {
            List<HpackLine> lines = List.of(HpackLine.of(name, "made up"));
            assertEquals(0x10, encoder.encode(lines)[0] & 0xf0, name);
            assertEquals(0x10, encoder.encode(lines)[0] & 0xf0, name);
        }
        String cookie = "c".repeat(20);
        assertEquals(0x40, encoder.encode(List.of(HpackLine.of("cookie", cookie)))[0] & 0xc0);
    }

    @Test
    void encode_lineMarkedByTheSender_staysSo() {
        HpackLine marked = new HpackLine(new FieldLine("x-key", "made up"), true);
        byte[] block = encoder.encode(List.of(marked));
        List<HpackLine> decoded = new ArrayList<>();
        new HpackDecoder(HpackLimits.DEFAULT).decode(block, 0, block.length, decoded::add);
        assertEquals(List.of(marked), decoded);
    }

    @Test
    void encode_lineSeenBefore_isOneByte() {
        List<HpackLine> lines = List.of(HpackLine.of("x-name", "value"));
        encoder.encode(lines);
        assertEquals("be", hex(encoder.encode(lines)));
    }

    /** RFC 7541 §4.2: the least size, then the last, at the beginning of the next block. */
    @Test
    void peerTableBytes_changedTwiceBetweenBlocks_announcesBoth() {
        encoder.encode(List.of(HpackLine.of("x-name", "value")));
        encoder.peerTableBytes(0);
        encoder.peerTableBytes(100);
        assertEquals("203f4582", hex(encoder.encode(List.of(HpackLine.of(":method", "GET")))));
        assertEquals("82", hex(encoder.encode(List.of(HpackLine.of(":method", "GET")))));
    }

    @Test
    void peerTableBytes_moreThanIsWanted_changesNothing() {
        encoder.peerTableBytes(1 << 20);
        assertEquals("82", hex(encoder.encode(List.of(HpackLine.of(":method", "GET")))));
    }

    private static String hex(byte[] block) {
        return HexFormat.of().formatHex(block);
    }
}
