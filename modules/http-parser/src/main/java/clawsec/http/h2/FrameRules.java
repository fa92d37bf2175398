package clawsec.http.h2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a frame has to be like by itself (RFC 9113 §6), whatever came before it. No state. */
final class FrameRules {
    static final int PRIORITY_BYTES = 5;
    static final int GOAWAY_BYTES = 8;

    private static final int SETTING_BYTES = 6;
    private static final int PING_BYTES = 8;
    private static final int WORD_BYTES = 4;

    private FrameRules() {}

    /** What the head of a frame tells; empty for nothing wrong. */
    static Optional<FrameProblem> headProblem(FrameHead head, Http2Limits limits) {
        boolean isOfStream = head.streamId() != 0;
        return switch (head.type()) {
            case FrameHead.DATA ->
                    stream(head, isOfStream, "§6.1").or(() -> padding(head, 1, "§6.1"));
            case FrameHead.HEADERS -> {
                int least = head.has(FrameHead.HAS_PRIORITY) ? 1 + PRIORITY_BYTES : 1;
                yield stream(head, isOfStream, "§6.2")
                        .or(() -> padding(head, least, "§6.2"))
                        .or(() -> priority(head));
            }
            case FrameHead.PRIORITY -> stream(head, isOfStream, "§6.3");
            case FrameHead.RST_STREAM ->
                    stream(head, isOfStream, "§6.4").or(() -> exactly(head, WORD_BYTES, "§6.4"));
            case FrameHead.SETTINGS ->
                    stream(head, !isOfStream, "§6.5").or(() -> settings(head, limits));
            // RFC 9113 §8.4: pushing was refused with the first SETTINGS, and a client never may.
            case FrameHead.PUSH_PROMISE ->
                    Optional.of(
                            FrameProblem.ofConnection(
                                    Http2Error.PROTOCOL_ERROR, "§8.4", "server push"));
            case FrameHead.PING ->
                    stream(head, !isOfStream, "§6.7").or(() -> exactly(head, PING_BYTES, "§6.7"));
            case FrameHead.GOAWAY ->
                    stream(head, !isOfStream, "§6.8").or(() -> atLeast(head, GOAWAY_BYTES, "§6.8"));
            case FrameHead.WINDOW_UPDATE -> exactly(head, WORD_BYTES, "§6.9");
            case FrameHead.CONTINUATION -> stream(head, isOfStream, "§6.10");
            // RFC 9113 §5.5: frames of unknown types are ignored.
            default -> Optional.empty();
        };
    }

