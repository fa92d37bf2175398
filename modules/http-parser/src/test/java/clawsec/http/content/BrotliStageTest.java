package clawsec.http.content;

import static clawsec.http.content.Codings.brotli;
import static clawsec.http.content.Codings.gzip;
import static clawsec.http.content.Codings.join;
import static clawsec.http.content.Codings.zlib;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrotliStageTest {
    private static final String TEXT = "hello, hello, hello";
    private static final byte[] PLAIN = TEXT.getBytes(ISO_8859_1);
    private static final List<String> BR = List.of("br");

    /** The end of a stream, which holds nothing else. */
    private static final byte[] EMPTY = {6};

    @Test
    void br_isRemoved() {
        assertEquals(new Decoded(TEXT, BR, ""), Decoded.of("br", brotli(PLAIN)));
        assertEquals(new Decoded(TEXT, BR, ""), Decoded.of("BR", brotli(PLAIN)));
        assertEquals(new Decoded("", BR, ""), Decoded.of("br", EMPTY));
        assertEquals(new Decoded("", BR, ""), Decoded.of("br", new byte[0]));
    }

    @Test
    void br_compressed_isRemoved() throws IOException {
        String text = new String(vector("prose.txt"), ISO_8859_1);
        assertEquals(new Decoded(text, BR, ""), Decoded.of("br", vector("prose.txt.q11-w22.br")));
    }

    @Test
    void br_inAStack_isRemoved() throws IOException {
        assertEquals(
                new Decoded(TEXT, List.of("gzip", "br"), ""),
                Decoded.of("br, gzip", gzip(brotli(PLAIN))));
        assertEquals(
                new Decoded(TEXT, List.of("br", "gzip"), ""),
                Decoded.of("gzip, br", brotli(gzip(PLAIN))));
        assertEquals(
                new Decoded(TEXT, List.of("br", "br", "deflate"), ""),
                Decoded.of("deflate, br, br", brotli(brotli(zlib(PLAIN)))));
        String text = new String(vector("prose.txt"), ISO_8859_1);
        assertEquals(
                new Decoded(text, List.of("gzip", "br"), ""),
                Decoded.of("br, gzip", gzip(vector("prose.txt.q5-w22.br"))));
    }

    /** Each flushed event is seen whole when its bytes are there, under gzip too. */
    @Test
    void flushedEvents_areGivenAtOnce() throws IOException {
        byte[] stream = vector("events-5.txt.q5.br");
        String content = new String(vector("events-5.txt"), ISO_8859_1);
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "br"));
        StringBuilder seen = new StringBuilder();
        int fed = 0;
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            for (String flush :
                    new String(vector("events-5.txt.q5.flushes"), ISO_8859_1).lines().toList()) {
                int to = Integer.parseInt(flush.split(" ")[0]);
                decoder.decode(
                        ByteBuffer.wrap(stream, fed, to - fed),
                        bytes -> seen.append(ISO_8859_1.decode(bytes)));
                fed = to;
                int length = Integer.parseInt(flush.split(" ")[1]);
                assertEquals(content.substring(0, length), seen.toString());
            }
        }
    }

    /** A message that only claims to be coded is inspected as it stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "plain text",
                "{\"key\": \"not compressed at all, whatever the field says\"}",
                "<!doctype html><html lang=\"en\">",
                "\u0001\u0002\u0003",
                "data: one\n\ndata: two\n\n",
            })
    void contentThatIsNotBrotli_isPassedOnWhole(String text) {
        Decoded decoded = Decoded.of("br", text.getBytes(ISO_8859_1));
        assertEquals(text, decoded.content());
        assertTrue(List.of("broken br", "incomplete br").contains(decoded.uninspected()));
    }

    /** A stream that ends at once, and goes on: more likely it is none. */
    @Test
    void bytesAfterAnEmptyStream_arePassedOnWithIt() {
        byte[] input = join(EMPTY, PLAIN);
        assertEquals(new Decoded("\u0006" + TEXT, BR, "bytes after br"), Decoded.of("br", input));
    }

    @Test
    void bytesAfterTheEnd_arePassedOn() {
        assertEquals(
                new Decoded(TEXT + "xyz", BR, "bytes after br"),
                Decoded.of("br", join(brotli(PLAIN), "xyz".getBytes(ISO_8859_1))));
    }

    @Test
    void brokenStream_yieldsWhatWasDecoded_andAllOfItAsItCame() {
        byte[] input = brotli(PLAIN);
        // the reserved bit, in place of the end
        input[input.length - 1] = 0b1110;
        byte[] all = join(input, "and after".getBytes(ISO_8859_1));
        assertEquals(
                new Decoded(TEXT + new String(all, ISO_8859_1), BR, "broken br"),
                Decoded.of("br", all));
    }

    @Test
    void end_tooEarly_isIncomplete() {
        byte[] whole = brotli(PLAIN);
        byte[] input = Arrays.copyOf(whole, whole.length - 1);
        assertEquals(
                new Decoded(TEXT + new String(input, ISO_8859_1), BR, "incomplete br"),
                Decoded.of("br", input));
    }

    @Test
    void largeWindow_isNamed() {
        byte[] input = {0x11, 1, 2, 3};
        assertEquals(
                new Decoded("\u0011\u0001\u0002\u0003", BR, "br with a large window"),
                Decoded.of("br", input));
    }

    /** Metadata is dropped by who decodes, and could hide text. */
    @Test
    void metadata_isInspectedBesideTheContent() {
        byte[] before = metadata("before");
        byte[] after = metadata("after");
        byte[] stream = brotli(PLAIN);
        byte[] input =
                join(
                        new byte[] {12},
                        before,
                        Arrays.copyOfRange(stream, 1, stream.length - 1),
                        after,
                        new byte[] {3});
        assertEquals(new Decoded("before\n" + TEXT + "\nafter\n", BR, ""), Decoded.of("br", input));
    }

    /**
     * Up to the bound nothing is lost of what turns out to be no stream; past it, what was read.
     */
    @Test
    void heldBytes_areBounded() {
        byte[] within = join(nothing(BrotliStage.HELD_BYTES - 1), new byte[] {0x0e, 'x'});
        assertEquals(
                new Decoded(new String(within, ISO_8859_1), BR, "broken br"),
                Decoded.whole("br", within, ContentLimits.DEFAULT));
        byte[] beyond = join(nothing(BrotliStage.HELD_BYTES), new byte[] {0x0e, 'x'});
        assertEquals(
                new Decoded("x", BR, "broken br"),
                Decoded.whole("br", beyond, ContentLimits.DEFAULT));
    }

    @Test
    void decodedBytes_areBoundedByTheLimit() {
        ContentLimits limits = new ContentLimits(PLAIN.length, 1, 1 << 20, 4);
        assertEquals(new Decoded(TEXT, BR, ""), Decoded.whole("br", brotli(PLAIN), limits));
        ContentLimits less = new ContentLimits(PLAIN.length - 1, 1, 1 << 20, 4);
        Decoded beyond = Decoded.whole("br", brotli(PLAIN), less);
        assertEquals((PLAIN.length - 1) + " decoded bytes exceeded", beyond.uninspected());
        assertTrue(beyond.content().startsWith(TEXT.substring(0, PLAIN.length - 1)));
    }

    /** 16 MB of zeros in 27 bytes, as an encoder writes them: no more than the free bytes come. */
    @Test
    void bomb_isStoppedSoon() {
        byte[] bomb =
                HexFormat.of().parseHex("cbffff3ff82700e2b14020f7fe2ffffffff04f00c4611180eefd1f");
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "br"));
        AtomicLong bytes = new AtomicLong();
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            decoder.decode(ByteBuffer.wrap(bomb), piece -> bytes.addAndGet(piece.remaining()));
            assertEquals(Optional.of("ratio 200 exceeded"), decoder.uninspected());
        }
        int piece = 1 << 14;
        assertTrue(bytes.get() <= (1 << 20) + piece + bomb.length, () -> bytes + " bytes");
    }

    /** A window of 64 KB, and then metadata blocks that hold nothing, a byte each. */
    private static byte[] nothing(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 6);
        bytes[0] = 12;
        return bytes;
    }

    /** At a byte boundary: not the last, no length, a byte of metadata length, that length. */
    private static byte[] metadata(String text) {
        int length = text.length() - 1;
        byte[] head = {(byte) (0b010110 | length << 6), (byte) (length >> 2)};
        return join(head, text.getBytes(ISO_8859_1));
    }

    private static byte[] vector(String name) throws IOException {
        return Files.readAllBytes(
                Path.of(System.getProperty("clawsec.root", "."), "testdata", "brotli", name));
    }
}
