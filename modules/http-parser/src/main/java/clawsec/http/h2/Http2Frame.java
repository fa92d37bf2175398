package clawsec.http.h2;

import clawsec.http.Violation;
import java.nio.ByteBuffer;
import java.util.List;

/** What a decoder found next in the bytes it was given. */
public sealed interface Http2Frame {
    /**
     * A piece of a DATA frame (RFC 9113 §6.1), without padding; empty for a frame without content.
     *
     * @param bytes a view of the buffer given to {@code poll}, valid until the next poll
     * @param flowBytes what it takes from both windows, padding included (§6.9.1)
     * @param endsFrame whether it is the frame's last piece
     * @param endsStream whether nothing follows in the stream
     */
    record Data(
            int streamId, ByteBuffer bytes, int flowBytes, boolean endsFrame, boolean endsStream)
            implements Http2Frame {}

    /**
     * A header block, of HEADERS and all its CONTINUATION frames (§6.2, §6.10).
     *
     * @param block still compressed; the receiver's own
     */
    record HeaderBlock(int streamId, byte[] block, boolean endsStream) implements Http2Frame {}

    /** §6.4; the code may be none of {@link Http2Error}. */
    record Reset(int streamId, long code) implements Http2Frame {}

    /** §6.5, values in range. */
    record Settings(List<Http2Setting> settings) implements Http2Frame {
        public Settings {
            settings = List.copyOf(settings);
        }
    }

    record SettingsAck() implements Http2Frame {}

    /** §6.7, to be answered. */
    record Ping(long data) implements Http2Frame {}

    record PingAck(long data) implements Http2Frame {}

    /**
     * §6.8.
     *
     * @param debug the beginning of what the peer adds for people, its bytes as characters
     */
    record GoAway(int lastStreamId, long code, String debug) implements Http2Frame {}

    /** §6.9; stream 0 for the connection's window. */
    record WindowUpdate(int streamId, int increment) implements Http2Frame {}

    /** A frame that says nothing: a priority, or of a kind that is not known (§4.1). */
    record Ignored(int type, int streamId) implements Http2Frame {}

    /**
     * The bytes break the protocol.
     *
     * @param streamId the stream that ends of it; 0 when it is the connection: all further input is
     *     ignored then
     */
    record Malformed(int streamId, Http2Error error, Violation violation) implements Http2Frame {}

    /** All of the given bytes were consumed; the next frame needs more. */
    record NeedsInput() implements Http2Frame {}
}
