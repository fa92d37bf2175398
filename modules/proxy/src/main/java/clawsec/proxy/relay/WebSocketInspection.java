package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.ws.FrameDecoder;
import clawsec.http.ws.FrameEvent;
import clawsec.proxy.Inspection;
import clawsec.proxy.Inspector;
import clawsec.proxy.Passage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a WebSocket connection, each data message inspected on its own, unmasked. Bytes
 * that are no frames are inspected as they are. Confined to the direction's thread.
 */
final class WebSocketInspection implements Inspection {
    private final Inspector inspector;
    private final Passage passage;
    private final FrameDecoder decoder = new FrameDecoder();
    private @Nullable Inspection message;
    private boolean isBroken;

    WebSocketInspection(Inspector inspector, Passage passage) {
        this.inspector = inspector;
        this.passage = passage;
    }

    /** There is none: the handshake's heads are inspected as messages of their own. */
    @Override
    public void head(ByteBuffer encoded, Fields fields) {}

    @Override
    public void content(ByteBuffer bytes) {
        while (!isBroken) {
            int start = bytes.position();
            switch (decoder.poll(bytes)) {
                case FrameEvent.MessageStart begun -> current();
                case FrameEvent.Payload payload -> current().content(payload.bytes());
                case FrameEvent.MessageEnd ended -> end();
                case FrameEvent.Malformed malformed -> {
                    isBroken = true;
                    bytes.position(start);
                }
                case FrameEvent.NeedsInput more -> {
                    return;
                }
            }
        }
        current().content(bytes);
    }

    private Inspection current() {
        Inspection inspection = message;
        if (inspection == null) {
            inspection = inspector.open(passage);
            message = inspection;
        }
        return inspection;
    }

    @Override
    public boolean isPending() {
        Inspection inspection = message;
        return inspection != null && inspection.isPending();
    }

    @Override
    public void flush() {
        Inspection inspection = message;
        if (inspection != null) {
            inspection.flush();
        }
    }

    /** Ends the message that is under way, if there is one. */
    @Override
    public void end() {
        Inspection inspection = message;
        if (inspection != null) {
            inspection.end();
            close();
        }
    }

    @Override
    public void close() {
        Inspection inspection = message;
        if (inspection != null) {
            message = null;
            inspection.close();
        }
    }
}
