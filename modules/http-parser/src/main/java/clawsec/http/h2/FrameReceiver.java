package clawsec.http.h2;

import clawsec.http.Fields;
import clawsec.http.Violation;
import clawsec.http.hpack.HpackDecoder;
import clawsec.http.hpack.HpackEncoder;
import clawsec.http.hpack.HpackLimits;
import clawsec.http.hpack.HpackLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a frame means where it stands (RFC 9113 §5, §6). Confined to its {@link Http2Endpoint}. */
final class FrameReceiver {
    private static final int LEAST_INCREMENT = 1_024; // a smaller one is hardly worth its frame

    private final ConnectionState state;
    private final HpackLimits hpackLimits;
    private final HpackDecoder decoder;
    private final HpackEncoder encoder;
    private final DataPieces pieces = new DataPieces();

    FrameReceiver(ConnectionState state, HpackLimits hpackLimits, HpackEncoder encoder) {
        this.state = state;
        this.hpackLimits = hpackLimits;
        this.decoder = new HpackDecoder(hpackLimits);
        this.encoder = encoder;
    }

    Http2Event receive(Http2Frame frame) {
        return switch (frame) {
            case Http2Frame.HeaderBlock block -> headerBlock(block);
            case Http2Frame.Data data -> data(data);
            case Http2Frame.Reset reset -> reset(reset);
            case Http2Frame.Settings settings -> settings(settings);
            case Http2Frame.WindowUpdate update -> windowUpdate(update);
            case Http2Frame.Ping ping -> {
                state.reply(Http2FrameEncoder.pingAck(ping.data()));
                yield useless();
            }
            case Http2Frame.GoAway away -> {
                state.peerIsLeaving = true;
                yield new Http2Event.GoingAway(away.lastStreamId(), away.code(), away.debug());
            }
            case Http2Frame.Malformed malformed ->
                    malformed.streamId() == 0
                            ? state.breakConnection(malformed.error(), malformed.violation())
                            : broken(malformed);
            case Http2Frame.SettingsAck _, Http2Frame.PingAck _, Http2Frame.Ignored _ -> useless();
            case Http2Frame.NeedsInput _ -> Http2Event.NOTHING;
        };
    }

    private Http2Event useless() {
        return state.spend(Patience.USELESS_FRAME).orElse(Http2Event.NOTHING);
    }

    /** A frame that by itself ends its stream, which may have ended anyway. */
    private Http2Event broken(Http2Frame.Malformed malformed) {
        return state.stream(malformed.streamId()) == null
                ? useless()
                : state.breakStream(malformed.streamId(), malformed.error(), malformed.violation());
    }

    private Http2Event headerBlock(Http2Frame.HeaderBlock frame) {
        // RFC 9113 §4.3: whatever becomes of the stream, the tables must see the block.
        List<HpackLine> lines = new ArrayList<>();
        byte[] block = frame.block();
        Optional<Violation> violation = decoder.decode(block, 0, block.length, lines::add);
        if (violation.isPresent()) {
            return state.breakConnection(Http2Error.COMPRESSION_ERROR, violation.get());
        }
        Http2Stream stream = state.stream(frame.streamId());
        if (stream != null) {
            return furtherBlock(stream, lines, frame.endsStream());
        }
        if (state.wasReset(frame.streamId())) {
            return useless();
        }
        return state.isServer && frame.streamId() > state.lastStreamId
                ? newStream(frame, lines)
                : unexpected(frame.streamId());
    }

    /** RFC 9113 §5.1.1: numbers go up, are odd, and are not used again. */
    private Http2Event unexpected(int streamId) {
        return state.breakConnection(
                Http2Error.PROTOCOL_ERROR,
                "§5.1.1",
                "header block on stream " + streamId + ", the last is " + state.lastStreamId);
    }

