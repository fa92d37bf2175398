package clawsec.http.ws;

import clawsec.http.Violation;
import java.nio.ByteBuffer;

/** What a decoder found next in the bytes it was given. */
public sealed interface FrameEvent {
    /** A data message begins; control frames are passed over. */
    record MessageStart() implements FrameEvent {}

    /**
     * A piece of a data message, unmasked. {@code bytes} is a view of the decoder's own memory or
     * of the buffer given to {@code poll}, valid until the next poll.
     */
    record Payload(ByteBuffer bytes) implements FrameEvent {}

    /** The data message is whole. */
    record MessageEnd() implements FrameEvent {}

    /** The bytes break the protocol; the decoder ignores all further input. */
    record Malformed(Violation violation) implements FrameEvent {}

    /** All of the given bytes were consumed; the next event needs more. */
    record NeedsInput() implements FrameEvent {}
}