    /** What a payload tells; empty for nothing wrong. */
    static Optional<FrameProblem> payloadProblem(FrameHead head, byte[] payload) {
        return switch (head.type()) {
            case FrameHead.HEADERS -> headersProblem(head, payload);
            // RFC 9113 §6.3: the error of the stream alone.
            case FrameHead.PRIORITY ->
                    head.length() == PRIORITY_BYTES
                            ? Optional.empty()
                            : Optional.of(size(head, head.streamId(), "§6.3"));
            case FrameHead.SETTINGS -> settingsProblem(settings(payload, head.length()));
            case FrameHead.WINDOW_UPDATE -> {
                // RFC 9113 §6.9: the error of the stream, or of the connection.
                boolean isNothing = (Octets.integer(payload, 0) & ~(1 << 31)) == 0;
                yield isNothing
                        ? Optional.of(
                                new FrameProblem(
                                        head.streamId(),
                                        Http2Error.PROTOCOL_ERROR,
                                        "§6.9",
                                        "window update of 0"))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** The settings of a whole payload; empty when it is none (RFC 9113 §6.5). */
    static Optional<List<Http2Setting>> settings(byte[] payload, Http2Limits limits) {
        FrameHead head = new FrameHead(payload.length, FrameHead.SETTINGS, 0, 0);
        if (settings(head, limits).isPresent()) {
            return Optional.empty();
        }
        List<Http2Setting> settings = settings(payload, payload.length);
        return settingsProblem(settings).isPresent() ? Optional.empty() : Optional.of(settings);
    }

    /** The settings of a payload of which the length is right. */
    static List<Http2Setting> settings(byte[] payload, int length) {
        List<Http2Setting> settings = new ArrayList<>();
        for (int at = 0; at < length; at += SETTING_BYTES) {
            int id = (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
            settings.add(new Http2Setting(id, Octets.unsigned(payload, at + 2)));
        }
        return settings;
    }

    private static Optional<FrameProblem> stream(FrameHead head, boolean isRight, String section) {
        return isRight
                ? Optional.empty()
                : Optional.of(
                        FrameProblem.ofConnection(
                                Http2Error.PROTOCOL_ERROR,
                                section,
                                "frame of type " + head.type() + " on stream " + head.streamId()));
    }

    private static Optional<FrameProblem> padding(FrameHead head, int least, String section) {
        return head.has(FrameHead.PADDED) ? atLeast(head, least, section) : Optional.empty();
    }

    private static Optional<FrameProblem> priority(FrameHead head) {
        return head.has(FrameHead.HAS_PRIORITY)
                ? atLeast(head, PRIORITY_BYTES, "§6.2")
                : Optional.empty();
    }

    private static Optional<FrameProblem> exactly(FrameHead head, int length, String section) {
        return head.length() == length ? Optional.empty() : Optional.of(size(head, 0, section));
    }

    private static Optional<FrameProblem> atLeast(FrameHead head, int length, String section) {
        return head.length() >= length ? Optional.empty() : Optional.of(size(head, 0, section));
    }

    private static FrameProblem size(FrameHead head, int streamId, String section) {
        return new FrameProblem(
                streamId,
                Http2Error.FRAME_SIZE_ERROR,
                section,
                "frame of type " + head.type() + " of " + head.length() + " bytes");
    }

    private static Optional<FrameProblem> settings(FrameHead head, Http2Limits limits) {
        if (head.has(FrameHead.ACK)) {
            return exactly(head, 0, "§6.5");
        }
        if (head.length() % SETTING_BYTES != 0) {
            return Optional.of(size(head, 0, "§6.5"));
        }
        int count = head.length() / SETTING_BYTES;
        return count <= limits.settings()
                ? Optional.empty()
                : Optional.of(
                        FrameProblem.ofConnection(
                                Http2Error.ENHANCE_YOUR_CALM,
                                "§10.5",
                                count + " settings exceed " + limits.settings()));
    }

    private static Optional<FrameProblem> headersProblem(FrameHead head, byte[] payload) {
        int priority = head.has(FrameHead.HAS_PRIORITY) ? PRIORITY_BYTES : 0;
        boolean isTooLong =
                head.has(FrameHead.PADDED) && (payload[0] & 0xff) > head.length() - 1 - priority;
        return isTooLong
                ? Optional.of(
                        FrameProblem.ofConnection(
                                Http2Error.PROTOCOL_ERROR,
                                "§6.2",
                                "padding of " + (payload[0] & 0xff) + " in " + head.length()))
                : Optional.empty();
    }

    private static Optional<FrameProblem> settingsProblem(List<Http2Setting> settings) {
        for (Http2Setting setting : settings) {
            long value = setting.value();
            boolean isRight =
                    switch (setting.id()) {
                        case Http2Setting.ENABLE_PUSH, Http2Setting.ENABLE_CONNECT_PROTOCOL ->
                                value <= 1;
                        case Http2Setting.INITIAL_WINDOW_SIZE -> value <= Integer.MAX_VALUE;
                        case Http2Setting.MAX_FRAME_SIZE ->
                                value >= Http2Limits.LEAST_FRAME_BYTES
                                        && value <= Http2Limits.MOST_FRAME_BYTES;
                        default -> true;
                    };
            if (!isRight) {
                boolean isWindow = setting.id() == Http2Setting.INITIAL_WINDOW_SIZE;
                return Optional.of(
                        FrameProblem.ofConnection(
                                isWindow
                                        ? Http2Error.FLOW_CONTROL_ERROR
                                        : Http2Error.PROTOCOL_ERROR,
                                "§6.5.2",
                                "setting " + setting.id() + " of " + value));
            }
        }
        return Optional.empty();
    }
}