    private Http2Event newStream(Http2Frame.HeaderBlock frame, List<HpackLine> lines) {
        int id = frame.streamId();
        if (id % 2 == 0) {
            return unexpected(id);
        }
        if (id > state.goingAwayAfter) {
            // RFC 9113 §6.8: they were told, and will try elsewhere.
            state.lastStreamId = id;
            return useless();
        }
        if (state.streamCount() >= state.limits.streams()) {
            state.lastStreamId = id;
            return state.breakStream(
                    id,
                    Http2Error.REFUSED_STREAM,
                    "§5.1.2",
                    "more than " + state.limits.streams() + " streams at once");
        }
        Http2Stream stream = state.open(id);
        stream.hasHead = true;
        stream.isClosedByPeer = frame.endsStream();
        if (decoder.isListTooLong()) {
            return new Http2Event.TooLarge(
                    id,
                    new Violation(
                            431,
                            "RFC 9113 §10.5.1",
                            "header list exceeds "
                                    + hpackLimits.listBytes()
                                    + " bytes or "
                                    + hpackLimits.lines()
                                    + " lines"));
        }
        return switch (FieldSectionReader.request(lines)) {
            case FieldSection.Request request -> {
                Fields fields = request.head().fields();
                yield isFramedWell(stream, fields, frame.endsStream())
                        ? new Http2Event.Request(id, request, frame.endsStream())
                        : wrongLength(stream);
            }
            case FieldSection.Malformed malformed ->
                    state.breakStream(id, Http2Error.PROTOCOL_ERROR, malformed.violation());
            case FieldSection other -> throw new IllegalStateException("a request is " + other);
        };
    }

    /** RFC 9113 §8.1.1: content is as long as the head says, which may be known already. */
    private static boolean isFramedWell(Http2Stream stream, Fields fields, boolean endsStream) {
        fields.first("content-length").map(Long::parseLong).ifPresent(stream::expect);
        return !endsStream || stream.isComplete();
    }

    private Http2Event wrongLength(Http2Stream stream) {
        return state.breakStream(
                stream.id, Http2Error.PROTOCOL_ERROR, "§8.1.1", "content not of Content-Length");
    }

    /** A response, or trailers of either. */
    private Http2Event furtherBlock(Http2Stream stream, List<HpackLine> lines, boolean endsStream) {
        if (stream.isClosedByPeer) {
            return state.breakStream(
                    stream.id, Http2Error.STREAM_CLOSED, "§5.1", "header block after the end");
        }
        if (decoder.isListTooLong()) {
            return state.breakStream(
                    stream.id,
                    Http2Error.ENHANCE_YOUR_CALM,
                    "§10.5.1",
                    "header list exceeds " + hpackLimits.listBytes() + " bytes");
        }
        return stream.hasHead
                ? trailers(stream, lines, endsStream)
                : response(stream, lines, endsStream);
    }

    private Http2Event trailers(Http2Stream stream, List<HpackLine> lines, boolean endsStream) {
        // RFC 9113 §8.1: trailers end the stream.
        if (!endsStream) {
            return state.breakStream(
                    stream.id, Http2Error.PROTOCOL_ERROR, "§8.1", "trailers that are not the end");
        }
        return switch (FieldSectionReader.trailers(lines, state.isServer)) {
            case FieldSection.Trailers trailers -> {
                if (!stream.isComplete()) {
                    yield wrongLength(stream);
                }
                closeByPeer(stream);
                yield new Http2Event.Trailers(stream.id, trailers.fields());
            }
            case FieldSection.Malformed malformed ->
                    state.breakStream(stream.id, Http2Error.PROTOCOL_ERROR, malformed.violation());
            case FieldSection other -> throw new IllegalStateException("trailers are " + other);
        };
    }

