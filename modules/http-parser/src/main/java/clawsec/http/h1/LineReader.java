package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts input into lines. A line that lies whole in a buffer with an array is read in place; only
 * one that spans two buffers is copied. Strict: a line ends with CRLF and holds no other control
 * character but HTAB. Lenient: a line ends with LF, and a CR before it is dropped.
 */
final class LineReader {
    enum Cut {
        /** {@code bytes[from..to)} is a line without its terminator, until the next call. */
        LINE,
        /** All input was taken; {@code bytes[from..to)} is the line so far. */
        PARTIAL,
        /** The line does not end within the bound; {@code bytes[from..to)} is its beginning. */
        TOO_LONG,
        /** Strict only: {@code bytes[to]} is a control character that may not stand there. */
        BAD
    }

    private static final byte[] NOTHING = {};
    private static final int KEPT_BYTES = 512;

    byte[] bytes = NOTHING;
    int from;
    int to;

    private final boolean strict;
    private byte[] held = NOTHING;
    private int heldBytes;
    private int scannedBytes;
    private int lineBytes;

    LineReader(boolean strict) {
        this.strict = strict;
    }

    /**
     * Takes the next line out of {@code in}.
     *
     * @param maxBytes the most bytes of the line, terminator included
     */
    Cut next(ByteBuffer in, int maxBytes) {
        if (heldBytes > 0 || !in.hasArray()) {
            return nextHeld(in, maxBytes);
        }
        bytes = in.array();
        from = in.arrayOffset() + in.position();
        Cut cut = scan(from, from + Math.min(in.remaining(), maxBytes), in.remaining() >= maxBytes);
        if (cut == Cut.PARTIAL) {
            hold(in, in.remaining());
            scannedBytes = to - from;
            bytes = held;
            from = 0;
            to = heldBytes;
        } else if (cut == Cut.LINE) {
            in.position(in.position() + lineBytes);
        }
        return cut;
    }

    /** True when the line holds a NUL; a strict line never does. */
    boolean hasNul() {
        int i = Octets.indexOfControl(bytes, from, to);
        while (i < to && bytes[i] != 0) {
            i = Octets.indexOfControl(bytes, i + 1, to);
        }
        return i < to;
    }

    /**
     * The text of {@code bytes[start..end)} without white space around it (RFC 9112 §5.1). Lenient:
     * control characters but HTAB become spaces first (RFC 9110 §5.5).
     */
    String text(int start, int end) {
        return strict || Octets.indexOfControl(bytes, start, end) == end
                ? trimmed(bytes, start, end)
                : cleaned(start, end);
    }

    /** Bytes of the last line, terminator included. */
    int lineBytes() {
        return lineBytes;
    }

    /** True when more than the CR of an empty line waits for its end. */
    boolean holdsText() {
        return heldBytes > 1 || (heldBytes == 1 && held[0] != '\r');
    }

    /** The size of the buffer for a line that is not whole yet. */
    int heldCapacity() {
        return held.length;
    }

    /** Forgets the buffers, so that an idle connection holds none. */
    void release() {
        bytes = NOTHING;
        from = 0;
        to = 0;
        if (heldBytes == 0 && held.length > KEPT_BYTES) {
            held = NOTHING;
        }
    }

    private String cleaned(int start, int end) {
        byte[] copy = Arrays.copyOfRange(bytes, start, end);
        int i = Octets.indexOfControl(copy, 0, copy.length);
        while (i < copy.length) {
            copy[i] = copy[i] == '\t' ? copy[i] : (byte) ' ';
            i = Octets.indexOfControl(copy, i + 1, copy.length);
        }
        return trimmed(copy, 0, copy.length);
    }

    private static String trimmed(byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && Octets.isBlank(bytes[from])) {
            from++;
        }
        while (from < to && Octets.isBlank(bytes[to - 1])) {
            to--;
        }
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    private Cut nextHeld(ByteBuffer in, int maxBytes) {
        int end = Math.min(in.limit(), in.position() + maxBytes - heldBytes);
        int i = in.position();
        while (i < end && in.get(i++) != '\n') {}
        hold(in, i - in.position());
        bytes = held;
        from = 0;
        Cut cut = scan(scannedBytes, heldBytes, heldBytes >= maxBytes);
        if (cut == Cut.PARTIAL) {
            scannedBytes = to;
            to = heldBytes;
        } else {
            heldBytes = 0;
            scannedBytes = 0;
        }
        return cut;
    }

    private void hold(ByteBuffer in, int count) {
        if (held.length < heldBytes + count) {
            held = Arrays.copyOf(held, Math.max(128, Math.max(held.length * 2, heldBytes + count)));
        }
        in.get(held, heldBytes, count);
        heldBytes += count;
    }

    /** Sets {@code to}: the end of the line, or how far nothing has to be scanned again. */
    private Cut scan(int start, int end, boolean isBounded) {
        Cut unfinished = isBounded ? Cut.TOO_LONG : Cut.PARTIAL;
        return strict
                ? scanStrictly(start, end, unfinished)
                : scanLeniently(start, end, unfinished);
    }

    private Cut scanStrictly(int start, int end, Cut unfinished) {
        to = Octets.indexOfControl(bytes, start, end);
        while (to < end && bytes[to] == '\t') {
            to = Octets.indexOfControl(bytes, to + 1, end);
        }
        if (to == end || (bytes[to] == '\r' && to + 1 == end)) {
            return unfinished;
        }
        if (bytes[to] != '\r' || bytes[to + 1] != '\n') {
            return Cut.BAD;
        }
        lineBytes = to + 2 - from;
        return Cut.LINE;
    }

    private Cut scanLeniently(int start, int end, Cut unfinished) {
        to = Octets.indexOfLineFeed(bytes, start, end);
        if (to == end) {
            return unfinished;
        }
        lineBytes = to + 1 - from;
        if (to > from && bytes[to - 1] == '\r') {
            to--;
        }
        return Cut.LINE;
    }
}
