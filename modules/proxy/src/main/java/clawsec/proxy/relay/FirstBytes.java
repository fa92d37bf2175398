package clawsec.proxy.relay;

import java.nio.ByteBuffer;

/**
 * What the first bytes of a tunnel say of the protocol in it. A policy apart from the parsers;
 * consumes nothing.
 */
enum FirstBytes {
    /** A TLS handshake record (RFC 8446 §5.1). */
    TLS,
    /** An HTTP/1 request line. */
    HTTP,
    /** Neither. */
    OPAQUE,
    /** Too few to tell. */
    UNDECIDED;

    /**
     * A request line that is longer than this is taken for HTTP, whose decoder then answers 414.
     */
    static final int LINE_BYTES = 16_384;

    private static final int METHOD_BYTES = 32;

    static FirstBytes of(ByteBuffer input) {
        int start = input.position();
        int length = input.remaining();
        if (length == 0) {
            return UNDECIDED;
        }
        if (input.get(start) == 0x16) {
            return length < 2 ? UNDECIDED : input.get(start + 1) == 0x03 ? TLS : OPAQUE;
        }
        int methodEnd = 0;
        while (methodEnd < length
                && methodEnd <= METHOD_BYTES
                && isMethodByte(input.get(start + methodEnd))) {
            methodEnd++;
        }
        if (methodEnd == length) {
            return UNDECIDED;
        }
        if (methodEnd == 0 || methodEnd > METHOD_BYTES || input.get(start + methodEnd) != ' ') {
            return OPAQUE;
        }
        for (int i = methodEnd; i < length; i++) {
            if (input.get(start + i) == '\n') {
                return endsWithVersion(input, start, start + i) ? HTTP : OPAQUE;
            }
        }
        return length > LINE_BYTES ? HTTP : UNDECIDED;
    }

    private static boolean isMethodByte(byte b) {
        return (b >= 'A' && b <= 'Z') || b == '-' || b == '_' || (b >= 'a' && b <= 'z');
    }

    private static boolean endsWithVersion(ByteBuffer input, int start, int lineFeed) {
        int end = lineFeed > start && input.get(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
        int version = end - 8;
        return version > start
                && input.get(version) == 'H'
                && input.get(version + 1) == 'T'
                && input.get(version + 2) == 'T'
                && input.get(version + 3) == 'P'
                && input.get(version + 4) == '/'
                && input.get(version + 5) == '1';
    }
}
