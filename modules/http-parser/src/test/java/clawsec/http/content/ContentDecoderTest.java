package clawsec.http.content;

import static clawsec.http.content.Codings.gzip;
import static clawsec.http.content.Codings.rawDeflate;
import static clawsec.http.content.Codings.zlib;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecoderTest {
    private static final String TEXT = "event: message\ndata: {\"a\": 1}\n\n".repeat(20);
    private static final byte[] PLAIN = TEXT.getBytes(ISO_8859_1);

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "Identity, identity"})
    void rfc9110_8_4_noCoding_passesTheContent(String names) {
        assertEquals(new Decoded(TEXT, List.of(), ""), Decoded.of(names, PLAIN));
    }

    @Test
    void open_noField_passesTheVeryBuffer() {
        ByteBuffer in = ByteBuffer.wrap(PLAIN);
        try (ContentDecoder decoder = ContentDecoder.open(Fields.EMPTY, ContentLimits.DEFAULT)) {
            decoder.decode(in, bytes -> assertEquals(PLAIN.length, bytes.remaining()));
            assertEquals(0, in.remaining());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip", "identity, gzip"})
    void rfc9110_8_4_1_3_gzip_isRemoved(String name) {
        assertEquals(new Decoded(TEXT, List.of("gzip"), ""), Decoded.of(name, gzip(PLAIN)));
    }

    @Test
    void rfc9110_8_4_1_2_deflate_isRemovedWithAndWithoutZlibHeader() {
        Decoded expected = new Decoded(TEXT, List.of("deflate"), "");
        assertEquals(expected, Decoded.of("deflate", zlib(PLAIN)));
        assertEquals(expected, Decoded.of("deflate", rawDeflate(PLAIN)));
    }

    @Test
    void rfc9110_8_4_stack_isRemovedFromTheLastNamed() {
        assertEquals(
                new Decoded(TEXT, List.of("gzip", "deflate"), ""),
                Decoded.of("deflate, gzip", gzip(zlib(PLAIN))));
        assertEquals(
                new Decoded(TEXT, List.of("deflate", "gzip"), ""),
                Decoded.of("gzip, deflate", rawDeflate(gzip(PLAIN))));
    }

    @Test
    void open_codingsOnSeveralLines_areOneList() {
        Fields fields =
                Fields.of(
                        new FieldLine("Content-Encoding", "deflate"),
                        new FieldLine("content-encoding", "gzip"));
        try (ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            assertEquals(List.of("gzip", "deflate"), decoder.codings());
        }
    }

    @Test
    void open_unknownCoding_passesWhatItCannotDecode() {
        assertEquals(new Decoded(TEXT, List.of(), "coding foo"), Decoded.of("foo", PLAIN));
        assertEquals(new Decoded(TEXT, List.of(), "coding foo"), Decoded.of("gzip, foo", PLAIN));
        assertEquals(
                new Decoded(TEXT, List.of("gzip"), "coding foo"),
                Decoded.of("foo, gzip", gzip(PLAIN)));
    }

    @Test
    void uninspected_unknownCoding_isFitForALogLine() {
        assertEquals(
                "coding " + "x".repeat(32) + "...",
                Decoded.of("x".repeat(33), PLAIN).uninspected());
        assertEquals("coding a?b", Decoded.of("a\tb", PLAIN).uninspected());
    }

    @Test
    void open_codings_areBoundedByTheLimit() {
        byte[] input = PLAIN;
        for (int i = 0; i < ContentLimits.DEFAULT.codings(); i++) {
            input = gzip(input);
        }
        assertEquals(
                new Decoded(TEXT, List.of("gzip", "gzip", "gzip", "gzip"), ""),
                Decoded.of("gzip, gzip, identity, gzip, gzip", input));
        Decoded beyond = Decoded.of("gzip, gzip, gzip, gzip, gzip", gzip(input));
        assertEquals("more than 4 codings", beyond.uninspected());
        assertEquals(new String(gzip(PLAIN), ISO_8859_1), beyond.content());
        Decoded unlabelled = Decoded.of("", gzip(input));
        assertEquals(List.of("gzip", "gzip", "gzip", "gzip"), unlabelled.codings());
        assertEquals(new String(gzip(PLAIN), ISO_8859_1), unlabelled.content());
    }

    @Test
    void decode_flushedPiece_isGivenAtOnce() throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        StringBuilder seen = new StringBuilder();
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "gzip"));
        try (GZIPOutputStream gzip = new GZIPOutputStream(wire, 512, true);
                ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT)) {
            for (String event : List.of("data: one\n\n", "data: two\n\n")) {
                gzip.write(event.getBytes(ISO_8859_1));
                gzip.flush();
                decoder.decode(
                        ByteBuffer.wrap(wire.toByteArray()),
                        bytes -> seen.append(ISO_8859_1.decode(bytes)));
                wire.reset();
                assertEquals(event, seen.toString());
                seen.setLength(0);
            }
        }
    }

    /** A message that only claims to be coded is inspected as it stands. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "plain text", "\u001f", "\u001f\u008b", "\u001f\u008b\u0007"})
    void decode_contentThatIsNotGzip_isPassedOn(String text) {
        Decoded decoded = Decoded.of("gzip", text.getBytes(ISO_8859_1));
        String reason = text.isEmpty() ? "" : "broken gzip";
        assertEquals(new Decoded(text, List.of("gzip"), reason), decoded);
    }

    @Test
    void decode_brokenInnerCoding_passesItsContent() {
        assertEquals(
                new Decoded("not gzip", List.of("deflate", "gzip"), "broken gzip"),
                Decoded.of("gzip, deflate", zlib("not gzip".getBytes(ISO_8859_1))));
    }

    @Test
    void decode_brokenOuterCoding_passesTheRestBeyondTheInnerOne() {
        byte[] encoded = gzip(zlib(PLAIN));
        byte[] broken = Arrays.copyOf(encoded, encoded.length + 3);
        Decoded decoded = Decoded.of("deflate, gzip", broken);
        assertEquals(
                new Decoded(TEXT + "\0\0\0", List.of("gzip", "deflate"), "bytes after gzip"),
                decoded);
    }

    @Test
    void decode_afterTheEnd_isOurMistake() {
        try (ContentDecoder decoder = ContentDecoder.open(Fields.EMPTY, ContentLimits.DEFAULT)) {
            decoder.end(bytes -> {});
            decoder.end(bytes -> {});
            assertThrows(
                    IllegalStateException.class,
                    () -> decoder.decode(ByteBuffer.allocate(1), bytes -> {}));
        }
    }

    @Test
    void close_keepsWhatIsKnown() {
        Fields fields = Fields.of(new FieldLine("Content-Encoding", "foo, gzip"));
        ContentDecoder decoder = ContentDecoder.open(fields, ContentLimits.DEFAULT);
        decoder.decode(ByteBuffer.wrap(gzip(PLAIN)), bytes -> {});
        decoder.close();
        decoder.close();
        assertEquals(List.of("gzip"), decoder.codings());
        assertEquals(Optional.of("coding foo"), decoder.uninspected());
    }
}
