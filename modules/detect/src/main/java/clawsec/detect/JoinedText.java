package clawsec.detect;

import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text that comes in pieces, event by event. Its first piece was seen where it came, so of that
 * the end is kept for what may go on in the next; from then on all is read. Confined to its scan.
 */
final class JoinedText {
    /** Kept of the first piece: the longest match begins not further from the joint. */
    static final int FIRST_BYTES = 4096;

    private static final int LEAST_BYTES = 128;

    private final long key;

    /** What is not read, of which there is more only after the first piece. */
    private byte[] pending = new byte[0];

    private int count;
    private boolean isCut;

    /** Reads the text; empty while it has one piece. */
    private @Nullable Layer layer;

    /** The place after what is pending. */
    private long place;

    private long lastPiece;

    JoinedText(long key) {
        this.key = key;
    }

    long key() {
        return key;
    }

    /** Takes note of the number of its latest piece, among those of all texts. */
    void reach(long piece) {
        lastPiece = piece;
    }

    long lastPiece() {
        return lastPiece;
    }

    /** A second piece comes: the text is read from now on. */
    void readBy(Layer reader) {
        layer = reader;
        reader.begin(isCut);
    }

    /** Takes note that a piece ends and another begins. */
    void joint(Via via, long offset) {
        layer().novelty().add(place, 0, false, via, 0, 0, offset);
    }

    void add(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (count == FIRST_BYTES) {
                makeRoom(end - at);
            }
            int some = Math.min(end - at, FIRST_BYTES - count);
            grow(count + some);
            System.arraycopy(bytes, at, pending, count, some);
            count += some;
            place += some;
            at += some;
        }
    }

    private void makeRoom(int wanted) {
        if (layer != null) {
            read();
            return;
        }
        int dropped = Math.min(wanted, count);
        System.arraycopy(pending, dropped, pending, 0, count - dropped);
        count -= dropped;
        place -= dropped;
        isCut = true;
    }

    private void grow(int wanted) {
        if (wanted > pending.length) {
            pending = Arrays.copyOf(pending, Math.clamp(2L * wanted, LEAST_BYTES, FIRST_BYTES));
        }
    }

    /** Reads what is pending. */
    void read() {
        if (layer != null && count > 0) {
            layer.read(ByteBuffer.wrap(pending, 0, count));
            count = 0;
        }
    }

    boolean isPending() {
        return layer != null && layer.isPending();
    }

    void flush() {
        if (layer != null) {
            layer.flush();
        }
    }

    /**
     * The text ended.
     *
     * @return what read it, for the next one
     */
    @Nullable Layer end() {
        read();
        if (layer != null) {
            layer.end();
        }
        return layer;
    }

    private Layer layer() {
        if (layer == null) {
            throw new IllegalStateException("a joint after one piece");
        }
        return layer;
    }
}
