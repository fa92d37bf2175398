package clawsec.http.ws;

import clawsec.http.content.ContentLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a {@link MessageDecoder} made of some bytes, in lines: adjoining payload is joined. */
final class Decoded {
    static final PermessageDeflate CONTEXT = PermessageDeflate.of(true, true);
    static final PermessageDeflate NO_CONTEXT = PermessageDeflate.of(false, false);

    private Decoded() {}

    static List<String> events(PermessageDeflate agreed, byte[]... wire) {
        return events(
                agreed, ContentLimits.DEFAULT, List.of(ByteBuffer.wrap(Deflated.joined(wire))));
    }

    static List<String> events(
            PermessageDeflate agreed, ContentLimits limits, List<ByteBuffer> pieces) {
        List<String> events = new ArrayList<>();
        try (MessageDecoder decoder = MessageDecoder.open(agreed, true, limits)) {
            for (ByteBuffer piece : pieces) {
                FrameEvent event = decoder.poll(piece);
                while (!(event instanceof FrameEvent.NeedsInput)) {
                    add(event, events);
                    event = decoder.poll(piece);
                }
            }
        }
        return events;
    }

    private static void add(FrameEvent event, List<String> events) {
        switch (event) {
            case FrameEvent.Reserved reserved -> events.add("reserved");
            case FrameEvent.MessageStart start ->
                    events.add(start.isCompressed() ? "start compressed" : "start");
            case FrameEvent.Payload payload -> join("payload ", payload.bytes(), events);
            case FrameEvent.Control control -> join("control ", control.bytes(), events);
            case FrameEvent.MessageEnd end -> events.add("end");
            case FrameEvent.Undecodable undecodable -> events.add("undecodable");
            case FrameEvent.Oversized oversized -> events.add("oversized");
            case FrameEvent.Malformed malformed ->
                    events.add("malformed " + malformed.violation().rule());
            case FrameEvent.NeedsInput more -> throw new AssertionError();
        }
    }

    private static void join(String kind, ByteBuffer bytes, List<String> events) {
        String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
        if (!events.isEmpty() && events.getLast().startsWith(kind)) {
            events.add(events.removeLast() + text);
        } else if (!text.isEmpty()) {
            events.add(kind + text);
        }
    }
}