    private Http2Event response(Http2Stream stream, List<HpackLine> lines, boolean endsStream) {
        return switch (FieldSectionReader.response(lines)) {
            case FieldSection.Response response -> {
                boolean isInterim = response.head().isInterim();
                stream.hasHead = !isInterim;
                int status = response.head().status();
                stream.answersHead |= status == 204 || status == 304;
                // RFC 9113 §8.1: an interim response is no end.
                if (isInterim && endsStream) {
                    yield state.breakStream(
                            stream.id,
                            Http2Error.PROTOCOL_ERROR,
                            "§8.1",
                            "an interim response that ends the stream");
                }
                if (!isInterim && !isFramedWell(stream, response.head().fields(), endsStream)) {
                    yield wrongLength(stream);
                }
                if (endsStream) {
                    closeByPeer(stream);
                }
                yield isInterim && !state.patience.spend(Patience.USELESS_FRAME)
                        ? useless()
                        : new Http2Event.Response(stream.id, response, endsStream);
            }
            case FieldSection.Malformed malformed ->
                    state.breakStream(stream.id, Http2Error.PROTOCOL_ERROR, malformed.violation());
            case FieldSection other -> throw new IllegalStateException("a response is " + other);
        };
    }

    private void closeByPeer(Http2Stream stream) {
        stream.isClosedByPeer = true;
        state.closeIfDone(stream);
    }

    private Http2Event data(Http2Frame.Data data) {
        boolean hasContent = pieces.hasContent(data);
        // RFC 9113 §6.9: frames of any stream, known or not, take from the connection's window.
        state.receiveWindow -= data.flowBytes();
        if (state.receiveWindow < 0) {
            return state.breakConnection(
                    Http2Error.FLOW_CONTROL_ERROR,
                    "§6.9.1",
                    "more than the connection's window of " + state.limits.connectionWindowBytes());
        }
        Http2Stream stream = state.stream(data.streamId());
        if (stream == null || stream.isClosedByPeer || !stream.hasHead) {
            state.giveBack(data.flowBytes());
            return strayData(data, stream);
        }
        stream.receiveWindow -= data.flowBytes();
        if (stream.receiveWindow < 0) {
            return givenBack(
                    data,
                    state.breakStream(
                            stream.id,
                            Http2Error.FLOW_CONTROL_ERROR,
                            "§6.9.1",
                            "more than the stream's window of "
                                    + state.limits.streamWindowBytes()));
        }
        int content = data.bytes().remaining();
        if (!stream.receive(content) || (data.endsStream() && !stream.isComplete())) {
            return givenBack(data, wrongLength(stream));
        }
        if (data.endsFrame() && hasContent) {
            state.patience.restore(Patience.USELESS_FRAME);
        } else if (data.endsFrame() && !data.endsStream()) {
            Optional<Http2Event> end = state.spend(2 * Patience.USELESS_FRAME);
            if (end.isPresent()) {
                return end.get();
            }
        }
        if (data.endsStream()) {
            closeByPeer(stream);
        }
        return new Http2Event.Content(
                data.streamId(), data.bytes(), data.flowBytes(), data.endsStream());
    }

    /** What nobody is going to deal with is free again for others. */
    private Http2Event givenBack(Http2Frame.Data data, Http2Event event) {
        pieces.breakStream(data);
        state.giveBack(data.flowBytes());
        return event;
    }

    private Http2Event strayData(Http2Frame.Data data, @Nullable Http2Stream of) {
        int streamId = data.streamId();
        if (of != null) {
            pieces.breakStream(data);
            return state.breakStream(
                    streamId,
                    of.isClosedByPeer ? Http2Error.STREAM_CLOSED : Http2Error.PROTOCOL_ERROR,
                    "§5.1",
                    of.isClosedByPeer ? "content after the end" : "content before the head");
        }
        if (isIdle(streamId)) {
            return idle("content", streamId);
        }
        return pieces.endsUselessFrame(data) ? useless() : Http2Event.NOTHING;
    }

    private boolean isIdle(int streamId) {
        return streamId > state.lastStreamId || streamId % 2 == 0;
    }

