package clawsec.http.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Violation;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HpackDecoderTest {
    @ParameterizedTest
    @CsvSource({
        "80, RFC 7541 §2.3.3, index 0 of 61",
        "be, RFC 7541 §2.3.3, index 62 of 61",
        "ffffffffffffff7f, RFC 7541 §5, integer exceeds 268435456 at byte 5 of the block",
        "ff, RFC 7541 §5, 'the block ends in the midst of an entry, at byte 1 of the block'",
        "0005aa, RFC 7541 §5, string of 5 bytes exceeds the block at byte 2 of the block",
        "008300000000, RFC 7541 §5, broken Huffman code at byte 5 of the block",
        "0084ffffffff00, RFC 7541 §5, broken Huffman code at byte 6 of the block",
        "00820fff00, RFC 7541 §5, broken Huffman code at byte 4 of the block",
        "823f00, RFC 7541 §4.2, table size update behind a field line",
        "3fe21f, RFC 7541 §6.3, table size 4097 exceeds 4096"
    })
    void decode_brokenBlock_saysWhatAndWhere(String wire, String rule, String detail) {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        Violation violation = decoded(decoder, wire, new ArrayList<>()).orElseThrow();
        assertEquals(new Violation(400, rule, detail), violation);
        assertEquals(Optional.of(violation), decoded(decoder, "82", new ArrayList<>()));
    }

    @Test
    void decode_tableSizeAtTheLimit_isTaken() {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        assertEquals(Optional.empty(), decoded(decoder, "203fe11f82", new ArrayList<>()));
    }

    /** An entry of 4 KB, named again and again, one byte each time. */
    @Test
    void hpackBomb_longList_isCutAndTheTableGoesOn() {
        HpackEncoder encoder = new HpackEncoder(4_096);
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        HpackLine large = HpackLine.of("a", "b".repeat(2_000));
        List<HpackLine> lines = new ArrayList<>();
        byte[] first = encoder.encode(List.of(large));
        assertEquals(Optional.empty(), decoder.decode(first, 0, first.length, lines::add));
        byte[] bomb = HexFormat.of().parseHex("be".repeat(60_000));
        lines.clear();
        assertEquals(Optional.empty(), decoder.decode(bomb, 0, bomb.length, lines::add));
        assertTrue(decoder.isListTooLong());
        assertEquals(65_536 / large.sizeBytes(), lines.size());
        lines.clear();
        assertEquals(Optional.empty(), decoded(decoder, "be", lines));
        assertEquals(List.of(large), lines);
        assertFalse(decoder.isListTooLong());
    }

    @Test
    void decode_linesAtTheLimit_areTakenAndOneMoreIsNot() {
        HpackDecoder decoder = new HpackDecoder(new HpackLimits(4_096, 65_536, 3));
        List<HpackLine> lines = new ArrayList<>();
        decoded(decoder, "828282", lines);
        assertFalse(decoder.isListTooLong());
        decoded(decoder, "82828282", lines);
        assertTrue(decoder.isListTooLong());
        assertEquals(6, lines.size());
    }

    @Test
    void decode_listBytesAtTheLimit_areTakenAndOneMoreIsNot() {
        // :method GET counts 42.
        HpackDecoder atLimit = new HpackDecoder(new HpackLimits(4_096, 84, 256));
        decoded(atLimit, "8282", new ArrayList<>());
        assertFalse(atLimit.isListTooLong());
        HpackDecoder past = new HpackDecoder(new HpackLimits(4_096, 83, 256));
        List<HpackLine> lines = new ArrayList<>();
        decoded(past, "8282", lines);
        assertTrue(past.isListTooLong());
        assertEquals(1, lines.size());
    }

    @Test
    void decode_entryLargerThanTheTable_emptiesIt() {
        HpackDecoder decoder = new HpackDecoder(new HpackLimits(64, 65_536, 256));
        decoded(decoder, "4001610162", new ArrayList<>());
        assertEquals(34, decoder.tableBytes());
        decoded(decoder, "400161" + "20" + "62".repeat(32), new ArrayList<>());
        assertEquals(0, decoder.tableBytes());
    }

    @Property
    void decode_anyBytes_endsWithoutThrowing(@ForAll byte[] block) {
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        List<HpackLine> lines = new ArrayList<>();
        decoder.decode(block, 0, block.length, lines::add);
        assertTrue(decoder.tableBytes() <= HpackLimits.DEFAULT.tableBytes());
        assertTrue(lines.size() <= block.length);
    }

    @Property
    void decode_whatWasEncoded_isTheSame(
            @ForAll("blocks") List<List<HpackLine>> blocks,
            @ForAll("tableSizes") List<Integer> tableSizes) {
        HpackEncoder encoder = new HpackEncoder(4_096);
        HpackDecoder decoder = new HpackDecoder(HpackLimits.DEFAULT);
        for (int i = 0; i < blocks.size(); i++) {
            if (i < tableSizes.size()) {
                encoder.peerTableBytes(tableSizes.get(i));
                encoder.peerTableBytes(tableSizes.get(tableSizes.size() - 1 - i));
            }
            byte[] block = encoder.encode(blocks.get(i));
            List<HpackLine> lines = new ArrayList<>();
            assertEquals(Optional.empty(), decoder.decode(block, 0, block.length, lines::add));
            assertEquals(blocks.get(i), lines);
        }
    }

    @Provide
    Arbitrary<List<List<HpackLine>>> blocks() {
        Arbitrary<String> names =
                Arbitraries.of("a", "x-long-name", ":path", "accept", "etag", "set-cookie");
        Arbitrary<String> values =
                Arbitraries.oneOf(
                        Arbitraries.of("", "b", "gzip, deflate", "v".repeat(1_900)),
                        Arbitraries.strings().withCharRange(' ', 'ÿ').ofMaxLength(60));
        Arbitrary<HpackLine> lines =
                Combinators.combine(names, values, Arbitraries.of(true, false, false))
                        .as((name, value, never) ->
                                new HpackLine(new FieldLine(name, value), never));
        return lines.list().ofMaxSize(12).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Integer>> tableSizes() {
        return Arbitraries.of(0, 33, 64, 256, 4_096, 65_536).list().ofMaxSize(8);
    }

    private static Optional<Violation> decoded(
            HpackDecoder decoder, String wire, List<HpackLine> into) {
        byte[] block = HexFormat.of().parseHex(wire);
        return decoder.decode(block, 0, block.length, into::add);
    }
}
