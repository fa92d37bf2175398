package clawsec.http.ws;

import clawsec.http.Violation;
import java.nio.ByteBuffer;

/**
 * Reads the frames of one direction of a WebSocket connection (RFC 6455 §5.2) and gives the data
 * messages in them, fragments joined, and the payload of control frames, all unmasked. It holds no
 * payload, so a frame of any size passes in constant memory. Confined to one thread.
 */
public final class FrameDecoder {
    private static final FrameEvent NEEDS_INPUT = new FrameEvent.NeedsInput();
    private static final FrameEvent START = new FrameEvent.MessageStart(false);
    private static final FrameEvent COMPRESSED_START = new FrameEvent.MessageStart(true);
    private static final FrameEvent END = new FrameEvent.MessageEnd();
    private static final FrameEvent RESERVED = new FrameEvent.Reserved();

    /** RFC 6455 §5.2: two bytes, up to eight of length, four of mask. */
    private static final int MAX_HEAD_BYTES = 14;

    /** RFC 6455 §5.2: the last opcodes of data and of control frames that have a meaning. */
    private static final int BINARY = 2;

    private static final int PONG = 10;
    private static final int RESERVED_BITS = 0x70;

    /** RFC 7692 §6: what is RSV1 elsewhere. */
    private static final int COMPRESSED_BIT = 0x40;

    private static final int UNMASKED_BYTES = 8_192;
    private static final int MAX_CONTROL_BYTES = 125;

    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private final byte[] mask = new byte[4];
    private byte[] unmasked = new byte[0];
    private int headBytes;
    private long payloadLeft = -1;
    private int maskIndex;
    private boolean isMasked;
    private boolean isControl;
    private boolean isFinal;
    private boolean isInMessage;
    private boolean isStartDue;
    private boolean isCompressed;
    private boolean isBroken;
    private final boolean isDeflateAgreed;

    /** A decoder at the beginning of a connection's frames, without extensions. */
    public FrameDecoder() {
        this(false);
    }

    /**
     * @param isDeflateAgreed whether RSV1 says that a message is compressed (RFC 7692 §6)
     */
    public FrameDecoder(boolean isDeflateAgreed) {
        this.isDeflateAgreed = isDeflateAgreed;
    }

    /** The next event; consumes what it reads from {@code in}, masked payload included. */
    public FrameEvent poll(ByteBuffer in) {
        while (!isBroken) {
            if (payloadLeft < 0) {
                if (!readHead(in)) {
                    return NEEDS_INPUT;
                }
                FrameEvent event = beginFrame();
                if (!(event instanceof FrameEvent.NeedsInput)) {
                    return event;
                }
            }
            if (isStartDue) {
                isStartDue = false;
                return isCompressed ? COMPRESSED_START : START;
            }
            if (payloadLeft == 0) {
                payloadLeft = -1;
                if (!isControl && isFinal) {
                    isInMessage = false;
                    return END;
                }
            } else if (!in.hasRemaining()) {
                return NEEDS_INPUT;
            } else {
                ByteBuffer piece = payload(in);
                return isControl ? new FrameEvent.Control(piece) : new FrameEvent.Payload(piece);
            }
        }
        in.position(in.limit());
        return NEEDS_INPUT;
    }

    /**
     * The head of a frame, as far as it was read, of which no event told: one that is incomplete,
     * or that broke the protocol. Mostly empty.
     */
    public ByteBuffer untold() {
        return ByteBuffer.wrap(head, 0, isBroken ? headLength() : headBytes).slice();
    }

    private boolean readHead(ByteBuffer in) {
        while (in.hasRemaining()) {
            head[headBytes++] = in.get();
            if (headBytes >= 2 && headBytes == headLength()) {
                headBytes = 0;
                return true;
            }
        }
        return false;
    }

    private int headLength() {
        int shortLength = head[1] & 0x7F;
        int lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
        return 2 + lengthBytes + ((head[1] & 0x80) != 0 ? 4 : 0);
    }

    /** Takes over what the head says; NEEDS_INPUT when there is nothing to tell of it yet. */
    private FrameEvent beginFrame() {
        int opcode = head[0] & 0x0F;
        isFinal = (head[0] & 0x80) != 0;
        isControl = opcode >= 8;
        isMasked = (head[1] & 0x80) != 0;
        maskIndex = 0;
        payloadLeft = payloadLength();
        if (isMasked) {
            System.arraycopy(head, headLength() - mask.length, mask, 0, mask.length);
        }
        if (payloadLeft < 0) {
            return malformed("RFC 6455 §5.2", "a frame length with its highest bit set");
        }
        boolean isMarked = isDeflateAgreed && (head[0] & COMPRESSED_BIT) != 0;
        if (isMarked && (isControl || opcode == 0)) {
            return malformed(
                    "RFC 7692 §6", "a frame marked as compressed that does not begin a message");
        }
        if (isControl) {
            // RFC 6455 §5.5: control frames carry at most 125 bytes and are not fragmented.
            return payloadLeft > MAX_CONTROL_BYTES || !isFinal
                    ? malformed(
                            "RFC 6455 §5.5",
                            "a control frame that is fragmented or longer than 125 bytes")
                    : reserved(opcode > PONG);
        }
        // RFC 6455 §5.4: a continuation goes on with a message, any other data frame begins one.
        if (isInMessage != (opcode == 0)) {
            return malformed(
                    "RFC 6455 §5.4",
                    isInMessage ? "a message within a message" : "nothing to continue");
        }
        isStartDue = opcode != 0;
        isInMessage = true;
        boolean isUnknown = opcode > BINARY;
        if (isStartDue) {
            isCompressed = isMarked && !isUnknown && (head[0] & RESERVED_BITS) == COMPRESSED_BIT;
        }
        return isStartDue && isCompressed ? NEEDS_INPUT : reserved(isUnknown);
    }

    private FrameEvent reserved(boolean isReservedOpcode) {
        return isReservedOpcode || (head[0] & RESERVED_BITS) != 0 ? RESERVED : NEEDS_INPUT;
    }

    private long payloadLength() {
        int shortLength = head[1] & 0x7F;
        if (shortLength < 126) {
            return shortLength;
        }
        long length = 0;
        for (int i = 0; i < (shortLength == 126 ? 2 : 8); i++) {
            length = length << 8 | (head[2 + i] & 0xFF);
        }
        return length;
    }

    private ByteBuffer payload(ByteBuffer in) {
        int count = (int) Math.min(payloadLeft, in.remaining());
        if (!isMasked) {
            ByteBuffer view = in.slice(in.position(), count);
            in.position(in.position() + count);
            payloadLeft -= count;
            return view;
        }
        if (unmasked.length == 0) {
            unmasked = new byte[UNMASKED_BYTES];
        }
        count = Math.min(count, unmasked.length);
        in.get(unmasked, 0, count);
        for (int i = 0; i < count; i++) {
            unmasked[i] ^= mask[maskIndex++ & 3];
        }
        payloadLeft -= count;
        return ByteBuffer.wrap(unmasked, 0, count);
    }

    private FrameEvent malformed(String rule, String detail) {
        isBroken = true;
        return new FrameEvent.Malformed(new Violation(400, rule, detail));
    }
}
