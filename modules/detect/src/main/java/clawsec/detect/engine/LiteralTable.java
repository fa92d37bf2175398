package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import clawsec.detect.expression.Literals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a literal ends at a place, and which: a bit by a hash of the last four bytes says
 * no nearly everywhere, a chain of literals with the same hash is compared for the rest. Immutable.
 */
final class LiteralTable {
    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Makes letters of both cases the same, and a few other bytes too. */
    private static final int FOLD = 0x20202020;

    private static final int FACTOR = 0x9E3779B1;
    private static final int HASH_BITS = 16;
    private static final int SLOT_BITS = 12;
    private static final int NONE = -1;

    /** Bytes that are compared at once. */
    private static final int LAST = Long.BYTES;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** By literal its bytes, and what is set in a text's before they are compared. */
    private final byte[][] texts;

    private final byte[][] folds;

    /** The same of the last eight bytes; of a shorter literal the others are all set. */
    private final long[] lastTexts;

    private final long[] lastFolds;

    /** A bit for the hash of each literal's last four bytes, and of each literal of three. */
    private final long[] fours = new long[1 << (HASH_BITS - 6)];

    private final long[] threes = new long[1 << (HASH_BITS - 6)];
    private final boolean hasThrees;

    /** The first literal by the upper bits of the hash, and the next one by literal. */
    private final int[] first = new int[1 << SLOT_BITS];

    private final int[] next;

    /**
     * @param literals all different
     */
    LiteralTable(List<Literal> literals) {
        texts = new byte[literals.size()][];
        folds = new byte[literals.size()][];
        lastTexts = new long[literals.size()];
        lastFolds = new long[literals.size()];
        next = new int[literals.size()];
        Arrays.fill(first, NONE);
        boolean anyThree = false;
        for (int i = literals.size() - 1; i >= 0; i--) {
            Literal literal = literals.get(i);
            texts[i] = new byte[literal.length()];
            folds[i] = new byte[literal.length()];
            for (int j = 0; j < literal.length(); j++) {
                texts[i][j] = (byte) literal.text().charAt(j);
                folds[i][j] = (byte) literal.fold(j);
            }
            lastTexts[i] = last(texts[i]);
            lastFolds[i] = last(folds[i]);
            boolean isThree = literal.length() < Literals.ANCHOR_LENGTH;
            anyThree |= isThree;
            int last = lastFour(texts[i], literal.length() - 1);
            int hash = isThree ? hashOfThree(last) : hash(last);
            long[] bits = isThree ? threes : fours;
            bits[hash >>> 6] |= 1L << hash;
            int slot = hash >>> (HASH_BITS - SLOT_BITS);
            next[i] = first[slot];
            first[slot] = i;
        }
        hasThrees = anyThree;
    }

    /**
     * Goes through marked places and keeps those where the hash of a literal stands.
     *
     * @param marks bits, the lowest for the byte at {@code index}
     * @param kept takes the indices of last bytes
     * @return how many were kept
     */
    int sift(byte[] text, int index, long marks, int[] kept) {
        int count = 0;
        for (long rest = marks; rest != 0; rest &= rest - 1) {
            int last = index + Long.numberOfTrailingZeros(rest);
            int four = lastFour(text, last);
            int hash = hash(four);
            long bit = fours[hash >>> 6] >>> hash;
            if (hasThrees) {
                int short3 = hashOfThree(four);
                bit |= threes[short3 >>> 6] >>> short3;
            }
            kept[count] = last;
            count += (int) (bit & 1);
        }
        return count;
    }

    /** Adds the literals that end with the byte at {@code last}. */
    void confirm(byte[] text, int last, Hits hits) {
        int four = lastFour(text, last);
        addAll(hash(four), text, last, hits);
        if (hasThrees) {
            addAll(hashOfThree(four), text, last, hits);
        }
    }

    private void addAll(int hash, byte[] text, int last, Hits hits) {
        for (int i = first[hash >>> (HASH_BITS - SLOT_BITS)]; i != NONE; i = next[i]) {
            if (endsAt(i, text, last)) {
                hits.add(last + 1, i);
            }
        }
    }

    private boolean endsAt(int literal, byte[] text, int last) {
        if (last >= LAST - 1) {
            long eight = (long) EIGHT_BYTES.get(text, last - (LAST - 1));
            if ((eight | lastFolds[literal]) != lastTexts[literal]) {
                return false;
            }
        }
        byte[] expected = texts[literal];
        byte[] fold = folds[literal];
        int start = last + 1 - expected.length;
        if (start < 0) {
            return false;
        }
        for (int i = last >= LAST - 1 ? expected.length - 1 - LAST : expected.length - 1;
                i >= 0;
                i--) {
            if ((byte) (text[start + i] | fold[i]) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** The last eight bytes, the very last one highest; what is missing is all set. */
    private static long last(byte[] bytes) {
        long all = -1;
        for (int i = Math.max(0, bytes.length - LAST); i < bytes.length; i++) {
            all = all >>> 8 | (long) bytes[i] << 56;
        }
        return all;
    }

    /** Four bytes, the last one highest; zeros before the start of the text. */
    private static int lastFour(byte[] text, int last) {
        if (last >= 3) {
            return (int) FOUR_BYTES.get(text, last - 3);
        }
        int four = 0;
        for (int i = 0; i <= last; i++) {
            four = four >>> 8 | text[i] << 24;
        }
        return four;
    }

    private static int hash(int four) {
        return ((four | FOLD) * FACTOR) >>> (Integer.SIZE - HASH_BITS);
    }

    private static int hashOfThree(int four) {
        return (((four | FOLD) >>> 8) * FACTOR) >>> (Integer.SIZE - HASH_BITS);
    }
}
