package clawsec.fuzz;

import clawsec.http.h2.Http2Endpoint;
import clawsec.http.h2.Http2Event;
import clawsec.http.h2.Http2Frame;
import clawsec.http.h2.Http2FrameDecoder;
import clawsec.http.h2.Http2StreamLimits;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Reads frames of HTTP/2, hands them to an endpoint, and gives back what was consumed. */
final class Http2Reading {
    static final Http2StreamLimits LIMITS = new Http2StreamLimits(4, 65_535, 65_535, 50);

    private final Transcript transcript = new Transcript();
    private final Http2FrameDecoder decoder;
    private final Http2Endpoint endpoint;

    Http2Reading(Http2FrameDecoder decoder, Http2Endpoint endpoint) {
        this.decoder = decoder;
        this.endpoint = endpoint;
    }

    List<String> read(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            long most = 16L + 4L * piece.remaining();
            Http2Frame frame = decoder.poll(piece);
            while (!(frame instanceof Http2Frame.NeedsInput)) {
                if (--most < 0) {
                    throw new IllegalStateException("frames without end");
                }
                if (!receive(frame)) {
                    return transcript.whole();
                }
                frame = decoder.poll(piece);
            }
            if (piece.hasRemaining()) {
                throw new IllegalStateException("input left when asking for more");
            }
        }
        return transcript.whole();
    }

    /** False where nothing follows. */
    private boolean receive(Http2Frame frame) {
        Http2Event event = endpoint.receive(frame);
        switch (event) {
            case Http2Event.Content content -> {
                transcript.content("content " + content.streamId(), content.bytes());
                if (content.endsStream()) {
                    transcript.note("end " + content.streamId());
                }
                endpoint.consumed(content.streamId(), content.flowBytes());
            }
            case Http2Event.Nothing _ -> {}
            case Http2Event.Request _,
                    Http2Event.Response _,
                    Http2Event.Trailers _,
                    Http2Event.Reset _,
                    Http2Event.StreamBroken _,
                    Http2Event.TooLarge _,
                    Http2Event.WindowGrew _,
                    Http2Event.GoingAway _,
                    Http2Event.Broken _ ->
                    transcript.note(event);
        }
        if (endpoint.streamCount() > LIMITS.streams() + 1) {
            throw new IllegalStateException(endpoint.streamCount() + " streams");
        }
        byte[] replies = endpoint.takeReplies();
        // windows are given back a piece at a time, so only frames that stand alone are compared
        if (event instanceof Http2Event.Broken) {
            transcript.note(HexFormat.of().formatHex(replies, 0, Math.min(9, replies.length)));
            return false;
        }
        return true;
    }
}
