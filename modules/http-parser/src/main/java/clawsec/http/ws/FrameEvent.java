package clawsec.http.ws;

import clawsec.http.Violation;
import java.nio.ByteBuffer;

/** What a decoder found next in the bytes it was given. */
public sealed interface FrameEvent {
    /**
     * The frame that begins here has a reserved bit set or a reserved opcode (RFC 6455 §5.2), so
     * that its payload means what only its two ends know. The payload follows as it came.
     */
    record Reserved() implements FrameEvent {}

    /**
     * A data message begins.
     *
     * @param isCompressed whether it is marked as compressed, where permessage-deflate was agreed
     */
    record MessageStart(boolean isCompressed) implements FrameEvent {}

    /**
     * A piece of a data message, unmasked. {@code bytes} is a view of the decoder's own memory or
     * of the buffer given to {@code poll}, valid until the next poll.
     */
    record Payload(ByteBuffer bytes) implements FrameEvent {}

    /**
     * A piece of a control frame's payload, unmasked, which may stand between the pieces of a data
     * message; valid like that of {@link Payload}.
     */
    record Control(ByteBuffer bytes) implements FrameEvent {}

    /** The data message is whole. */
    record MessageEnd() implements FrameEvent {}

    /**
     * The message is marked as compressed, and is not, or not so that it can be read: what follows
     * of it is given as it came. Of {@link MessageDecoder} alone.
     */
    record Undecodable() implements FrameEvent {}

    /**
     * The message grew past a bound of decompression: what follows of it is not given. Of {@link
     * MessageDecoder} alone.
     */
    record Oversized() implements FrameEvent {}

    /** The bytes break the protocol; the decoder ignores all further input. */
    record Malformed(Violation violation) implements FrameEvent {}

    /** All of the given bytes were consumed; the next event needs more. */
    record NeedsInput() implements FrameEvent {}
}
