package clawsec.http.h2;

/**
 * Bounds on what the streams of one connection can make an endpoint do and hold.
 *
 * @param streams the peer may have open at once (SETTINGS_MAX_CONCURRENT_STREAMS)
 * @param streamWindowBytes that may be on their way in one stream (SETTINGS_INITIAL_WINDOW_SIZE);
 *     no less than a peer takes for granted until it has read the settings (RFC 9113 §6.9.3)
 * @param mostStreamWindowBytes that this grows to in a long stream that is read as it comes
 * @param connectionWindowBytes that may be on their way in all streams together
 * @param patience how many frames more than there is use for are put up with, see {@link Patience}
 */
public record Http2StreamLimits(
        int streams,
        int streamWindowBytes,
        int mostStreamWindowBytes,
        int connectionWindowBytes,
        int patience) {
    /** RFC 9113 §6.9.2: what a window is before anybody says something else. */
    static final int FIRST_WINDOW_BYTES = 65_535;

    public static final Http2StreamLimits DEFAULT =
            new Http2StreamLimits(100, 262_144, 1 << 20, 1 << 20, 1_000);

    public Http2StreamLimits {
        if (streams < 1
                || streamWindowBytes < FIRST_WINDOW_BYTES
                || mostStreamWindowBytes < streamWindowBytes
                || connectionWindowBytes < FIRST_WINDOW_BYTES
                || patience < 1) {
            throw new IllegalArgumentException("limits that no stream gets through with");
        }
    }
}
