package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;

/**
 * Looks at one byte after the other, without vectors: the hash of the last three bytes of each
 * literal is flagged, and looked up at every byte. No step depends on the one before, so that a
 * processor takes several at once. Letters of both cases are the same.
 */
final class ByteSearch implements CandidateSearch {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes whose hashes are flagged. */
    private static final int LENGTH = 3;

    /** Places that are looked at with one reading of eight bytes. */
    private static final int AT_ONCE = Long.BYTES - LENGTH + 1;

    private static final long FOLD = 0x2020202020202020L;

    /** Multiplied by this, a fourth byte is lost. */
    private static final int FACTOR = 0x9E3779B1 << 8;

    private static final int HASH_BITS = 16;

    private final byte[] flags = new byte[1 << HASH_BITS];

    ByteSearch(Collection<Literal> literals) {
        for (Literal literal : literals) {
            int three = 0;
            for (int i = 0; i < LENGTH; i++) {
                three |= literal.text().charAt(literal.length() - LENGTH + i) << 8 * i;
            }
            flags[hash(three | (int) FOLD)] = 1;
        }
    }

    @Override
    public void mark(byte[] text, int from, int to, Scratch scratch) {
        int word = 0;
        for (int block = from; block < to; block += BLOCK) {
            scratch.marks[word++] = marked(text, block, Math.min(BLOCK, to - block));
        }
    }

    private long marked(byte[] text, int from, int count) {
        long bits = 0;
        int i = 0;
        if (from >= LENGTH - 1) {
            int most = Math.min(count, text.length - Long.BYTES + LENGTH - from);
            for (; i + AT_ONCE <= most; i += AT_ONCE) {
                int first = from + i - (LENGTH - 1);
                bits |= flagged((long) EIGHT_BYTES.get(text, first) | FOLD) << i;
            }
        }
        for (; i < count; i++) {
            bits |= (long) flagged(text, from + i) << i;
        }
        return bits;
    }

    /** A bit for each three of eight bytes. */
    private long flagged(long eight) {
        return flags[hash((int) eight)]
                | flags[hash((int) (eight >>> 8))] << 1
                | flags[hash((int) (eight >>> 16))] << 2
                | flags[hash((int) (eight >>> 24))] << 3
                | flags[hash((int) (eight >>> 32))] << 4
                | flags[hash((int) (eight >>> 40))] << 5;
    }

    /** The same of the three bytes up to one of the text; zeros precede it. */
    private byte flagged(byte[] text, int last) {
        int three = (int) FOLD;
        for (int i = 0; i < LENGTH; i++) {
            int at = last - (LENGTH - 1) + i;
            three |= at < 0 ? 0 : (text[at] & 0xff) << 8 * i;
        }
        return flags[hash(three)];
    }

    private static int hash(int three) {
        return (three * FACTOR) >>> (Integer.SIZE - HASH_BITS);
    }
}
