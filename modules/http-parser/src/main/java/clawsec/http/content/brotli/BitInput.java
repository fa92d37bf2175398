package clawsec.http.content.brotli;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The bits of a stream (RFC 7932 §1.5.1: least significant first), over an array at a time. What is
 * read is read whole or not at all: a reader asks whether the bits of its next item are there, and
 * comes back with more input if not. Where an array runs out at most 63 bits of it are still to be
 * read, and they are kept here; so nothing is ever read twice, and no input has to be kept.
 */
final class BitInput {
    /** The most bits that can be asked for at once. */
    static final int MOST_BITS = 56;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = {};

    /** The hot loop of {@link CommandReader} keeps these in registers while it runs. */
    byte[] bytes = NOTHING;

    int position;
    int limit;

    /**
     * The next bits; above the first {@code count} stand bits of the byte at the position, or 0.
     */
    long bits;

    int count;

    private @Nullable Fault fault;

    void open(byte[] array, int from, int to) {
        bytes = array;
        position = from;
        limit = to;
    }

    /** Lets go of the array; gives how many whole bytes were not read, those kept here included. */
    int close() {
        int unread = limit - position + (count >>> 3);
        bytes = NOTHING;
        position = 0;
        limit = 0;
        return unread;
    }

    /** Whether the next {@code n} bits, at most {@link #MOST_BITS}, are there. */
    boolean has(int n) {
        if (count < n) {
            refill();
        }
        return count >= n;
    }

    /** Makes {@link #MOST_BITS} bits available, or what the array still has. */
    void refill() {
        if (limit - position >= Long.BYTES) {
            // a byte of which only some bits find room stays unread, and is met again as it was
            bits |= (long) LONGS.get(bytes, position) << count;
            position += (Long.SIZE - 1 - count) >>> 3;
            count |= MOST_BITS;
            return;
        }
        while (count < MOST_BITS && position < limit) {
            bits |= (bytes[position++] & 0xffL) << count;
            count += Byte.SIZE;
        }
    }

    /** The next {@code n} bits, at most 24, that {@link #has} found. */
    int take(int n) {
        int value = peek(n);
        drop(n);
        return value;
    }

    int peek(int n) {
        return (int) bits & ((1 << n) - 1);
    }

    void drop(int n) {
        bits >>>= n;
        count -= n;
    }

    /** Steps to the next byte boundary; false if a bit on the way is set. */
    boolean align() {
        return take(count & 7) == 0;
    }

    /**
     * Copies bytes, from a byte boundary on.
     *
     * @return how many, fewer than {@code length} where the array ends
     */
    int copy(byte[] to, int offset, int length) {
        int done = 0;
        while (done < length && count > 0) {
            to[offset + done++] = (byte) take(Byte.SIZE);
        }
        if (count == 0) {
            // what stands above the counted bits belongs to bytes that are now copied past it
            bits = 0;
            int run = Math.min(length - done, limit - position);
            System.arraycopy(bytes, position, to, offset + done, run);
            position += run;
            done += run;
        }
        return done;
    }

    /** Notes the rule that the stream broke; always false, as nothing more is to be read. */
    boolean refuse(Fault broken) {
        fault = broken;
        return false;
    }

    @Nullable Fault fault() {
        return fault;
    }
}
