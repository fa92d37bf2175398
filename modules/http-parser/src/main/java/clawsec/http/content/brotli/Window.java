package clawsec.http.content.brotli;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * The sliding window (RFC 7932 §2), which is also what output is given out of. It is a ring of the
 * size that the stream asks for, but begins small and doubles as output comes, so that a short
 * stream takes little whatever it asks for. Output is given out in pieces of at most {@link
 * #PIECE_BYTES}, in the window itself, before it is overwritten.
 */
final class Window {
    static final int PIECE_BYTES = 16_384;
    private static final int FIRST_BYTES = 1_024;

    /** From here on a block move is faster than moving byte by byte. */
    private static final int SHORT_COPY = 16;

    private final int size;
    private final int reach;
    private final Predicate<ByteBuffer> sink;

    /** The hot loop of {@link CommandReader} writes at {@code position} by itself. */
    byte[] ring;

    int position;

    private int given;
    private boolean hasWrapped;
    private boolean isStopped;

    /**
     * @param bits the binary logarithm of the size, 10 to 24
     * @param sink gets the output; false when it wants no more
     */
    Window(int bits, Predicate<ByteBuffer> sink) {
        this.size = 1 << bits;
        // RFC 7932 §9.1
        this.reach = size - 16;
        this.sink = sink;
        this.ring = new byte[FIRST_BYTES];
    }

    /** The sink wants no more. */
    boolean isStopped() {
        return isStopped;
    }

    /** RFC 7932 §8: how far back a copy may reach. */
    int reach() {
        return hasWrapped ? reach : Math.min(position, reach);
    }

    /** The byte that many steps back, 1 or 2; 0 before the first (RFC 7932 §7.1). */
    int last(int steps) {
        return ring[(position - steps) & (ring.length - 1)] & 0xff;
    }

    /** How many bytes, one or more, find room at the position; 0 when the sink wants no more. */
    int room() {
        if (position - given == PIECE_BYTES || position == size) {
            flush();
        }
        if (isStopped) {
            return 0;
        }
        if (position == size) {
            hasWrapped = true;
            position = 0;
            given = 0;
        } else if (position == ring.length) {
            ring = Arrays.copyOf(ring, 2 * position);
        }
        return Math.min(ring.length, given + PIECE_BYTES) - position;
    }

    /** Repeats {@code length} bytes from {@code distance} back; false when stopped on the way. */
    boolean copy(int distance, int length) {
        int left = length;
        while (left > 0) {
            int run = Math.min(left, room());
            if (run == 0) {
                return false;
            }
            int from = (position - distance) & (ring.length - 1);
            run = Math.min(run, ring.length - from);
            repeat(from, distance, run);
            position += run;
            left -= run;
        }
        return true;
    }

    /** Adds bytes that are not in the window; false when stopped on the way. */
    boolean write(byte[] bytes, int length) {
        int done = 0;
        while (done < length) {
            int run = Math.min(length - done, room());
            if (run == 0) {
                return false;
            }
            System.arraycopy(bytes, done, ring, position, run);
            position += run;
            done += run;
        }
        return true;
    }

    /** Gives out what was not given yet. */
    void flush() {
        if (position > given && !isStopped) {
            int from = given;
            given = position;
            isStopped = !sink.test(ByteBuffer.wrap(ring, from, position - from));
        }
    }

    /**
     * Within the ring, which ends neither before the last byte read nor before the last written.
     */
    private void repeat(int from, int distance, int run) {
        if (run <= SHORT_COPY) {
            for (int i = 0; i < run; i++) {
                ring[position + i] = ring[from + i];
            }
            return;
        }
        // the first round has no byte of its own output as source; each further one may double it
        int done = Math.min(distance, run);
        System.arraycopy(ring, from, ring, position, done);
        while (done < run) {
            int more = Math.min(done, run - done);
            System.arraycopy(ring, position, ring, position + done, more);
            done += more;
        }
    }
}
