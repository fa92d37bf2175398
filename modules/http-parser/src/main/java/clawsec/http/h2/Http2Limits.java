package clawsec.http.h2;

/**
 * Bounds on what a peer can make a decoder hold.
 *
 * @param frameBytes the payload of a frame (SETTINGS_MAX_FRAME_SIZE)
 * @param headerBlockBytes a header block before it is decoded, its frames together
 * @param continuations CONTINUATION frames of a header block, which may be empty
 * @param settings settings in one frame
 */
public record Http2Limits(int frameBytes, int headerBlockBytes, int continuations, int settings) {
    /** RFC 9113 §4.2: what every peer may send. */
    public static final int LEAST_FRAME_BYTES = 16_384;

    /** RFC 9113 §6.5.2. */
    static final int MOST_FRAME_BYTES = (1 << 24) - 1;

    public static final Http2Limits DEFAULT = new Http2Limits(LEAST_FRAME_BYTES, 65_536, 16, 32);

    public Http2Limits {
        if (frameBytes < LEAST_FRAME_BYTES
                || frameBytes > MOST_FRAME_BYTES
                || headerBlockBytes < 64
                || continuations < 1
                || settings < 8) {
            throw new IllegalArgumentException("limits outside of what HTTP/2 allows");
        }
    }
}
