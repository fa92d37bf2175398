package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.Fields;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.testkit.Splits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The events a decoder gives for an input, pieces of content joined and NEEDS_INPUT left out.
 * Nothing is kept of the buffers: they are overwritten as soon as the decoder asks for more.
 */
record Trace(List<Object> events) {
    /** Lines joined by CRLF; an empty one at the end ends the line before it. */
    static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    /** What {@code input} gives when it is whole, having checked that every cut gives the same. */
    static Trace ofRequests(String input) {
        return of(input, () -> new RequestDecoder(Http1Limits.DEFAULT)::poll);
    }

    static Trace ofResponse(String method, String input) {
        return of(
                input,
                () -> {
                    ResponseDecoder decoder = new ResponseDecoder(Http1Limits.DEFAULT);
                    decoder.expect(method);
                    return decoder::poll;
                });
    }

    static Trace of(String input, Supplier<Function<ByteBuffer, Http1Event>> decoders) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        Trace whole = run(decoders.get(), List.of(ByteBuffer.wrap(bytes.clone())));
        Splits.of(bytes)
                .forEach(pieces -> {
                    List<Integer> sizes = pieces.stream().map(ByteBuffer::remaining).toList();
                    List<ByteBuffer> inHeap = pieces.stream().map(Trace::copy).toList();
                    assertEquals(whole, run(decoders.get(), pieces), () -> "cut " + sizes);
                    assertEquals(whole, run(decoders.get(), inHeap), () -> "cut " + sizes);
                });
        return whole;
    }

    static Trace run(Function<ByteBuffer, Http1Event> decoder, List<ByteBuffer> pieces) {
        List<Object> events = new ArrayList<>();
        for (ByteBuffer piece : pieces) {
            Http1Event event = decoder.apply(piece);
            while (!(event instanceof Http1Event.NeedsInput)) {
                note(event, events);
                if (event instanceof Http1Event.Malformed || isTunnel(events)) {
                    return new Trace(events);
                }
                event = decoder.apply(piece);
            }
            assertEquals(0, piece.remaining(), "left in a buffer when asking for more");
            for (int i = 0; i < piece.limit() && !piece.isReadOnly(); i++) {
                piece.put(i, (byte) '#');
            }
        }
        return new Trace(events);
    }

    private static void note(Http1Event event, List<Object> events) {
        if (event instanceof Http1Event.Content content) {
            String text = ISO_8859_1.decode(content.bytes()).toString();
            boolean isMore = !events.isEmpty() && events.getLast() instanceof String;
            events.add(isMore ? events.removeLast() + text : text);
        } else {
            events.add(event);
        }
    }

    private static boolean isTunnel(List<Object> events) {
        return events.getLast() instanceof Http1Event.Response response
                && response.framing() instanceof Framing.Tunnel;
    }

    RequestHead request() {
        return ((Http1Event.Request) events.getFirst()).head();
    }

    ResponseHead response() {
        return ((Http1Event.Response) events.getFirst()).head();
    }

    Framing framing() {
        return events.getFirst() instanceof Http1Event.Request request
                ? request.framing()
                : ((Http1Event.Response) events.getFirst()).framing();
    }

    int status() {
        return violation().status();
    }

    /** All content, of all messages. */
    String content() {
        StringBuilder text = new StringBuilder();
        events.stream().filter(String.class::isInstance).forEach(text::append);
        return text.toString();
    }

    /** Messages that came to their end. */
    long ends() {
        return events.stream().filter(Http1Event.End.class::isInstance).count();
    }

    Fields trailers() {
        return ((Http1Event.End) events.getLast()).trailers();
    }

    Violation violation() {
        return ((Http1Event.Malformed) events.getLast()).violation();
    }

    boolean isMalformed() {
        return !events.isEmpty() && events.getLast() instanceof Http1Event.Malformed;
    }

    private static ByteBuffer copy(ByteBuffer piece) {
        ByteBuffer copy = ByteBuffer.allocate(piece.remaining() + 2);
        return copy.position(1).put(piece.duplicate()).flip().position(1);
    }
}
