package clawsec.http.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the frames of one direction of a connection (RFC 9113 §4). Content of DATA frames passes in
 * constant memory; every other frame is held until it is whole, within {@link Http2Limits}.
 * Confined to one thread at a time.
 */
public final class Http2FrameDecoder {
    /** RFC 9113 §3.4: what a client sends first. */
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final Http2Frame NEEDS_INPUT = new Http2Frame.NeedsInput();

    /** Of what a peer adds for people, so much is kept. */
    private static final int MAX_DEBUG_BYTES = 256;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Http2Limits limits;
    private final byte[] headBytes = new byte[FrameHead.BYTES];
    private int headCount;

    /** Bytes of the preface that are still to come. */
    private int prefaceLeft;

    private boolean isFirst = true;
    private boolean isBroken;
    private FrameHead head = new FrameHead(0, 0, 0, 0);
    private boolean isInFrame;

    /** Of a frame that is held, what is there. */
    private byte[] payload = {};

    private int payloadCount;

    /** Of a DATA frame: content and padding that are still to come. */
    private int contentLeft;

    private int paddingLeft;
    private boolean isPadLengthDue;
    private final HeaderBlockBuffer headerBlock;

    private Http2FrameDecoder(Http2Limits limits, int prefaceBytes) {
        this.limits = limits;
        this.prefaceLeft = prefaceBytes;
        this.headerBlock = new HeaderBlockBuffer(limits);
    }

    /** A decoder for what a client sends, its preface first. */
    public static Http2FrameDecoder ofClient(Http2Limits limits) {
        return new Http2FrameDecoder(limits, PREFACE.length());
    }

    /** A decoder for what an origin sends. */
    public static Http2FrameDecoder ofOrigin(Http2Limits limits) {
        return new Http2FrameDecoder(limits, 0);
    }

    /** The next frame; consumes what it reads from {@code in}. */
    public Http2Frame poll(ByteBuffer in) {
        while (!isBroken) {
            if (prefaceLeft > 0) {
                if (!in.hasRemaining()) {
                    return NEEDS_INPUT;
                }
                if (in.get() != PREFACE.charAt(PREFACE.length() - prefaceLeft--)) {
                    return malformed(Http2Error.PROTOCOL_ERROR, "§3.4", "no preface of a client");
                }
                continue;
            }
            if (!isInFrame) {
                if (!readHead(in)) {
                    return NEEDS_INPUT;
                }
                Optional<Http2Frame> problem = begin();
                if (problem.isPresent()) {
                    return problem.get();
                }
            }
            Optional<Http2Frame> frame =
                    head.type() == FrameHead.DATA ? readContent(in) : readPayload(in);
            if (frame.isPresent()) {
                return frame.get();
            }
            if (isInFrame) {
                return NEEDS_INPUT;
            }
        }
        in.position(in.limit());
        return NEEDS_INPUT;
    }

    private boolean readHead(ByteBuffer in) {
        int count = Math.min(in.remaining(), FrameHead.BYTES - headCount);
        in.get(headBytes, headCount, count);
        headCount += count;
        if (headCount < FrameHead.BYTES) {
            return false;
        }
        headCount = 0;
        return true;
    }

    /** What is wrong with a frame can be told from its head, mostly. */
    private Optional<Http2Frame> begin() {
        head = FrameHead.read(headBytes);
        isInFrame = true;
        payloadCount = 0;
        // RFC 9113 §3.4: SETTINGS come first, even if empty.
        if (isFirst && (head.type() != FrameHead.SETTINGS || head.has(FrameHead.ACK))) {
            return Optional.of(
                    malformed(
                            Http2Error.PROTOCOL_ERROR,
                            "§3.4",
                            "frame of type " + head.type() + " before SETTINGS"));
        }
        isFirst = false;
        if (head.length() > limits.frameBytes()) {
            return Optional.of(
                    malformed(
                            Http2Error.FRAME_SIZE_ERROR,
                            "§4.2",
                            "frame of " + head.length() + " bytes exceeds " + limits.frameBytes()));
        }
        // RFC 9113 §6.10: nothing comes between the frames of a header block.
        boolean isContinuation = head.type() == FrameHead.CONTINUATION;
        if (isContinuation != headerBlock.isOpen()
                || (isContinuation && head.streamId() != headerBlock.streamId())) {
            return Optional.of(
                    malformed(
                            Http2Error.PROTOCOL_ERROR,
                            "§6.10",
                            "frame of type "
                                    + head.type()
                                    + (headerBlock.isOpen()
                                            ? " within a header block"
                                            : " without a header block")));
        }
        Optional<FrameProblem> problem = FrameRules.headProblem(head, limits);
        if (problem.isPresent()) {
            return Optional.of(malformed(problem.get()));
        }
        if (head.type() == FrameHead.DATA) {
            contentLeft = head.length();
            paddingLeft = 0;
            isPadLengthDue = head.has(FrameHead.PADDED);
        } else if (payload.length < head.length() && isHeld()) {
            payload = new byte[head.length()];
        }
        return Optional.empty();
    }

