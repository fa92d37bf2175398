package clawsec.http.sse;

import java.nio.ByteBuffer;

/** What a decoder found next in the bytes it was given. */
public sealed interface StreamEvent {
    /**
     * A piece of the data of the event that is read: of a data line, or the line feed between two
     * of them. Never empty; an event whose data is empty has none. {@code bytes} is a view of the
     * buffer given to {@code poll}, or the decoder's own, valid until the next poll.
     */
    record Data(ByteBuffer bytes) implements StreamEvent {}

    /**
     * The event is whole and is dispatched.
     *
     * @param type what its {@code event} line says, or {@code message}
     * @param lastEventId what the latest {@code id} line of the stream says; mostly empty
     */
    record Dispatched(String type, String lastEventId) implements StreamEvent {}

    /**
     * Lines that make no event end here, since none of them is a data line: comments, say, that
     * keep a connection open.
     */
    record Dropped() implements StreamEvent {}

    /**
     * The origin asks to be reconnected to after so long.
     *
     * @param millis {@link Long#MAX_VALUE} for more
     */
    record Retry(long millis) implements StreamEvent {}

    /**
     * A line was passed over since it is longer than {@link EventStreamDecoder#MAX_FIELD_BYTES}; a
     * browser would have taken it.
     *
     * @param field {@code event} or {@code id}
     */
    record Oversized(String field) implements StreamEvent {}

    /** All of the given bytes were consumed; the next event needs more. */
    record NeedsInput() implements StreamEvent {}
}
