package clawsec.http.content;

import static clawsec.http.content.Codings.gzip;
import static clawsec.http.content.Codings.join;
import static clawsec.http.content.Codings.zlib;
import static clawsec.http.content.ZstdFrames.plain;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is not what its label says, and content without one. */
class LayerTest {
    private static final String TEXT = "event: message\ndata: {\"a\": 1}\n\n".repeat(8);
    private static final byte[] PLAIN = TEXT.getBytes(ISO_8859_1);

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "gzip", "deflate", "zstd"})
    void magic_decidesWhateverTheLabel(String label) {
        assertEquals(new Decoded(TEXT, List.of("gzip"), ""), Decoded.of(label, gzip(PLAIN)));
        assertEquals(new Decoded(TEXT, List.of("zstd"), ""), Decoded.of(label, plain(PLAIN)));
    }

    @Test
    void magic_behindAnUnknownCoding_isDecodedAndTheCodingRecorded() {
        assertEquals(
                new Decoded(TEXT, List.of("gzip"), "coding foo"), Decoded.of("foo", gzip(PLAIN)));
    }

    @Test
    void magic_withinALabelledCoding_isDecoded() {
        assertEquals(
                new Decoded(TEXT, List.of("gzip", "gzip"), ""),
                Decoded.of("gzip", gzip(gzip(PLAIN))));
        assertEquals(
                new Decoded(TEXT, List.of("deflate", "zstd", "gzip"), ""),
                Decoded.of("deflate", zlib(plain(gzip(PLAIN)))));
    }

    @Test
    void magic_ofTheInnerCoding_isDecodedWhereTheLabelSaysAnother() {
        assertEquals(
                new Decoded(TEXT, List.of("gzip", "zstd"), ""),
                Decoded.of("deflate, gzip", gzip(plain(PLAIN))));
        assertEquals(
                new Decoded(TEXT, List.of("zstd", "deflate"), ""),
                Decoded.of("deflate, gzip", plain(zlib(PLAIN))));
    }

    /** As some caches send it: the label twice, coded once. */
    @Test
    void label_ofOneCodingTooMany_leavesTheContentReadable() {
        assertEquals(
                new Decoded(TEXT, List.of("gzip", "gzip"), "broken gzip"),
                Decoded.of("gzip, gzip", gzip(PLAIN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void label_onPlainText_losesNone(String label) {
        Decoded decoded = Decoded.of(label, PLAIN);
        assertEquals("broken " + label, decoded.uninspected());
        assertTrue(decoded.content().endsWith(TEXT), decoded::content);
    }

    /** A text behind the first bytes of gzip may pass for deflate data for a while. */
    @ParameterizedTest
    @ValueSource(strings = {"", "gzip"})
    void magic_beforeText_losesNone(String label) {
        byte[] start = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
        Decoded decoded = Decoded.of(label, join(start, PLAIN));
        assertEquals("broken gzip", decoded.uninspected());
        assertTrue(decoded.content().endsWith(TEXT), decoded::content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001f", "\u001f\u008b\u0008", "(", "(\u00b5/", "P*M", "Plain", "(1)"})
    void magic_thatEndsEarly_isGiven(String start) {
        assertEquals(new Decoded(start, List.of(), ""), Decoded.of("", start.getBytes(ISO_8859_1)));
    }

    @Test
    void head_atTheLimitAndBeyond() {
        byte[] garbage = {7, 'x'};
        byte[] start = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
        // a stored block, so that what was taken is as many bytes as there are
        int within = Layer.HEAD_BYTES - start.length - 5 - 16;
        Decoded all = stored(start, within, garbage);
        assertTrue(all.content().startsWith("s".repeat(within)), "decoded");
        assertTrue(all.content().endsWith("s".repeat(within) + "\u0007x"), "and as it came");
        Decoded rest = stored(start, Layer.HEAD_BYTES, garbage);
        assertEquals(Layer.HEAD_BYTES, rest.content().chars().filter(c -> c == 's').count());
    }

    private static Decoded stored(byte[] start, int count, byte[] garbage) {
        byte[] length = {0, (byte) count, (byte) (count >> 8), (byte) ~count, (byte) (~count >> 8)};
        byte[] text = "s".repeat(count).getBytes(ISO_8859_1);
        byte[] input = join(start, length, text, garbage);
        Decoded decoded = Decoded.whole("gzip", input, ContentLimits.DEFAULT);
        assertEquals("broken gzip", decoded.uninspected());
        return decoded;
    }

    @Test
    void applied_saysWhatTheSinkGets() {
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "gzip, deflate"));
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            assertEquals(List.of("deflate", "gzip"), decoder.applied());
            decoder.decode(ByteBuffer.wrap(zlib(PLAIN)), bytes -> {});
            assertEquals(List.of("deflate"), decoder.applied());
            assertEquals(List.of("deflate", "gzip"), decoder.codings());
        }
    }

    @Test
    void only_takesNothingForAnotherCoding() {
        try (ContentDecoder decoder = ContentDecoder.only("deflate", ContentLimits.DEFAULT)) {
            decoder.decode(ByteBuffer.wrap(zlib(gzip(PLAIN))), bytes -> {});
            assertEquals(List.of("deflate"), decoder.codings());
        }
        try (ContentDecoder decoder = ContentDecoder.only("deflate", ContentLimits.DEFAULT)) {
            decoder.decode(ByteBuffer.wrap(gzip(PLAIN)), bytes -> {});
            assertEquals(Optional.of("broken deflate"), decoder.uninspected());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ContentDecoder.only("foo", ContentLimits.DEFAULT));
    }

    @Test
    void layer_ofProvenData_isNotDoubted() {
        Layer layer = new Layer(new GzipStage(new Budget(ContentLimits.DEFAULT)), false);
        assertTrue(layer.isDoubtful());
        layer.decode(ByteBuffer.wrap(gzip(PLAIN)), bytes -> {}, text -> {});
        assertFalse(layer.isDoubtful());
        layer.stage().close();
    }
}
