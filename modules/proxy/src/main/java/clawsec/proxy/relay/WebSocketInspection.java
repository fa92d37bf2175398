package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.ws.FrameDecoder;
import clawsec.http.ws.FrameEvent;
import clawsec.proxy.Inspection;
import clawsec.proxy.Inspector;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters;
import clawsec.proxy.ProxyCounters.Counter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a WebSocket connection, unmasked: each data message is inspected on its own, and
 * the payload of all its control frames as one text that has no end, since any amount fits into
 * pings of 125 bytes. What cannot be read is inspected as it came, and counted. Confined to the
 * direction's thread.
 */
final class WebSocketInspection implements Inspection {
    private final Inspector inspector;
    private final Passage passage;
    private final ProxyCounters counters;
    private final FrameDecoder decoder = new FrameDecoder();
    private @Nullable Inspection message;
    private @Nullable Inspection control;
    private boolean isBroken;

    /**
     * @param passage of this direction, with the handshake's method and URL
     */
    WebSocketInspection(Inspector inspector, Passage passage, ProxyCounters counters) {
        this.inspector = inspector;
        this.passage = passage;
        this.counters = counters;
    }

    /** There is none: the handshake's heads are inspected as messages of their own. */
    @Override
    public void head(ByteBuffer encoded, Fields fields) {}

    @Override
    public void content(ByteBuffer bytes) {
        while (!isBroken) {
            switch (decoder.poll(bytes)) {
                case FrameEvent.Reserved reserved -> counters.count(Counter.FRAMES_UNREADABLE);
                case FrameEvent.MessageStart begun -> current();
                case FrameEvent.Payload payload -> current().content(payload.bytes());
                case FrameEvent.Control piece -> control().content(piece.bytes());
                case FrameEvent.MessageEnd ended -> endMessage();
                case FrameEvent.Malformed malformed -> {
                    isBroken = true;
                    counters.count(Counter.FRAMES_UNREADABLE);
                    current().content(decoder.untold());
                }
                case FrameEvent.Undecodable undecodable -> throw notOfFrames();
                case FrameEvent.Oversized oversized -> throw notOfFrames();
                case FrameEvent.NeedsInput more -> {
                    return;
                }
            }
        }
        current().content(bytes);
    }

    private static IllegalStateException notOfFrames() {
        return new IllegalStateException("nothing is decompressed");
    }

    private Inspection current() {
        Inspection inspection = message;
        if (inspection == null) {
            inspection = inspector.open(passage);
            message = inspection;
        }
        return inspection;
    }

    /** Without method and URL, as of a tunnel: its length has no bound, nor has what is scanned. */
    private Inspection control() {
        Inspection inspection = control;
        if (inspection == null) {
            inspection =
                    inspector.open(
                            new Passage(
                                    passage.outbound(),
                                    passage.scheme(),
                                    passage.source(),
                                    passage.dest(),
                                    "",
                                    ""));
            control = inspection;
        }
        return inspection;
    }

    private List<Inspection> open() {
        return Stream.of(message, control).flatMap(Stream::ofNullable).toList();
    }

    @Override
    public boolean isPending() {
        return isPending(message) || isPending(control);
    }

    private static boolean isPending(@Nullable Inspection inspection) {
        return inspection != null && inspection.isPending();
    }

    @Override
    public void flush() {
        open().forEach(Inspection::flush);
    }

    private void endMessage() {
        Inspection inspection = message;
        if (inspection != null) {
            message = null;
            inspection.end();
            inspection.close();
        }
    }

    /** The direction ended, perhaps in a message, or in the head of a frame. */
    @Override
    public void end() {
        ByteBuffer untold = decoder.untold();
        if (!isBroken && untold.hasRemaining()) {
            counters.count(Counter.FRAMES_UNREADABLE);
            current().content(untold);
        }
        open().forEach(Inspection::end);
        close();
    }

    @Override
    public void close() {
        List<Inspection> closing = open();
        message = null;
        control = null;
        closing.forEach(Inspection::close);
    }
}
