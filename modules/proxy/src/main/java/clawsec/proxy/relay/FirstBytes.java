package clawsec.proxy.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the first bytes of a tunnel say of the protocol in it. A policy apart from the parsers;
 * consumes nothing.
 */
enum FirstBytes {
    /** A TLS handshake record (RFC 8446 §5.1). */
    TLS,
    /** An HTTP/1 request line. */
    HTTP,
    /** The preface of HTTP/2 (RFC 9113 §3.4). */
    HTTP_2,
    /** None of them. */
    OPAQUE,
    /** Too few to tell. */
    UNDECIDED;

    /**
     * A request line that is longer than this is taken for HTTP, whose decoder then answers 414.
     */
    static final int LINE_BYTES = 16_384;

    private static final int METHOD_BYTES = 32;

    private static final byte[] OLDEST = "GET /".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] VERSION = "HTTP/1".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);

    static FirstBytes of(ByteBuffer input) {
        int start = input.position();
        int length = input.remaining();
        if (length == 0) {
            return UNDECIDED;
        }
        if (input.get(start) == 0x16) {
            return length < 2 ? UNDECIDED : input.get(start + 1) == 0x03 ? TLS : OPAQUE;
        }
        int methodStart = skipEmptyLines(input);
        int methodEnd = methodStart;
        while (methodEnd < length
                && methodEnd - methodStart <= METHOD_BYTES
                && isMethodByte(input.get(start + methodEnd))) {
            methodEnd++;
        }
        if (methodEnd == length) {
            return UNDECIDED;
        }
        if (methodEnd == methodStart
                || methodEnd - methodStart > METHOD_BYTES
                || input.get(start + methodEnd) != ' ') {
            return OPAQUE;
        }
        for (int i = methodEnd; i < length; i++) {
            if (input.get(start + i) == '\n') {
                if (namesVersion(input, start + methodEnd, start + i)
                        || isOldest(input, start + methodStart)) {
                    return HTTP;
                }
                return isPreface(input) ? HTTP_2 : OPAQUE;
            }
        }
        return length > LINE_BYTES ? HTTP : UNDECIDED;
    }

    /** Whether these bytes begin with the preface's first line, whole: no request has it. */
    static boolean isPreface(ByteBuffer input) {
        return input.remaining() >= PREFACE.length && prefaceBytes(input) == PREFACE.length;
    }

    /** Whether these bytes are the beginning of that line, and some of it. */
    static boolean mayBecomePreface(ByteBuffer input) {
        return input.hasRemaining()
                && input.remaining() < PREFACE.length
                && prefaceBytes(input) == input.remaining();
    }

    private static int prefaceBytes(ByteBuffer input) {
        int count = 0;
        while (count < PREFACE.length
                && count < input.remaining()
                && input.get(input.position() + count) == PREFACE[count]) {
            count++;
        }
        return count;
    }

    /** Servers pass over empty lines before a request (RFC 9112 §2.2), and so must we. */
    private static int skipEmptyLines(ByteBuffer input) {
        int skipped = 0;
        while (skipped < input.remaining()
                && (input.get(input.position() + skipped) == '\r'
                        || input.get(input.position() + skipped) == '\n')) {
            skipped++;
        }
        return skipped;
    }

    /** A request of HTTP/0.9, which is {@code GET} and a path; for the decoder to refuse. */
    private static boolean isOldest(ByteBuffer input, int from) {
        for (int i = 0; i < OLDEST.length; i++) {
            if (input.get(from + i) != OLDEST[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMethodByte(byte b) {
        return (b >= 'A' && b <= 'Z') || b == '-' || b == '_' || (b >= 'a' && b <= 'z');
    }

    /**
     * Anywhere in the line: one that only a lenient server takes for HTTP is HTTP here too, for
     * whose decoder to refuse it.
     */
    private static boolean namesVersion(ByteBuffer input, int from, int to) {
        for (int i = from; i + VERSION.length <= to; i++) {
            int matched = 0;
            while (matched < VERSION.length && input.get(i + matched) == VERSION[matched]) {
                matched++;
            }
            if (matched == VERSION.length) {
                return true;
            }
        }
        return false;
    }
}
