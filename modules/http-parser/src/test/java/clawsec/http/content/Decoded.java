package clawsec.http.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.testkit.Splits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a decoder made of an input.
 *
 * @param uninspected empty when all was decoded
 */
record Decoded(String content, List<String> codings, String uninspected) {
    /** What the whole input gives, having checked that every cut of it gives the same. */
    static Decoded of(String contentEncoding, byte[] input) {
        Decoded whole = whole(contentEncoding, input, ContentLimits.DEFAULT);
        Splits.of(input)
                .forEach(pieces ->
                        assertEquals(whole, run(contentEncoding, pieces, ContentLimits.DEFAULT)));
        return whole;
    }

    static Decoded whole(String contentEncoding, byte[] input, ContentLimits limits) {
        return run(contentEncoding, List.of(ByteBuffer.wrap(input)), limits);
    }

    private static Decoded run(
            String contentEncoding, List<ByteBuffer> pieces, ContentLimits limits) {
        Fields fields = Fields.of(new FieldLine("Content-Encoding", contentEncoding));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Consumer<ByteBuffer> sink =
                bytes -> {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    out.writeBytes(copy);
                };
        try (ContentDecoder decoder = ContentDecoder.open(fields, limits)) {
            for (ByteBuffer piece : pieces) {
                decoder.decode(piece, sink);
                assertEquals(0, piece.remaining());
            }
            decoder.end(sink);
            decoder.close();
            return new Decoded(
                    out.toString(ISO_8859_1), decoder.codings(), decoder.uninspected().orElse(""));
        }
    }
}