    /** Whether the payload matters. */
    private boolean isHeld() {
        return head.type() <= FrameHead.CONTINUATION && head.type() != FrameHead.PRIORITY;
    }

    private Optional<Http2Frame> readContent(ByteBuffer in) {
        int flowBytes = 0;
        if (isPadLengthDue) {
            if (!in.hasRemaining()) {
                return Optional.empty();
            }
            paddingLeft = in.get() & 0xff;
            contentLeft -= 1 + paddingLeft;
            isPadLengthDue = false;
            flowBytes = 1;
            // RFC 9113 §6.1: padding is shorter than what there is.
            if (contentLeft < 0) {
                return Optional.of(
                        malformed(
                                Http2Error.PROTOCOL_ERROR,
                                "§6.1",
                                "padding of " + paddingLeft + " bytes in " + head.length()));
            }
        }
        int count = Math.min(contentLeft, in.remaining());
        ByteBuffer bytes = count == 0 ? NOTHING.duplicate() : in.slice(in.position(), count);
        in.position(in.position() + count);
        contentLeft -= count;
        int padding = contentLeft > 0 ? 0 : Math.min(paddingLeft, in.remaining());
        in.position(in.position() + padding);
        paddingLeft -= padding;
        boolean isEnd = contentLeft == 0 && paddingLeft == 0;
        flowBytes += count + padding;
        if (!isEnd && flowBytes == 0) {
            return Optional.empty();
        }
        isInFrame = !isEnd;
        return Optional.of(
                new Http2Frame.Data(
                        head.streamId(),
                        bytes,
                        flowBytes,
                        isEnd,
                        isEnd && head.has(FrameHead.END_STREAM)));
    }

    private Optional<Http2Frame> readPayload(ByteBuffer in) {
        int count = Math.min(head.length() - payloadCount, in.remaining());
        if (isHeld()) {
            in.get(payload, payloadCount, count);
        } else {
            in.position(in.position() + count);
        }
        payloadCount += count;
        if (payloadCount < head.length()) {
            return Optional.empty();
        }
        isInFrame = false;
        Optional<FrameProblem> problem = FrameRules.payloadProblem(head, payload);
        return problem.isPresent() ? Optional.of(malformed(problem.get())) : whole();
    }

    /** The frame whose payload is there; empty where more frames belong to it. */
    private Optional<Http2Frame> whole() {
        int streamId = head.streamId();
        return switch (head.type()) {
            case FrameHead.HEADERS, FrameHead.CONTINUATION -> headers();
            case FrameHead.RST_STREAM ->
                    Optional.of(new Http2Frame.Reset(streamId, Octets.unsigned(payload, 0)));
            case FrameHead.SETTINGS ->
                    Optional.of(
                            head.has(FrameHead.ACK)
                                    ? new Http2Frame.SettingsAck()
                                    : new Http2Frame.Settings(
                                            FrameRules.settings(payload, head.length())));
            case FrameHead.PING -> Optional.of(ping());
            case FrameHead.GOAWAY ->
                    Optional.of(
                            new Http2Frame.GoAway(
                                    Octets.integer(payload, 0) & ~(1 << 31),
                                    Octets.unsigned(payload, 4),
                                    debug()));
            case FrameHead.WINDOW_UPDATE ->
                    Optional.of(
                            new Http2Frame.WindowUpdate(
                                    streamId, Octets.integer(payload, 0) & ~(1 << 31)));
            default -> Optional.of(new Http2Frame.Ignored(head.type(), streamId));
        };
    }

    private Http2Frame ping() {
        long data = Octets.unsigned(payload, 0) << Integer.SIZE | Octets.unsigned(payload, 4);
        return head.has(FrameHead.ACK) ? new Http2Frame.PingAck(data) : new Http2Frame.Ping(data);
    }

    private String debug() {
        int from = FrameRules.GOAWAY_BYTES;
        int count = Math.min(head.length() - from, MAX_DEBUG_BYTES);
        return new String(payload, from, count, StandardCharsets.ISO_8859_1);
    }

    private Optional<Http2Frame> headers() {
        int from = 0;
        int to = head.length();
        if (head.type() == FrameHead.HEADERS) {
            if (head.has(FrameHead.PADDED)) {
                to -= payload[from++] & 0xff;
            }
            from += head.has(FrameHead.HAS_PRIORITY) ? FrameRules.PRIORITY_BYTES : 0;
            headerBlock.open(head.streamId(), head.has(FrameHead.END_STREAM));
        }
        Optional<FrameProblem> problem = headerBlock.add(payload, from, to);
        if (problem.isPresent()) {
            return Optional.of(malformed(problem.get()));
        }
        return head.has(FrameHead.END_HEADERS)
                ? Optional.of(headerBlock.close())
                : Optional.empty();
    }

    private Http2Frame malformed(Http2Error error, String section, String detail) {
        return malformed(new FrameProblem(0, error, section, detail));
    }

    private Http2Frame malformed(FrameProblem problem) {
        isBroken = problem.streamId() == 0;
        return problem.frame();
    }
}