    /** RFC 9113 §5.1: nothing but a header block may come first. */
    private Http2Event idle(String what, int streamId) {
        return state.breakConnection(
                Http2Error.PROTOCOL_ERROR, "§5.1", what + " on idle stream " + streamId);
    }

    private Http2Event reset(Http2Frame.Reset reset) {
        if (isIdle(reset.streamId())) {
            return idle("reset", reset.streamId());
        }
        Http2Stream stream = state.stream(reset.streamId());
        if (stream == null) {
            return useless();
        }
        state.drop(reset.streamId());
        // A server that gives up its own answers costs nobody anything.
        Optional<Http2Event> end =
                state.isServer ? state.spend(Patience.BROKEN_STREAM) : Optional.empty();
        return end.orElse(new Http2Event.Reset(reset.streamId(), reset.code()));
    }

    private Http2Event settings(Http2Frame.Settings settings) {
        Optional<Http2Event> broken = apply(settings.settings());
        if (broken.isPresent()) {
            return broken.get();
        }
        state.reply(Http2FrameEncoder.settingsAck());
        return state.spend(Patience.SETTINGS).orElse(new Http2Event.WindowGrew(0));
    }

    /** Does what the peer's settings say; gives the end of the connection where it cannot. */
    Optional<Http2Event> apply(List<Http2Setting> settings) {
        for (Http2Setting setting : settings) {
            long value = setting.value();
            switch (setting.id()) {
                case Http2Setting.HEADER_TABLE_SIZE ->
                        encoder.peerTableBytes((int) Math.min(value, Integer.MAX_VALUE));
                case Http2Setting.MAX_CONCURRENT_STREAMS ->
                        state.peerStreams = (int) Math.min(value, Integer.MAX_VALUE);
                case Http2Setting.MAX_FRAME_SIZE -> state.peerFrameBytes = (int) value;
                case Http2Setting.ENABLE_CONNECT_PROTOCOL -> state.peerTakesProtocols = value == 1;
                case Http2Setting.INITIAL_WINDOW_SIZE -> {
                    Optional<Http2Event> broken = firstWindow(value);
                    if (broken.isPresent()) {
                        return broken;
                    }
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    /** RFC 9113 §6.9.2: it changes the windows of all streams, by the difference. */
    private Optional<Http2Event> firstWindow(long bytes) {
        long difference = bytes - state.peerFirstWindow;
        state.peerFirstWindow = bytes;
        for (Http2Stream stream : state.streams()) {
            stream.sendWindow += difference;
            if (stream.sendWindow > ConnectionState.MOST_WINDOW) {
                return Optional.of(
                        state.breakConnection(
                                Http2Error.FLOW_CONTROL_ERROR,
                                "§6.9.2",
                                "a window of stream " + stream.id + " beyond 2147483647"));
            }
        }
        return Optional.empty();
    }

    private Http2Event windowUpdate(Http2Frame.WindowUpdate update) {
        int id = update.streamId();
        if (update.increment() < LEAST_INCREMENT) {
            Optional<Http2Event> end = state.spend(Patience.USELESS_FRAME);
            if (end.isPresent()) {
                return end.get();
            }
        }
        if (id == 0) {
            state.sendWindow += update.increment();
            return state.sendWindow > ConnectionState.MOST_WINDOW
                    ? state.breakConnection(
                            Http2Error.FLOW_CONTROL_ERROR,
                            "§6.9.1",
                            "a window of the connection beyond 2147483647")
                    : new Http2Event.WindowGrew(0);
        }
        if (isIdle(id)) {
            return idle("window update", id);
        }
        Http2Stream stream = state.stream(id);
        if (stream == null) {
            return useless();
        }
        stream.sendWindow += update.increment();
        return stream.sendWindow > ConnectionState.MOST_WINDOW
                ? state.breakStream(
                        id,
                        Http2Error.FLOW_CONTROL_ERROR,
                        "§6.9.1",
                        "a window of the stream beyond 2147483647")
                : new Http2Event.WindowGrew(id);
    }
}
