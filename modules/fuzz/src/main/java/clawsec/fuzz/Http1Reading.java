package clawsec.fuzz;

import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Reads messages of HTTP/1.1 to their end, and writes each head anew, which must go. */
final class Http1Reading {
    private final Transcript transcript = new Transcript();
    private final Function<ByteBuffer, Http1Event> decoder;

    Http1Reading(Function<ByteBuffer, Http1Event> decoder) {
        this.decoder = decoder;
    }

    List<String> read(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            long most = 16L + 4L * piece.remaining();
            Http1Event event = decoder.apply(piece);
            while (!(event instanceof Http1Event.NeedsInput)) {
                if (--most < 0) {
                    throw new IllegalStateException("events without end");
                }
                if (!note(event)) {
                    return transcript.whole();
                }
                event = decoder.apply(piece);
            }
            if (piece.hasRemaining()) {
                throw new IllegalStateException("input left when asking for more");
            }
        }
        return transcript.whole();
    }

    /** False where nothing follows. */
    private boolean note(Http1Event event) {
        switch (event) {
            case Http1Event.Content content -> transcript.content("content", content.bytes());
            case Http1Event.Request request -> {
                Http1Encoder.encode(request.head());
                transcript.note(event);
            }
            case Http1Event.Response response -> {
                Http1Encoder.encode(response.head());
                transcript.note(event);
                return !(response.framing() instanceof Framing.Tunnel);
            }
            case Http1Event.End end -> {
                Http1Encoder.lastChunk(end.trailers());
                transcript.note(event);
            }
            case Http1Event.Malformed _ -> {
                transcript.note(event);
                return false;
            }
            case Http1Event.NeedsInput _ -> throw new IllegalStateException("noted above");
        }
        return true;
    }
}
