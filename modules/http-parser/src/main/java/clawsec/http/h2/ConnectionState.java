package clawsec.http.h2;

import clawsec.http.Violation;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both directions of a connection share: streams, windows, what the peer's settings say, and
 * the frames that wait to be sent. Confined to its {@link Http2Endpoint}.
 */
final class ConnectionState {
    /** Streams that were reset and of which frames may still be on their way. */
    static final int MOST_RESET = 256;

    /** RFC 9113 §6.9.1. */
    static final long MOST_WINDOW = Integer.MAX_VALUE;

    final boolean isServer;
    final Http2StreamLimits limits;
    final Patience patience;
    private final Map<Integer, Http2Stream> streams = new HashMap<>();
    private final LinkedHashSet<Integer> reset = new LinkedHashSet<>();
    private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

    /** The highest stream that was opened, always by the client. */
    int lastStreamId;

    /** Streams above are not opened any more. */
    int goingAwayAfter = Integer.MAX_VALUE;

    /** Whether the peer takes no new streams. */
    boolean peerIsLeaving;

    boolean isBroken;
    int peerStreams = Integer.MAX_VALUE;
    int peerFrameBytes = Http2Limits.LEAST_FRAME_BYTES;
    long peerFirstWindow = Http2StreamLimits.FIRST_WINDOW_BYTES;
    boolean peerTakesProtocols;
    long sendWindow = Http2StreamLimits.FIRST_WINDOW_BYTES;
    long receiveWindow;

    /** What was received and dealt with, of which the peer was not told yet. */
    private int unannouncedBytes;

    ConnectionState(boolean isServer, Http2StreamLimits limits) {
        this.isServer = isServer;
        this.limits = limits;
        this.patience = new Patience(limits.patience());
        this.receiveWindow = limits.connectionWindowBytes();
    }

    @Nullable Http2Stream stream(int id) {
        return streams.get(id);
    }

    Iterable<Http2Stream> streams() {
        return streams.values();
    }

    int streamCount() {
        return streams.size();
    }

    Http2Stream open(int id) {
        Http2Stream stream = new Http2Stream(id, peerFirstWindow, limits.streamWindowBytes());
        streams.put(id, stream);
        lastStreamId = Math.max(lastStreamId, id);
        return stream;
    }

    /** Forgets a stream that both ends have finished. */
    void closeIfDone(Http2Stream stream) {
        if (stream.isClosed()) {
            streams.remove(stream.id);
            patience.restore(Patience.FINISHED_STREAM);
        }
    }

    /** Forgets a stream that the peer gave up. */
    void drop(int id) {
        streams.remove(id);
    }

    /** Whether frames of a stream that is not there may be on their way still. */
    boolean wasReset(int id) {
        return reset.contains(id);
    }

    /** Ends a stream with RST_STREAM. */
    void reset(int id, long code) {
        streams.remove(id);
        reset.add(id);
        if (reset.size() > MOST_RESET) {
            reset.removeFirst();
        }
        reply(Http2FrameEncoder.reset(id, code));
    }

    /** What came in any stream was dealt with: the peer may send as much again, and is told so. */
    void giveBack(int flowBytes) {
        unannouncedBytes += flowBytes;
        if (unannouncedBytes >= limits.connectionWindowBytes() / 2) {
            reply(Http2FrameEncoder.windowUpdate(0, unannouncedBytes));
            receiveWindow += unannouncedBytes;
            unannouncedBytes = 0;
        }
    }

    void reply(byte[] frame) {
        replies.writeBytes(frame);
    }

    byte[] takeReplies() {
        byte[] taken = replies.toByteArray();
        replies.reset();
        return taken;
    }

    /** Ends the connection: GOAWAY is the last that is sent. */
    Http2Event breakConnection(Http2Error error, Violation violation) {
        isBroken = true;
        // RFC 9113 §6.8: a server names the last stream that it may have acted on.
        int last = isServer ? lastStreamId : 0;
        reply(Http2FrameEncoder.goAway(last, error.code(), violation.detail()));
        return new Http2Event.Broken(error, violation);
    }

    Http2Event breakConnection(Http2Error error, String section, String detail) {
        return breakConnection(error, new Violation(400, "RFC 9113 " + section, detail));
    }

    /** Ends a stream that the peer broke. */
    Http2Event breakStream(int id, Http2Error error, Violation violation) {
        reset(id, error.code());
        return spend(Patience.BROKEN_STREAM)
                .orElse(new Http2Event.StreamBroken(id, error, violation));
    }

    Http2Event breakStream(int id, Http2Error error, String section, String detail) {
        return breakStream(id, error, new Violation(400, "RFC 9113 " + section, detail));
    }

    /** Uses patience up; the end of the connection when there is none left. */
    Optional<Http2Event> spend(int amount) {
        return patience.spend(amount)
                ? Optional.empty()
                : Optional.of(
                        breakConnection(
                                Http2Error.ENHANCE_YOUR_CALM,
                                "§10.5",
                                "more than "
                                        + limits.patience()
                                        + " frames without use, the last on stream "
                                        + lastStreamId));
    }
}
