package clawsec.http.h2;

import clawsec.http.Fields;
import clawsec.http.hpack.HpackEncoder;
import clawsec.http.hpack.HpackLimits;
import clawsec.http.hpack.HpackLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One end of a connection (RFC 9113 §5): takes the frames of the peer in order, says what they
 * mean, and makes the frames to be sent, which have to be sent in the order they were asked for.
 *
 * <pre>{@code
 * Http2FrameDecoder ─► receive ─► Http2Event ─► whoever has the stream
 *                         └─► takeReplies: acknowledgements, resets, window updates, GOAWAY
 * head, content, trailers ─► request, response, data, trailers ─► bytes
 * }</pre>
 *
 * <p>Not thread-safe: guarded by the caller's lock, since both directions share windows and
 * streams.
 */
public final class Http2Endpoint {
    private static final int FIRST_STREAM = 1;

    /** Window updates as small as this are put up with while there is content to take. */
    private static final int LEAST_STEP_BYTES = 256;

    private final ConnectionState state;
    private final FrameReceiver receiver;
    private final HpackEncoder encoder;
    private final HpackLimits hpackLimits;
    private final Http2Limits frameLimits;

    private Http2Endpoint(
            boolean isServer,
            Http2Limits frameLimits,
            Http2StreamLimits limits,
            HpackLimits hpackLimits) {
        this.state = new ConnectionState(isServer, limits);
        this.frameLimits = frameLimits;
        this.hpackLimits = hpackLimits;
        this.encoder = new HpackEncoder(hpackLimits.tableBytes());
        this.receiver = new FrameReceiver(state, hpackLimits, encoder);
    }

    /** The end that a client is connected to. */
    public static Http2Endpoint server(
            Http2Limits frameLimits, Http2StreamLimits limits, HpackLimits hpackLimits) {
        return new Http2Endpoint(true, frameLimits, limits, hpackLimits);
    }

    /** The end that is connected to an origin. */
    public static Http2Endpoint client(
            Http2Limits frameLimits, Http2StreamLimits limits, HpackLimits hpackLimits) {
        return new Http2Endpoint(false, frameLimits, limits, hpackLimits);
    }

    /** What is sent before anything else: the preface of a client, SETTINGS, and a window. */
    public byte[] begin() {
        if (!state.isServer) {
            state.reply(Http2FrameDecoder.PREFACE.getBytes(StandardCharsets.US_ASCII));
        }
        List<Http2Setting> settings = new ArrayList<>();
        settings.add(new Http2Setting(Http2Setting.HEADER_TABLE_SIZE, hpackLimits.tableBytes()));
        settings.add(
                state.isServer
                        ? new Http2Setting(Http2Setting.ENABLE_CONNECT_PROTOCOL, 1)
                        : new Http2Setting(Http2Setting.ENABLE_PUSH, 0));
        settings.add(new Http2Setting(Http2Setting.MAX_CONCURRENT_STREAMS, state.limits.streams()));
        settings.add(
                new Http2Setting(
                        Http2Setting.INITIAL_WINDOW_SIZE, state.limits.streamWindowBytes()));
        settings.add(new Http2Setting(Http2Setting.MAX_FRAME_SIZE, frameLimits.frameBytes()));
        settings.add(new Http2Setting(Http2Setting.MAX_HEADER_LIST_SIZE, hpackLimits.listBytes()));
        state.reply(Http2FrameEncoder.settings(settings));
        int more = state.limits.connectionWindowBytes() - Http2StreamLimits.FIRST_WINDOW_BYTES;
        if (more > 0) {
            state.reply(Http2FrameEncoder.windowUpdate(0, more));
        }
        return state.takeReplies();
    }

    /**
     * Takes over a connection of HTTP/1.1 whose request asked for it: that is stream 1 now, and its
     * client has sent all of it (RFC 7540 §3.2, which RFC 9113 no longer has).
     *
     * @param settings the payload of HTTP2-Settings
     * @return false when that is none
     */
    public boolean upgrade(byte[] settings) {
        Optional<List<Http2Setting>> first = FrameRules.settings(settings, frameLimits);
        if (first.isEmpty() || receiver.apply(first.get()).isPresent()) {
            return false;
        }
        Http2Stream stream = state.open(FIRST_STREAM);
        stream.hasHead = true;
        stream.isClosedByPeer = true;
        return true;
    }

    /** What a frame means; nothing any more once the connection is broken. */
    public Http2Event receive(Http2Frame frame) {
        return state.isBroken ? Http2Event.NOTHING : receiver.receive(frame);
    }

    /** Frames that {@link #receive}, {@link #consumed} and the like made; empty when none. */
    public byte[] takeReplies() {
        return state.takeReplies();
    }

    /**
     * Content was dealt with, so that the peer may send as much again.
     *
     * @param streamId 0 for the connection's window, which is apart: content that waits for whoever
     *     has its stream should not hold up other streams
     */
    public void consumed(int streamId, int flowBytes) {
        if (streamId == 0) {
            state.giveBack(flowBytes);
            return;
        }
        Http2Stream stream = state.stream(streamId);
        if (stream != null && !stream.isClosedByPeer) {
            stream.unannouncedBytes += flowBytes;
            if (stream.unannouncedBytes >= stream.window / 2) {
                int increment = stream.unannouncedBytes + growth(stream);
                state.reply(Http2FrameEncoder.windowUpdate(streamId, increment));
                stream.receiveWindow += increment;
                stream.unannouncedBytes = 0;
            }
        }
    }

