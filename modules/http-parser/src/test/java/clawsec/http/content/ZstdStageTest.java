package clawsec.http.content;

import static clawsec.http.content.Codings.join;
import static clawsec.http.content.ZstdFrames.CHECKSUM;
import static clawsec.http.content.ZstdFrames.SINGLE_SEGMENT;
import static clawsec.http.content.ZstdFrames.blockHeader;
import static clawsec.http.content.ZstdFrames.checksum;
import static clawsec.http.content.ZstdFrames.frame;
import static clawsec.http.content.ZstdFrames.header;
import static clawsec.http.content.ZstdFrames.plain;
import static clawsec.http.content.ZstdFrames.raw;
import static clawsec.http.content.ZstdFrames.rle;
import static clawsec.http.content.ZstdFrames.skippable;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.zstd.Window;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdStageTest {
    private static final String TEXT = "hello, hello, hello";
    private static final byte[] PLAIN = TEXT.getBytes(ISO_8859_1);
    private static final List<String> ZSTD = List.of("zstd");
    private static final Decoded WHOLE = new Decoded(TEXT, ZSTD, "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "words.1.zst",
                "words.19.zst",
                "words.fast.zst",
                "words.window.zst",
                "words.unsized.zst"
            })
    void decode_whatTheReferenceEncoderMade_isTheContent(String name) {
        String words = new String(CodedFiles.read("words.txt"), ISO_8859_1);
        assertEquals(
                new Decoded(words, ZSTD, ""),
                Decoded.whole("zstd", CodedFiles.read(name), ContentLimits.DEFAULT));
    }

    @Test
    void decode_compressedBlocks_giveTheSameWhereverTheyAreCut() {
        String events = new String(CodedFiles.read("events.txt"), ISO_8859_1);
        assertEquals(
                new Decoded(events, ZSTD, ""), Decoded.of("zstd", CodedFiles.read("events.zst")));
    }

    /** Each event is there as soon as the bytes that the encoder flushed after it. */
    @Test
    void decode_flushedEvent_isGivenAtOnce() {
        byte[] coded = CodedFiles.read("events.zst");
        List<String> events =
                new String(CodedFiles.read("events.txt"), ISO_8859_1)
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .toList();
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "zstd"));
        StringBuilder seen = new StringBuilder();
        int from = 0;
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            for (int i = 0; i < events.size(); i++) {
                int to = CodedFiles.flushes("events.zst")[i];
                decoder.decode(
                        ByteBuffer.wrap(coded, from, to - from),
                        bytes -> seen.append(ISO_8859_1.decode(bytes)));
                from = to;
                assertEquals(events.get(i) + "\n\n", seen.toString());
                seen.setLength(0);
            }
        }
    }

    @Test
    void rfc8878_3_1_1_2_rawAndRleBlocks_areGiven() {
        byte[] input =
                frame(
                        header(0, ZstdFrames.WINDOW_128K),
                        raw(PLAIN, false),
                        rle('x', 5, false),
                        raw(new byte[0], false),
                        rle('y', 1, true));
        assertEquals(new Decoded(TEXT + "xxxxxy", ZSTD, ""), Decoded.of("zstd", input));
    }

    @Test
    void decode_uncompressedBlock_isGivenAsItComes() {
        byte[] input = frame(header(0, ZstdFrames.WINDOW_128K), raw(PLAIN, true));
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "zstd"));
        StringBuilder seen = new StringBuilder();
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            decoder.decode(
                    ByteBuffer.wrap(input, 0, input.length - 1),
                    bytes -> seen.append(ISO_8859_1.decode(bytes)));
        }
        assertEquals(TEXT.substring(0, TEXT.length() - 1), seen.toString());
    }

    @Test
    void rfc8878_3_1_frames_areJoined() {
        byte[] empty = plain(new byte[0]);
        assertEquals(
                new Decoded(TEXT + TEXT, ZSTD, ""),
                Decoded.of("zstd", join(plain(PLAIN), empty, plain(PLAIN), empty)));
    }

    @Test
    void rfc8878_3_1_2_textOfSkippableFrames_isGivenBesideTheContent() {
        byte[] before = skippable(0, "first".getBytes(ISO_8859_1));
        byte[] after = skippable(15, "second".getBytes(ISO_8859_1));
        byte[] empty = skippable(7, new byte[0]);
        assertEquals(
                new Decoded("first\n" + TEXT + TEXT + "\nsecond\n", ZSTD, ""),
                Decoded.of("zstd", join(before, plain(PLAIN), empty, after, plain(PLAIN))));
    }

    @Test
    void textOfSkippableFrames_behindTheContent_isBounded() {
        byte[] longest = "n".repeat(ContentDecoder.ASIDE_BYTES - 1).getBytes(ISO_8859_1);
        byte[] longer = "n".repeat(ContentDecoder.ASIDE_BYTES).getBytes(ISO_8859_1);
        ContentLimits limits = ContentLimits.DEFAULT;
        assertEquals(
                "",
                Decoded.whole("zstd", join(plain(PLAIN), skippable(1, longest)), limits)
                        .uninspected());
        assertEquals(
                "zstd skippable frame",
                Decoded.whole("zstd", join(plain(PLAIN), skippable(1, longer)), limits)
                        .uninspected());
    }

    @Test
    void rfc9659_3_window_atTheLimitAndBeyond() {
        byte[] most = frame(header(0, ZstdFrames.WINDOW_8M), raw(PLAIN, true));
        assertEquals(WHOLE, Decoded.of("zstd", most));
        byte[] more = frame(header(0, ZstdFrames.WINDOW_9M), raw(PLAIN, true));
        Decoded refused = Decoded.of("zstd", more);
        assertEquals("zstd window exceeds 8388608 bytes", refused.uninspected());
        assertTrue(refused.content().contains(TEXT), "it is scanned as it came");
    }

    @Test
    void rfc9659_3_contentSizeAsWindow_atTheLimitAndBeyond() {
        String limit = "zstd window exceeds 8388608 bytes";
        byte[] most = frame(header(0xa0, 0, 0, 0x80, 0), raw(PLAIN, true));
        assertEquals(new Decoded(TEXT, ZSTD, "wrong zstd length"), Decoded.of("zstd", most));
        byte[] more = frame(header(0xa0, 1, 0, 0x80, 0), raw(PLAIN, true));
        assertEquals(limit, Decoded.of("zstd", more).uninspected());
        byte[] huge = frame(header(0xe0, 0, 0, 0, 0, 0, 0, 0, 0x80), raw(PLAIN, true));
        assertEquals(limit, Decoded.of("zstd", huge).uninspected());
    }

    @Test
    void rfc8878_3_1_1_1_3_dictionary_isRefused() {
        byte[] none = frame(header(0x21, 0, TEXT.length()), raw(PLAIN, true));
        assertEquals(WHOLE, Decoded.of("zstd", none));
        byte[] some = frame(header(0x23, 0, 0, 0, 1, TEXT.length()), raw(PLAIN, true));
        Decoded refused = Decoded.of("zstd", some);
        assertEquals("zstd dictionary", refused.uninspected());
        assertTrue(refused.content().contains(TEXT), "it is scanned as it came");
    }

    @Test
    void rfc8878_3_1_1_1_1_reservedBit_isRefused() {
        byte[] input = frame(header(0x28, TEXT.length()), raw(PLAIN, true));
        assertEquals("broken zstd", Decoded.of("zstd", input).uninspected());
    }

    /** The fields of a header in each of their lengths. */
    @Test
    void rfc8878_3_1_1_1_4_contentSize_isReadInEachLength() {
        byte[] text = new byte[300];
        Arrays.fill(text, (byte) 'x');
        Decoded expected = new Decoded("x".repeat(300), ZSTD, "");
        byte[] block = raw(text, true);
        assertEquals(expected, Decoded.of("zstd", frame(header(0x60, 44, 0), block)));
        assertEquals(expected, Decoded.of("zstd", frame(header(0xa0, 44, 1, 0, 0), block)));
        byte[] longest = header(0xc3, 0, 0, 0, 0, 0, 44, 1, 0, 0, 0, 0, 0, 0);
        assertEquals(expected, Decoded.of("zstd", frame(longest, block)));
    }

    @Test
    void rfc8878_3_1_1_wrongChecksum_isNotedAndNoLoss() {
        byte[] input = plain(PLAIN);
        input[input.length - 1] ^= 1;
        Decoded noted = new Decoded(TEXT, ZSTD, "wrong zstd checksum");
        assertEquals(noted, Decoded.of("zstd", input));
        assertEquals(
                new Decoded(TEXT + TEXT, ZSTD, "wrong zstd checksum"),
                Decoded.of("zstd", join(input, plain(PLAIN))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void end_withinTheChecksum_isNoLoss(int bytes) {
        byte[] input = plain(PLAIN);
        assertEquals(WHOLE, Decoded.of("zstd", Arrays.copyOf(input, input.length - 4 + bytes)));
    }

    @Test
    void decode_wrongContentSize_isNoted() {
        byte[] input = frame(header(SINGLE_SEGMENT, TEXT.length() + 1), raw(PLAIN, true));
        assertEquals(new Decoded(TEXT, ZSTD, "wrong zstd length"), Decoded.of("zstd", input));
    }

    @Test
    void rfc8878_3_1_1_2_4_block_atTheLimitAndBeyond() {
        int most = Window.BLOCK_BYTES;
        byte[] at = frame(header(0, ZstdFrames.WINDOW_8M), rle('x', most, true));
        assertEquals(
                new Decoded("x".repeat(most), ZSTD, ""),
                Decoded.whole("zstd", at, ContentLimits.DEFAULT));
        byte[] past = frame(header(0, ZstdFrames.WINDOW_8M), rle('x', most + 1, true));
        assertEquals(
                "broken zstd", Decoded.whole("zstd", past, ContentLimits.DEFAULT).uninspected());
        byte[] pastWindow = frame(header(SINGLE_SEGMENT, TEXT.length() - 1), raw(PLAIN, true));
        assertEquals(
                "broken zstd",
                Decoded.whole("zstd", pastWindow, ContentLimits.DEFAULT).uninspected());
    }

    @Test
    void decode_brokenBlock_passesAllAsItCame() {
        byte[] junk = "key=not compressed at all".getBytes(ISO_8859_1);
        byte[] reserved = frame(header(0, 0), blockHeader(3, junk.length, true), junk);
        assertEquals(
                new Decoded(new String(reserved, ISO_8859_1), ZSTD, "broken zstd"),
                Decoded.of("zstd", reserved));
        byte[] compressed = frame(header(0, 0), blockHeader(2, junk.length, true), junk);
        assertEquals(
                new Decoded(new String(compressed, ISO_8859_1), ZSTD, "broken zstd"),
                Decoded.of("zstd", compressed));
    }

    @Test
    void decode_brokenBlockFarBehind_passesItAndTheRest() {
        byte[] start = new byte[2 * Layer.HEAD_BYTES];
        Arrays.fill(start, (byte) 'x');
        byte[] junk = "key=not compressed at all".getBytes(ISO_8859_1);
        byte[] input =
                frame(
                        header(0, ZstdFrames.WINDOW_128K),
                        raw(start, false),
                        blockHeader(2, junk.length, true),
                        junk);
        Decoded expected =
                new Decoded(
                        "x".repeat(start.length) + new String(junk, ISO_8859_1),
                        ZSTD,
                        "broken zstd");
        assertEquals(expected, Decoded.whole("zstd", input, ContentLimits.DEFAULT));
        byte[] half = Arrays.copyOf(input, input.length - 2);
        assertEquals(
                "incomplete zstd",
                Decoded.whole("zstd", half, ContentLimits.DEFAULT).uninspected());
    }

    @Test
    void decode_bytesAfterTheLastFrame_arePassedOn() {
        byte[] input = join(plain(PLAIN), new byte[] {0x28, (byte) 0xb5, 'x'});
        assertEquals(
                new Decoded(TEXT + "(\u00b5x", ZSTD, "bytes after zstd"),
                Decoded.of("zstd", input));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "plain text", "(", "(\u00b5", "(\u00b5/x", "P*", "P*M\u0019"})
    void decode_contentThatIsNotZstd_isPassedOn(String text) {
        String reason = text.isEmpty() ? "" : "broken zstd";
        boolean isStart = text.equals("(") || text.equals("(\u00b5") || text.equals("P*");
        assertEquals(
                new Decoded(text, ZSTD, isStart ? "incomplete zstd" : reason),
                Decoded.of("zstd", text.getBytes(ISO_8859_1)));
    }

    @Test
    void end_anywhere_isIncompleteAndShowsWhatCame() {
        byte[] input = frame(header(CHECKSUM, 0), raw(PLAIN, true), checksum(PLAIN));
        for (int length = 1; length < input.length - 4; length++) {
            Decoded decoded = Decoded.of("zstd", Arrays.copyOf(input, length));
            assertEquals("incomplete zstd", decoded.uninspected(), "of " + length);
            assertTrue(
                    decoded.content().endsWith(new String(input, 0, length, ISO_8859_1)),
                    decoded::content);
        }
    }
}
