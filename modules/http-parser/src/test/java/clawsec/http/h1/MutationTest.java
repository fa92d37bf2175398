package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.RequestHead;
import clawsec.http.SharedCaptures;
import clawsec.testkit.Ambiguities;
import clawsec.testkit.MessageGrammar;
import clawsec.testkit.WireMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of damaged requests: each is refused, or what is written anew of it has one reading,
 * which is what was read here.
 */
class MutationTest {
    private static final int MUTATIONS = 10_000;

    @Test
    void ourGrammar_isRefusedOrHasOneReading() throws IOException {
        check(MessageGrammar.ofRequests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "misc/example-request-line-grammar",
                "misc/example-request-headers-grammar",
                "misc/example-request-body-grammar"
            })
    void grammarOfTReqs_isRefusedOrHasOneReading(String file) throws IOException {
        Path path = SharedCaptures.folder("http1/t-reqs-grammar").resolve(file);
        check(MessageGrammar.parse(Files.readString(path)));
    }

    private static void check(MessageGrammar grammar) throws IOException {
        int refused = 0;
        int accepted = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            String input = filled(grammar.next(new Random(seed), seed % 4));
            byte[] bytes = input.getBytes(ISO_8859_1);
            Trace whole = run(List.of(ByteBuffer.wrap(bytes.clone())));
            assertEquals(whole, run(singles(bytes)), () -> "byte by byte: " + input);
            refused += whole.isMalformed() ? 1 : 0;
            accepted += whole.ends() > 0 ? 1 : 0;
            assertOneReading(whole, input);
        }
        // neither a grammar that is all noise nor one that does no harm
        assertTrue(refused > MUTATIONS / 10, refused + " of " + MUTATIONS + " refused");
        assertTrue(accepted > MUTATIONS / 50, accepted + " of " + MUTATIONS + " accepted");
    }

    private static String filled(String message) {
        return message.replace("_URI_", "u")
                .replace("_HOST_", "h.example")
                .replace("_REQUEST_ID_", "7")
                .replace("_CONTENT_LENGTH_", "10");
    }

    private static Trace run(List<ByteBuffer> pieces) {
        return Trace.run(new RequestDecoder(Http1Limits.DEFAULT)::poll, pieces);
    }

    private static List<ByteBuffer> singles(byte[] bytes) {
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> ByteBuffer.wrap(bytes, i, 1).slice().asReadOnlyBuffer())
                .toList();
    }

    /** Every message that came to its end, written anew, and read by another parser. */
    private static void assertOneReading(Trace trace, String input) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<PlainMessage> expected = new ArrayList<>();
        for (PlainMessage message : PlainMessage.of(trace)) {
            if (message.isWhole()) {
                expected.add(message);
            }
        }
        Writer writer = new Writer();
        trace.events().forEach(writer::note);
        wire.writeBytes(writer.whole.toByteArray());
        ByteArrayInputStream in = new ByteArrayInputStream(wire.toByteArray());
        for (PlainMessage message : expected) {
            WireMessage read = WireMessage.readRequest(in).orElseThrow();
            String start = message.start();
            assertEquals(start, read.method() + " " + read.target(), input);
            assertEquals(message.fields(), read.fieldLines(), input);
            assertEquals(message.content(), new String(read.body(), ISO_8859_1), input);
            List<String> ambiguities = new ArrayList<>(Ambiguities.of(read));
            // what a relay says anew: the version, the coding, and a Host where there is none
            ambiguities.removeIf(each ->
                    each.equals("hosts []")
                            || each.endsWith("HTTP/1.0'")
                            || each.equalsIgnoreCase("coding 'chunked'"));
            assertEquals(List.of(), ambiguities, input);
        }
        assertEquals(0, in.available(), () -> "more on the wire than was read: " + input);
    }

    /** What a relay sends for the events of a decoder. */
    private static final class Writer {
        private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private boolean isChunked;

        void note(Object event) {
            switch (event) {
                case Http1Event.Request(RequestHead head, Framing framing) -> {
                    message.reset();
                    message.writeBytes(Http1Encoder.encode(head));
                    isChunked = framing instanceof Framing.Chunked;
                }
                case String content -> {
                    byte[] bytes = content.getBytes(ISO_8859_1);
                    if (isChunked) {
                        message.writeBytes(Http1Encoder.chunkPrefix(bytes.length));
                    }
                    message.writeBytes(bytes);
                    if (isChunked) {
                        message.writeBytes(Http1Encoder.crlf());
                    }
                }
                case Http1Event.End end -> {
                    if (isChunked) {
                        message.writeBytes(Http1Encoder.lastChunk(end.trailers()));
                    }
                    whole.writeBytes(message.toByteArray());
                }
                default -> {}
            }
        }
    }
}
