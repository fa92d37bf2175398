package clawsec.http.h1;

import clawsec.http.Fields;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import java.nio.ByteBuffer;

/** What a decoder found next in the bytes it was given. */
public sealed interface Http1Event {
    /** A whole request head, and how its content is framed. */
    record Request(RequestHead head, Framing framing) implements Http1Event {}

    /**
     * A whole response head, and how its content is framed; an interim head is followed by another
     * head.
     */
    record Response(ResponseHead head, Framing framing) implements Http1Event {}

    /**
     * A piece of content, transfer coding removed. {@code bytes} is a view of the buffer given to
     * {@code poll}, valid until that buffer is written again.
     */
    record Content(ByteBuffer bytes) implements Http1Event {}

    /**
     * The message ended as its framing says; {@code trailers} is empty but for chunked messages
     * that carry some.
     */
    record End(Fields trailers) implements Http1Event {}

    /** The bytes break the protocol; the decoder ignores all further input. */
    record Malformed(Violation violation) implements Http1Event {}

    /** All of the given bytes were consumed; the next event needs more. */
    record NeedsInput() implements Http1Event {}

    Http1Event NEEDS_INPUT = new NeedsInput();
    Http1Event END = new End(Fields.EMPTY);
}
