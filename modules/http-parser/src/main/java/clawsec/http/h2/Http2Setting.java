package clawsec.http.h2;

/**
 * One setting of a SETTINGS frame (RFC 9113 §6.5.1).
 *
 * @param id its number; unknown ones are to be ignored
 * @param value of 32 bits, not negative
 */
public record Http2Setting(int id, long value) {
    public static final int HEADER_TABLE_SIZE = 1;
    public static final int ENABLE_PUSH = 2;
    public static final int MAX_CONCURRENT_STREAMS = 3;
    public static final int INITIAL_WINDOW_SIZE = 4;
    public static final int MAX_FRAME_SIZE = 5;
    public static final int MAX_HEADER_LIST_SIZE = 6;

    /** RFC 8441 §3. */
    public static final int ENABLE_CONNECT_PROTOCOL = 8;
}
