package clawsec.detect.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The latest bytes of a text, in one array. Places are counted from the start of the text. Confined
 * to its scan.
 */
public final class Window {
    /** Holds the longest match, what an undecided one may need before it, and new bytes. */
    static final int MAX_BYTES = 4 * Pattern.MAX_MATCH_BYTES;

    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[0];
    private int length;
    private long base;

    /** Of the text that ended. */
    private int endedLength;

    private long endedBase;

    /** Takes in what fits, at least one byte; bytes before {@code keepFrom} make room if needed. */
    void add(ByteBuffer in, long keepFrom) {
        if (in.remaining() > bytes.length - length) {
            dropBefore(keepFrom);
            grow(length + in.remaining());
        }
        int count = Math.min(in.remaining(), bytes.length - length);
        in.get(bytes, length, count);
        length += count;
    }

    /** Forgets everything: the next byte is the first of another text. */
    void reset() {
        endedLength = length;
        endedBase = base;
        length = 0;
        base = 0;
    }

    /** The array behind, for the automatons; index 0 is at {@link #base}. */
    byte[] bytes() {
        return bytes;
    }

    /** The place of the first byte held. */
    public long base() {
        return base;
    }

    /** The place after the last byte held. */
    public long end() {
        return base + length;
    }

    /** The byte at a place that is held, 0 to 255. */
    public int at(long place) {
        return bytes[index(place)] & 0xff;
    }

    /** A copy of the bytes from one place to another. */
    public byte[] copy(long from, long to) {
        return Arrays.copyOfRange(bytes, index(from), index(to));
    }

    /** As {@link #base}; where a text ended and the next did not begin, of the one that ended. */
    public long lastBase() {
        return length == 0 ? endedBase : base;
    }

    /** As {@link #copy}, likewise. */
    public byte[] copyLast(long from, long to) {
        if (length > 0) {
            return copy(from, to);
        }
        if (from < endedBase || to > endedBase + endedLength) {
            throw new IllegalStateException(
                    from
                            + " to "
                            + to
                            + " is not held, only "
                            + endedLength
                            + " from "
                            + endedBase);
        }
        return Arrays.copyOfRange(bytes, (int) (from - endedBase), (int) (to - endedBase));
    }

    private int index(long place) {
        if (place < base || place > end()) {
            throw new IllegalStateException(
                    "place " + place + " is not held, only " + base + " to " + end());
        }
        return (int) (place - base);
    }

    private void dropBefore(long place) {
        int dropped = Math.clamp(place - base, 0, length);
        System.arraycopy(bytes, dropped, bytes, 0, length - dropped);
        length -= dropped;
        base += dropped;
    }

    private void grow(int wanted) {
        int size = Math.max(FIRST_BYTES, bytes.length);
        while (size < wanted && size < MAX_BYTES) {
            size *= 2;
        }
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, size);
        }
    }
}
