package clawsec.http.h2;

/**
 * The head of a frame (RFC 9113 §4.1).
 *
 * @param length of the payload
 * @param streamId without the reserved bit
 */
record FrameHead(int length, int type, int flags, int streamId) {
    static final int BYTES = 9;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int HAS_PRIORITY = 0x20;

    static FrameHead read(byte[] bytes) {
        int length = (bytes[0] & 0xff) << 16 | (bytes[1] & 0xff) << 8 | bytes[2] & 0xff;
        return new FrameHead(
                length, bytes[3] & 0xff, bytes[4] & 0xff, Octets.integer(bytes, 5) & ~(1 << 31));
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
