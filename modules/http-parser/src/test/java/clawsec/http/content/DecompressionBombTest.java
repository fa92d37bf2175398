package clawsec.http.content;

import static clawsec.http.content.Codings.gzip;
import static clawsec.http.content.Codings.zlib;
import static clawsec.http.content.ZstdFrames.WINDOW_8M;
import static clawsec.http.content.ZstdFrames.rle;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressionBombTest {
    private static final ContentLimits FREE = new ContentLimits(1 << 20, 1, 1 << 20, 4);

    @Test
    void decodedBytes_atTheLimitAndBeyond() {
        byte[] content = "abcdefghij".repeat(2_000).getBytes(ISO_8859_1);
        ContentLimits exact = new ContentLimits(content.length, 1, 1 << 20, 4);
        ContentLimits less = new ContentLimits(content.length - 1, 1, 1 << 20, 4);
        for (String coding : new String[] {"gzip", "deflate"}) {
            byte[] input = coding.equals("gzip") ? gzip(content) : zlib(content);
            assertEquals("", Decoded.whole(coding, input, exact).uninspected());
            Decoded cut = Decoded.whole(coding, input, less);
            assertEquals("19999 decoded bytes exceeded", cut.uninspected());
            assertTrue(cut.content().startsWith(new String(content, 0, 19_999, ISO_8859_1)));
        }
    }

    @Test
    void ratio_atTheLimitAndBeyond() {
        byte[] input = gzip(new byte[100_000]);
        int over = (100_000 - 1) / input.length;
        ContentLimits exact = new ContentLimits(1 << 20, over + 1, 0, 4);
        ContentLimits less = new ContentLimits(1 << 20, over, 0, 4);
        assertEquals("", Decoded.whole("gzip", input, exact).uninspected());
        assertEquals(
                "ratio " + over + " exceeded", Decoded.whole("gzip", input, less).uninspected());
    }

    @Test
    void zstd_atTheLimitsAndBeyond() {
        byte[] input = ZstdFrames.frame(ZstdFrames.header(0, WINDOW_8M), rle('x', 100_000, true));
        ContentLimits exact = new ContentLimits(100_000, 1, 1 << 20, 4);
        ContentLimits less = new ContentLimits(99_999, 1, 1 << 20, 4);
        assertEquals("", Decoded.whole("zstd", input, exact).uninspected());
        Decoded cut = Decoded.whole("zstd", input, less);
        assertEquals("99999 decoded bytes exceeded", cut.uninspected());
        assertTrue(cut.content().startsWith("x".repeat(99_999)));
        int over = (100_000 - 1) / input.length;
        ContentLimits ratio = new ContentLimits(1 << 20, over + 1, 0, 4);
        ContentLimits lessRatio = new ContentLimits(1 << 20, over, 0, 4);
        assertEquals("", Decoded.whole("zstd", input, ratio).uninspected());
        assertEquals(
                "ratio " + over + " exceeded",
                Decoded.whole("zstd", input, lessRatio).uninspected());
    }

    @Test
    void stack_atTheLimitsAndBeyond() {
        byte[] content = "abcdefghij".repeat(2_000).getBytes(ISO_8859_1);
        byte[] input = gzip(gzip(content));
        ContentLimits exact = new ContentLimits(content.length, 1, 1 << 20, 4);
        ContentLimits less = new ContentLimits(content.length - 1, 1, 1 << 20, 4);
        for (String label : new String[] {"gzip, gzip", "gzip", ""}) {
            assertEquals("", Decoded.whole(label, input, exact).uninspected());
            assertEquals(
                    "19999 decoded bytes exceeded",
                    Decoded.whole(label, input, less).uninspected());
            int over = (content.length - 1) / input.length;
            ContentLimits ratio = new ContentLimits(1 << 20, over + 1, 0, 4);
            ContentLimits lessRatio = new ContentLimits(1 << 20, over, 0, 4);
            assertEquals("", Decoded.whole(label, input, ratio).uninspected());
            assertEquals(
                    "ratio " + over + " exceeded",
                    Decoded.whole(label, input, lessRatio).uninspected());
        }
    }

    @Test
    void ratioFreeBytes_areNotJudged() {
        byte[] input = gzip(new byte[100_000]);
        ContentLimits exact = new ContentLimits(1 << 20, 1, 100_000, 4);
        ContentLimits less = new ContentLimits(1 << 20, 1, 99_999, 4);
        assertEquals("", Decoded.whole("gzip", input, exact).uninspected());
        assertEquals("ratio 1 exceeded", Decoded.whole("gzip", input, less).uninspected());
    }

    /** 20 MB of zeros in 20 kB: no more than the free bytes and a buffer is ever decoded. */
    @Test
    void bomb_isStoppedSoon() {
        assertTrue(decodedBytes("gzip", gzip(new byte[20 << 20])) < 6 << 20);
    }

    /** Zeros in gzip in gzip: the inner ratio counts against the bytes on the wire. */
    @Test
    void nestedBomb_isStoppedSoon() {
        assertTrue(decodedBytes("gzip, gzip", gzip(gzip(new byte[20 << 20]))) < 2 << 20);
    }

    /** 128 KB of four bytes, again and again. */
    @Test
    void zstdBomb_isStoppedSoon() {
        byte[][] blocks = new byte[1000][];
        Arrays.fill(blocks, rle('x', 1 << 17, false));
        byte[] input = ZstdFrames.frame(ZstdFrames.header(0, WINDOW_8M), blocks);
        assertTrue(decodedBytes("zstd", input) < 2 << 20);
        assertTrue(decodedBytes("zstd, gzip", gzip(input)) < 2 << 20);
        assertTrue(decodedBytes("", input) < 2 << 20);
    }

    private static long decodedBytes(String codings, byte[] input) {
        Fields fields = Fields.of(new FieldLine("Content-Encoding", codings));
        AtomicLong bytes = new AtomicLong();
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            decoder.decode(ByteBuffer.wrap(input), piece -> bytes.addAndGet(piece.remaining()));
            assertEquals(Optional.of("ratio 200 exceeded"), decoder.uninspected());
        }
        return bytes.get();
    }

    /** Many empty members cost as many small steps, and hold nothing. */
    @Test
    void emptyMembers_areSteppedOver() {
        byte[] empty = gzip(new byte[0]);
        byte[] input = new byte[empty.length * 50_000];
        for (int at = 0; at < input.length; at += empty.length) {
            System.arraycopy(empty, 0, input, at, empty.length);
        }
        assertEquals("", Decoded.whole("gzip", input, FREE).content());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void limits_thatCanHoldNothing_areRefused(int component) {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new ContentLimits(
                                component == 0 ? 0 : 1,
                                component == 1 ? 0 : 1,
                                component == 2 ? -1 : 0,
                                component == 3 ? -1 : 0));
    }
}
