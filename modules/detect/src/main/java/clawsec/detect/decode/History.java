package clawsec.detect.decode;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The latest bytes of a text, for its decoders: those that are new and some before them. Places are
 * counted from the start of the text. Confined to its scan.
 */
public final class History {
    /** How far back from what is new a decoder may look. */
    public static final int LOOK_BACK_BYTES = 512;

    private static final int PIECE_BYTES = 4096;

    private static final int MAX_BYTES = LOOK_BACK_BYTES + PIECE_BYTES;
    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[0];
    private ByteBuffer shared = ByteBuffer.wrap(bytes);
    private int length;

    private final Signs signs = new Signs();

    /** A multiple of the blocks in which signs are looked for. */
    private long base;

    /** Between which places a plus stands for a space. */
    private long formStart;

    private long formEnd;

    /**
     * Takes in the next bytes, as many as fit.
     *
     * @return what was taken in, shared with this; valid until the next call
     */
    public ByteBuffer add(ByteBuffer in) {
        grow(length + in.remaining());
        if (length + in.remaining() > capacity()) {
            drop();
        }
        int count = Math.min(in.remaining(), capacity() - length);
        in.get(bytes, length, count);
        shared.limit(length + count).position(length);
        length += count;
        if (count > 0) {
            signs.read(bytes, length - count, length);
            if (formEnd > base) {
                int from = (int) Math.max(0, formStart - base);
                int to = (int) Math.min(length, formEnd - base);
                signs.addPlus(bytes, length - count, from, to);
            }
        }
        return shared;
    }

    /**
     * Says that the text holds a form (application/x-www-form-urlencoded, URL Standard §5) from one
     * place to another; to be called before it is read.
     */
    public void holdsForm(long from, long to) {
        formStart = from;
        formEnd = to;
    }

    /** Whether a plus at an index stands for a space. */
    boolean isForm(int index) {
        return base + index < formEnd && base + index >= formStart;
    }

    /** Whether bytes from a place on may be wide characters, or begin compressed data. */
    boolean isBinary(long from) {
        return signs.isBinary(index(from));
    }

    /** What may stand where in the bytes held. */
    Signs signs() {
        return signs;
    }

    /** Forgets everything: the next byte is the first of another text. */
    public void reset() {
        length = 0;
        base = 0;
        holdsForm(0, 0);
    }

    /** The place of what is at an index of the bytes handed to a sink. */
    public long place(int index) {
        return base + index;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** The place of the first byte held. */
    long base() {
        return base;
    }

    int index(long place) {
        return (int) (place - base);
    }

    private int capacity() {
        return bytes.length - Signs.PADDING_BYTES;
    }

    private void drop() {
        int dropped = Math.max(0, length - LOOK_BACK_BYTES) & -Signs.BLOCK_BYTES;
        System.arraycopy(bytes, dropped, bytes, 0, length - dropped);
        signs.drop(dropped);
        base += dropped;
        length -= dropped;
    }

    private void grow(int wanted) {
        if (bytes.length == 0 || (wanted > capacity() && capacity() < MAX_BYTES)) {
            int size = Math.clamp(2L * wanted, FIRST_BYTES, MAX_BYTES);
            bytes = Arrays.copyOf(bytes, size + Signs.PADDING_BYTES);
            shared = ByteBuffer.wrap(bytes);
        }
    }
}
