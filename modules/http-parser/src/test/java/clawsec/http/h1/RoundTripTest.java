package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.MessageHead;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is encoded is what is decoded, whatever it is and however it arrives. */
class RoundTripTest {
    private static final String TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~09AZabcdefghijklmnopqrstuvwxyz";

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void decode_encodedRequest_isTheSame(
            @ForAll("tokens") String method,
            @ForAll("targets") String target,
            @ForAll("fields") Fields fields,
            @ForAll("contents") List<String> content,
            @ForAll("fields") Fields trailers) {
        Fields whole =
                new Fields(
                        concat(
                                List.of(
                                        new FieldLine("Host", "x"),
                                        new FieldLine("Transfer-Encoding", "chunked")),
                                fields));
        RequestHead head = new RequestHead(method, target, HttpVersion.HTTP_1_1, whole);
        Http1Event event = new Http1Event.Request(head, Framing.CHUNKED);
        RequestDecoder decoder = new RequestDecoder(Http1Limits.DEFAULT);
        check(decoder::poll, chunked(head, content, trailers), event, content, trailers);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void decode_encodedResponse_isTheSame(
            @ForAll("statuses") int status,
            @ForAll("values") String reason,
            @ForAll("fields") Fields fields,
            @ForAll("contents") List<String> content) {
        String body = String.join("", content);
        Fields whole = fields.with("Content-Length", Integer.toString(body.length()));
        ResponseHead head = new ResponseHead(status, reason, HttpVersion.HTTP_1_1, whole);
        Http1Event event = new Http1Event.Response(head, new Framing.Length(body.length()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Http1Encoder.encode(head));
        out.writeBytes(body.getBytes(ISO_8859_1));
        ResponseDecoder decoder = new ResponseDecoder(Http1Limits.DEFAULT);
        decoder.expect("GET");
        check(decoder::poll, out.toByteArray(), event, content, Fields.EMPTY);
    }

    private static void check(
            Function<ByteBuffer, Http1Event> decoder,
            byte[] wire,
            Http1Event head,
            List<String> content,
            Fields trailers) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from < wire.length; from += 7) {
            int count = Math.min(7, wire.length - from);
            pieces.add(ByteBuffer.wrap(wire, from, count).slice());
        }
        String body = String.join("", content);
        List<Object> expected = new ArrayList<>(List.of(head));
        if (!body.isEmpty()) {
            expected.add(body);
        }
        expected.add(new Http1Event.End(trailers));
        assertEquals(new Trace(expected), Trace.run(decoder, pieces));
    }

    private static byte[] chunked(MessageHead head, List<String> content, Fields trailers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Http1Encoder.encode(head));
        for (String piece : content) {
            if (!piece.isEmpty()) {
                out.writeBytes(Http1Encoder.chunkPrefix(piece.length()));
                out.writeBytes(piece.getBytes(ISO_8859_1));
                out.writeBytes(Http1Encoder.crlf());
            }
        }
        out.writeBytes(Http1Encoder.lastChunk(trailers));
        return out.toByteArray();
    }

    private static List<FieldLine> concat(List<FieldLine> first, Fields rest) {
        List<FieldLine> lines = new ArrayList<>(first);
        lines.addAll(rest.lines());
        return lines;
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.strings()
                .withChars(TOKEN_CHARACTERS)
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(token -> !token.equals("CONNECT"));
    }

    /** Any visible character but for '#', which begins a fragment. */
    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.strings()
                .withChars("!\"")
                .withCharRange('$', '~')
                .ofMaxLength(30)
                .map(rest -> "/" + rest);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u0080', '\u00ff')
                .withChars('\t')
                .ofMaxLength(20)
                .map(RoundTripTest::trimmed);
    }

    /** Names begin with x-, which keeps them apart from those that mean something. */
    @Provide
    Arbitrary<Fields> fields() {
        return Combinators.combine(tokens(), values())
                .as((name, value) -> new FieldLine("x-" + name, value))
                .list()
                .ofMaxSize(10)
                .map(Fields::new);
    }

    @Provide
    Arbitrary<List<String>> contents() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .ofMaxLength(40)
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.integers()
                .between(200, 999)
                .filter(status -> status != 204 && status != 304);
    }

    private static String trimmed(String value) {
        return value.replaceAll("^[ \t]+|[ \t]+$", "");
    }
}