    /**
     * A window holds up a long stream over a long way. It grows with a stream that is read as fast
     * as it comes, so that nothing waits although more may.
     */
    private int growth(Http2Stream stream) {
        boolean isReadAtOnce = stream.receiveWindow + stream.unannouncedBytes == stream.window;
        int most = state.limits.mostStreamWindowBytes();
        if (!isReadAtOnce || stream.window >= most || !stream.isLong()) {
            return 0;
        }
        int growth = Math.min(stream.window, most - stream.window);
        stream.window += growth;
        return growth;
    }

    /** Whether a stream is there: not both ends have finished it, and none gave it up. */
    public boolean isOpen(int streamId) {
        return state.stream(streamId) != null;
    }

    /** How many streams a client may open now. */
    public int openableStreams() {
        boolean mayOpen =
                !state.isBroken
                        && !state.peerIsLeaving
                        && state.goingAwayAfter == Integer.MAX_VALUE
                        && state.lastStreamId < Integer.MAX_VALUE - 2 * state.limits.streams();
        int most = Math.min(state.peerStreams, state.limits.streams());
        return mayOpen ? Math.max(0, most - state.streamCount()) : 0;
    }

    /** Whether the origin takes extended CONNECT (RFC 8441 §3). */
    public boolean takesProtocols() {
        return state.peerTakesProtocols;
    }

    /** Streams that are open. */
    public int streamCount() {
        return state.streamCount();
    }

    /** The highest stream that was opened. */
    public int lastStreamId() {
        return state.lastStreamId;
    }

    /**
     * Opens a stream; the caller asked {@link #openableStreams}.
     *
     * @return its header block's frames; its number is {@link #lastStreamId} now
     */
    public byte[] request(FieldSection.Request request, boolean endsStream) {
        int id = state.lastStreamId == 0 ? FIRST_STREAM : state.lastStreamId + 2;
        Http2Stream stream = state.open(id);
        stream.answersHead = request.head().method().equals("HEAD");
        return block(stream, FieldSectionWriter.request(request), endsStream);
    }

    /** The frames of a response's head; none when the stream has ended meanwhile. */
    public byte[] response(int streamId, FieldSection.Response response, boolean endsStream) {
        return block(streamId, FieldSectionWriter.response(response), endsStream);
    }

    /** The frames of trailers, which end the stream; none when it has ended meanwhile. */
    public byte[] trailers(int streamId, Fields fields) {
        return block(streamId, FieldSectionWriter.trailers(fields), true);
    }

    private byte[] block(int streamId, List<HpackLine> lines, boolean endsStream) {
        Http2Stream stream = state.stream(streamId);
        return stream == null || stream.isClosedByUs
                ? new byte[0]
                : block(stream, lines, endsStream);
    }

    private byte[] block(Http2Stream stream, List<HpackLine> lines, boolean endsStream) {
        byte[] frames =
                Http2FrameEncoder.headers(
                        stream.id, encoder.encode(lines), endsStream, state.peerFrameBytes);
        if (endsStream) {
            closeByUs(stream);
        }
        return frames;
    }

    /** Whether a stream is there to be written to. */
    public boolean isWritable(int streamId) {
        Http2Stream stream = state.stream(streamId);
        return stream != null && !stream.isClosedByUs && !state.isBroken;
    }

    /** How much content one frame of a stream may have now; 0 when it has to wait. */
    public int sendableBytes(int streamId) {
        Http2Stream stream = state.stream(streamId);
        if (stream == null) {
            return 0;
        }
        long window = Math.min(state.sendWindow, stream.sendWindow);
        return (int) Math.clamp(window, 0, state.peerFrameBytes);
    }

    /**
     * The head of a DATA frame; its content has to follow at once.
     *
     * @param length at most {@link #sendableBytes}
     */
    public byte[] data(int streamId, int length, boolean endsStream) {
        Http2Stream stream = state.stream(streamId);
        if (stream == null
                || stream.isClosedByUs
                || length > Math.max(0, sendableBytes(streamId))) {
            throw new IllegalStateException(
                    "content of " + length + " bytes on stream " + streamId);
        }
        state.sendWindow -= length;
        stream.sendWindow -= length;
        // Who takes content may say so for the stream and the connection, in small steps too.
        state.patience.restore(length > 0 ? 2 + length / LEAST_STEP_BYTES : 0);
        if (endsStream) {
            closeByUs(stream);
        }
        return Http2FrameEncoder.dataHead(streamId, length, endsStream);
    }

    private void closeByUs(Http2Stream stream) {
        stream.isClosedByUs = true;
        state.closeIfDone(stream);
    }

    /** Gives a stream up, if it is there. */
    public void reset(int streamId, Http2Error error) {
        reset(streamId, error.code());
    }

    /** The same with the code that the other side gave. */
    public void reset(int streamId, long code) {
        if (state.stream(streamId) != null) {
            state.reset(streamId, code);
        }
    }

    /** Takes no more streams than there are; those go on. */
    public void goAway() {
        if (state.goingAwayAfter == Integer.MAX_VALUE) {
            state.goingAwayAfter = state.lastStreamId;
            int last = state.isServer ? state.lastStreamId : 0;
            state.reply(Http2FrameEncoder.goAway(last, Http2Error.NO_ERROR.code(), ""));
        }
    }
}
