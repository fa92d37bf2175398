package clawsec.http.content;

import static clawsec.http.content.Codings.gzip;
import static clawsec.http.content.Codings.join;
import static clawsec.http.content.Codings.rawDeflate;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStageTest {
    private static final String TEXT = "hello, hello, hello";
    private static final byte[] PLAIN = TEXT.getBytes(ISO_8859_1);
    private static final Decoded WHOLE = new Decoded(TEXT, List.of("gzip"), "");
    private static final int TRAILER_BYTES = 8;

    /** Every combination of FTEXT, FHCRC, FEXTRA, FNAME and FCOMMENT (RFC 1952 §2.3.1). */
    @Test
    void rfc1952_2_3_optionalFields_areGivenBeforeTheContent() {
        for (int flags = 0; flags < 32; flags++) {
            byte[] member = member(flags, new byte[] {'a', 0, 'b'}, "name.txt", "a comment");
            String text =
                    ((flags & 4) != 0 ? "a\0b\n" : "")
                            + ((flags & 8) != 0 ? "name.txt\n" : "")
                            + ((flags & 16) != 0 ? "a comment\n" : "");
            assertEquals(
                    new Decoded(text + TEXT, List.of("gzip"), ""),
                    Decoded.of("gzip", member),
                    "flags " + flags);
        }
    }

    @Test
    void rfc1952_2_3_emptyOptionalFields_areSteppedOver() {
        assertEquals(WHOLE, Decoded.of("gzip", member(30, new byte[0], "", "")));
    }

    @Test
    void textOfALaterMembersHeader_followsTheContent_whichItDoesNotCutInTwo() {
        byte[] named = member(8, new byte[0], "second", "");
        byte[] commented = member(16, new byte[0], "", "third");
        assertEquals(
                new Decoded(TEXT + TEXT + TEXT + "\nsecond\nthird\n", List.of("gzip"), ""),
                Decoded.of("gzip", join(gzip(PLAIN), named, commented)));
    }

    @Test
    void textOfHeaders_isNotPutThroughTheOtherCodings() {
        byte[] inner = rawDeflate(PLAIN);
        byte[] outer = join(header(8), "name\0".getBytes(ISO_8859_1), rawDeflate(inner));
        assertEquals(
                new Decoded("name\n" + TEXT, List.of("gzip", "deflate"), ""),
                Decoded.of("deflate, gzip", outer));
    }

    @Test
    void textOfAHeaderThatIsCutShort_isGiven() {
        byte[] cut = join(header(8), "rm -rf".getBytes(ISO_8859_1));
        assertEquals(
                new Decoded("rm -rf", List.of("gzip"), "incomplete gzip"), Decoded.of("gzip", cut));
    }

    @Test
    void textOfLaterHeaders_isBounded() {
        String longest = "n".repeat(ContentDecoder.ASIDE_BYTES - 1);
        Decoded within =
                Decoded.whole(
                        "gzip",
                        join(gzip(PLAIN), member(8, new byte[0], longest, "")),
                        ContentLimits.DEFAULT);
        assertEquals(new Decoded(TEXT + TEXT + "\n" + longest + "\n", List.of("gzip"), ""), within);
        Decoded beyond =
                Decoded.whole(
                        "gzip",
                        join(gzip(PLAIN), member(8, new byte[0], longest + "n", "")),
                        ContentLimits.DEFAULT);
        assertEquals(
                new Decoded(
                        TEXT + TEXT + "\n" + longest + "n", List.of("gzip"), "gzip header text"),
                beyond);
    }

    @Test
    void textOfLaterHeaders_isUninspected_whereTheContentHasNoEnd() {
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "gzip"));
        ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT);
        byte[] named = member(8, new byte[0], "second", "");
        decoder.decode(ByteBuffer.wrap(join(gzip(PLAIN), named)), bytes -> {});
        assertEquals(Optional.empty(), decoder.uninspected());
        decoder.close();
        assertEquals(Optional.of("gzip header text"), decoder.uninspected());
    }

    @Test
    void rfc1952_2_2_members_areJoined() {
        byte[] empty = gzip(new byte[0]);
        assertEquals(
                new Decoded(TEXT + TEXT, List.of("gzip"), ""),
                Decoded.of("gzip", join(gzip(PLAIN), empty, gzip(PLAIN), empty)));
    }

    @Test
    void rfc1952_2_3_1_wrongTrailer_isNotedAndNoLoss() {
        byte[] checksum = gzip(PLAIN);
        checksum[checksum.length - TRAILER_BYTES] ^= 1;
        Decoded noted = new Decoded(TEXT, List.of("gzip"), "wrong gzip checksum");
        assertEquals(noted, Decoded.of("gzip", checksum));
        byte[] length = gzip(PLAIN);
        length[length.length - 1] ^= 1;
        assertEquals(
                new Decoded(TEXT, List.of("gzip"), "wrong gzip length"),
                Decoded.of("gzip", length));
    }

    @Test
    void rfc1952_2_2_wrongTrailerOfOneMember_isNotedAndTheOthersRead() {
        byte[] wrong = gzip(PLAIN);
        Arrays.fill(wrong, wrong.length - TRAILER_BYTES, wrong.length, (byte) 0x5a);
        assertEquals(
                new Decoded(TEXT + TEXT + TEXT, List.of("gzip"), "wrong gzip checksum"),
                Decoded.of("gzip", join(gzip(PLAIN), wrong, gzip(PLAIN))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void decode_missingTrailer_isNoLoss(int bytes) {
        byte[] input = gzip(PLAIN);
        int end = input.length - TRAILER_BYTES + bytes;
        assertEquals(WHOLE, Decoded.of("gzip", Arrays.copyOf(input, end)));
    }

    @Test
    void end_withinData_yieldsWhatWasDecoded() {
        byte[] content = "0123456789abcdef".repeat(4096).getBytes(ISO_8859_1);
        byte[] input = gzip(content);
        Decoded decoded =
                Decoded.whole(
                        "gzip", Arrays.copyOf(input, input.length / 2), ContentLimits.DEFAULT);
        assertEquals("incomplete gzip", decoded.uninspected());
        assertTrue(decoded.content().startsWith("0123456789abcdef".repeat(100)));
    }

    @Test
    void end_withinHeader_isIncomplete() {
        assertEquals(
                "incomplete gzip", Decoded.of("gzip", Arrays.copyOf(gzip(PLAIN), 5)).uninspected());
    }

    @Test
    void decode_brokenData_yieldsWhatWasDecodedAndTheRest() {
        byte[] start = "sent before the fault ".getBytes(ISO_8859_1);
        // a stored block, not the last one, and then a block type that does not exist
        byte[] stored = {0, 22, 0, (byte) ~22, (byte) ~0};
        byte[] input =
                join(header(0), stored, start, new byte[] {7}, "and after".getBytes(ISO_8859_1));
        Decoded decoded = Decoded.whole("gzip", input, ContentLimits.DEFAULT);
        assertEquals("broken gzip", decoded.uninspected());
        assertTrue(decoded.content().startsWith("sent before the fault "), decoded::content);
        assertTrue(decoded.content().endsWith("and after"), decoded::content);
    }

    @Test
    void decode_bytesAfterTheLastMember_arePassedOn() {
        byte[] input = join(gzip(PLAIN), new byte[] {0x1f, 'x'});
        assertEquals(
                new Decoded(TEXT + "\u001fx", List.of("gzip"), "bytes after gzip"),
                Decoded.of("gzip", input));
    }

    @Test
    void decode_header_isBounded() {
        // magic, 7 fixed bytes and the NUL after the name
        String longest = "n".repeat(GzipStage.HEADER_BYTES - 11);
        assertEquals(
                new Decoded(longest + "\n" + TEXT, List.of("gzip"), ""),
                Decoded.whole("gzip", member(8, new byte[0], longest, ""), ContentLimits.DEFAULT));
        Decoded beyond =
                Decoded.whole(
                        "gzip", member(8, new byte[0], longest + "n", ""), ContentLimits.DEFAULT);
        assertEquals("gzip header exceeds 131072 bytes", beyond.uninspected());
    }

    private static byte[] member(int flags, byte[] extra, String name, String comment) {
        byte[] extraField = join(new byte[] {(byte) extra.length, 0}, extra);
        byte[] nothing = {};
        return join(
                header(flags),
                (flags & 4) != 0 ? extraField : nothing,
                (flags & 8) != 0 ? (name + "\0").getBytes(ISO_8859_1) : nothing,
                (flags & 16) != 0 ? (comment + "\0").getBytes(ISO_8859_1) : nothing,
                (flags & 2) != 0 ? new byte[] {0x12, 0x34} : nothing,
                rawDeflate(PLAIN),
                trailer());
    }

    private static byte[] trailer() {
        byte[] whole = gzip(PLAIN);
        return Arrays.copyOfRange(whole, whole.length - TRAILER_BYTES, whole.length);
    }

    private static byte[] header(int flags) {
        return new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 3};
    }
}
