package clawsec.http.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bits read from the last to the first (RFC 8878 §4.1): the last byte's highest set bit ends the
 * stream. Bits before its beginning are zeros; that they were read shows in {@link #isOverrun()}.
 * Between two refills 56 bits can be read.
 */
final class ReverseBits {
    static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] data = {};
    private int start;

    /** Where {@link #bits} was loaded from. */
    private int at;

    /** Eight bytes of the stream; the next bit is the highest of those not used. */
    private long bits;

    private int used;

    /** Begins at the end of a range; false when no stream can end there. */
    boolean open(byte[] source, int from, int to) {
        if (from >= to || source[to - 1] == 0) {
            return false;
        }
        data = source;
        start = from;
        int size = to - from;
        used = Integer.numberOfLeadingZeros(source[to - 1] & 0xff) - 24 + 1;
        if (size >= Long.BYTES) {
            at = to - Long.BYTES;
            bits = (long) LONGS.get(source, at);
        } else {
            at = from;
            bits = 0;
            for (int i = 0; i < size; i++) {
                bits |= (source[from + i] & 0xffL) << (8 * i);
            }
            used += 8 * (Long.BYTES - size);
        }
        return true;
    }

    /** The next {@code count} bits, 0 to 32 of them, which stay. */
    int peek(int count) {
        return (int) ((bits << used) >>> 1 >>> (63 - count));
    }

    void skip(int count) {
        used += count;
    }

    int read(int count) {
        int value = peek(count);
        used += count;
        return value;
    }

    /** Makes room for 56 more bits, as far as there are so many. */
    void refill() {
        int bytes = Math.min(used >>> 3, at - start);
        if (bytes > 0) {
            at -= bytes;
            used -= bytes << 3;
            bits = (long) LONGS.get(data, at);
        }
    }

    /** Whether more was read than there is; to be asked before 64 bits more are. */
    boolean isOverrun() {
        return used > Long.SIZE && at - start < used - Long.SIZE + 7 >>> 3;
    }

    /** Whether the last bit was read, and none before it. */
    boolean isAtStart() {
        return (at - start << 3) + Long.SIZE == used;
    }
}
