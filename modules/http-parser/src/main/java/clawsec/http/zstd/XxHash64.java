package clawsec.http.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The 64-bit xxHash with seed 0, as bytes come: the checksum of a frame (RFC 8878 §3.1.1). */
public final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;

    /** The sum of the first two, cut to 64 bits. */
    private static final long START = 0x60EA27EEADC0B5D6L;

    private static final int STRIPE = 32;

    private final ByteBuffer partial = ByteBuffer.allocate(STRIPE).order(ByteOrder.LITTLE_ENDIAN);
    private long length;
    private long one = START;
    private long two = PRIME_2;
    private long three;
    private long four = -PRIME_1;

    /** Takes more bytes; they are not consumed. */
    public void update(ByteBuffer bytes) {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        length += in.remaining();
        if (partial.position() > 0) {
            int count = Math.min(partial.remaining(), in.remaining());
            partial.put(in.slice(in.position(), count));
            in.position(in.position() + count);
            if (partial.hasRemaining()) {
                return;
            }
            partial.flip();
            stripes(partial);
            partial.clear();
        }
        stripes(in);
        partial.put(in);
    }

    /** Of all bytes so far. */
    public long value() {
        long hash = PRIME_5;
        if (length >= STRIPE) {
            hash =
                    Long.rotateLeft(one, 1)
                            + Long.rotateLeft(two, 7)
                            + Long.rotateLeft(three, 12)
                            + Long.rotateLeft(four, 18);
            hash = merge(merge(merge(merge(hash, one), two), three), four);
        }
        hash += length;
        ByteBuffer rest = partial.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
        while (rest.remaining() >= Long.BYTES) {
            hash ^= round(0, rest.getLong());
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (rest.remaining() >= Integer.BYTES) {
            hash ^= (rest.getInt() & 0xffffffffL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
        }
        while (rest.hasRemaining()) {
            hash ^= (rest.get() & 0xff) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private void stripes(ByteBuffer in) {
        long a = one;
        long b = two;
        long c = three;
        long d = four;
        while (in.remaining() >= STRIPE) {
            a = round(a, in.getLong());
            b = round(b, in.getLong());
            c = round(c, in.getLong());
            d = round(d, in.getLong());
        }
        one = a;
        two = b;
        three = c;
        four = d;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
}
