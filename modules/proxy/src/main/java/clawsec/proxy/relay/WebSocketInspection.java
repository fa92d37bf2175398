package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.content.ContentLimits;
import clawsec.http.ws.FrameEvent;
import clawsec.http.ws.MessageDecoder;
import clawsec.http.ws.PermessageDeflate;
import clawsec.proxy.Inspection;
import clawsec.proxy.Inspector;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.SequenceInspection;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a WebSocket connection, whatever it runs over, unmasked and decompressed: its
 * data messages are inspected as a sequence, and the payload of all its control frames as one text
 * that has no end, since any amount fits into pings of 125 bytes. What cannot be read is inspected
 * as it came, and counted. Confined to the direction's thread.
 */
final class WebSocketInspection implements Inspection {
    private static final List<String> DEFLATED = List.of("permessage-deflate");

    private final Inspector inspector;
    private final Passage passage;
    private final ProxyCounters counters;
    private final MessageDecoder decoder;
    private final SequenceInspection messages;
    private @Nullable Inspection message;
    private @Nullable Inspection control;
    private boolean isBroken;

    /**
     * @param passage of this direction, with the handshake's method and URL
     * @param agreed what the handshake says of compression
     */
    WebSocketInspection(
            Inspector inspector,
            Passage passage,
            ProxyCounters counters,
            PermessageDeflate agreed) {
        this.inspector = inspector;
        this.passage = passage;
        this.counters = counters;
        this.decoder = MessageDecoder.open(agreed, passage.outbound(), ContentLimits.DEFAULT);
        this.messages = inspector.openSequence(passage);
    }

    /** There is none: the handshake's heads are inspected as messages of their own. */
    @Override
    public void head(ByteBuffer encoded, Fields fields) {}

    @Override
    public void content(ByteBuffer bytes) {
        while (!isBroken) {
            switch (decoder.poll(bytes)) {
                case FrameEvent.Reserved reserved -> counters.count(Counter.FRAMES_UNREADABLE);
                case FrameEvent.MessageStart begun ->
                        beginMessage(begun.isCompressed() ? DEFLATED : List.of());
                case FrameEvent.Payload payload -> current().content(payload.bytes());
                case FrameEvent.Control piece -> control().content(piece.bytes());
                case FrameEvent.MessageEnd ended -> endMessage();
                case FrameEvent.Undecodable undecodable -> {
                    counters.count(Counter.FRAMES_UNREADABLE);
                    beginMessage(List.of());
                }
                case FrameEvent.Oversized oversized -> counters.count(Counter.MESSAGES_OVERSIZED);
                case FrameEvent.Malformed malformed -> {
                    isBroken = true;
                    counters.count(Counter.FRAMES_UNREADABLE);
                    current().content(decoder.untold());
                }
                case FrameEvent.NeedsInput more -> {
                    return;
                }
            }
        }
        current().content(bytes);
    }

    /** Of a message that cannot be decoded on, what follows is one that was not coded. */
    private void beginMessage(List<String> codings) {
        endMessage();
        message = messages.next(codings);
    }

    private Inspection current() {
        Inspection inspection = message;
        if (inspection == null) {
            inspection = messages.next(List.of());
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

    @Override
    public boolean isPending() {
        return (message == null ? messages.isPending() : message.isPending())
                || (control != null && control.isPending());
    }

    @Override
    public void flush() {
        if (message == null) {
            messages.flush();
        } else {
            message.flush();
        }
        if (control != null) {
            control.flush();
        }
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
        endMessage();
        if (control != null) {
            control.end();
        }
        close();
    }

    @Override
    public void close() {
        decoder.close();
        if (message != null) {
            message.close();
            message = null;
        }
        messages.close();
        if (control != null) {
            control.close();
            control = null;
        }
    }
}
