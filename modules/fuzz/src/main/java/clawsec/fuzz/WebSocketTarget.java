package clawsec.fuzz;

import clawsec.http.ws.FrameDecoder;
import clawsec.http.ws.FrameEvent;
import java.nio.ByteBuffer;
import java.util.List;

/** The frames of one direction of a WebSocket. */
public final class WebSocketTarget {
    private WebSocketTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Cuts.sameHoweverCut(input, 0, WebSocketTarget::read);
    }

    private static List<String> read(List<ByteBuffer> pieces) {
        FrameDecoder decoder = new FrameDecoder();
        Transcript transcript = new Transcript();
        for (ByteBuffer piece : pieces) {
            long most = 16L + 4L * piece.remaining();
            FrameEvent event = decoder.poll(piece);
            while (!(event instanceof FrameEvent.NeedsInput)) {
                if (--most < 0) {
                    throw new IllegalStateException("events without end");
                }
                switch (event) {
                    case FrameEvent.Payload payload ->
                            transcript.content("payload", payload.bytes());
                    case FrameEvent.Control control ->
                            transcript.content("control", control.bytes());
                    case FrameEvent.Malformed malformed -> {
                        transcript.note(malformed);
                        return transcript.whole();
                    }
                    case FrameEvent.Reserved _,
                            FrameEvent.MessageStart _,
                            FrameEvent.MessageEnd _,
                            FrameEvent.NeedsInput _ ->
                            transcript.note(event);
                }
                event = decoder.poll(piece);
            }
        }
        return transcript.whole();
    }
}
