package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
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
    private static final int HASH_BITS = 16;
    private static final int SLOT_BITS = 14;
    private static final int NONE = -1;

    /** Bytes that are compared at once. */
    private static final int LAST = Long.BYTES;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** By literal its bytes, and what is set in a text's before they are compared. */
    private final byte[][] texts;

    private final byte[][] folds;

    /**
     * By literal, next to each other so that one look at memory brings them all: the same of the
     * last eight bytes (of a shorter literal the others are all set), and the next literal.
     */
    private final long[] entries;

    private static final int FOLDS = 1;
    private static final int NEXT = 2;
    private static final int ENTRY = 4;

    /** The first literal by the upper bits of the hash. */
    private final int[] first = new int[1 << SLOT_BITS];

    /** The first one of three bytes. */
    private final int[] firstThree = new int[1 << SLOT_BITS];

    private final boolean hasThrees;

    /**
     * @param literals all different
     */
    LiteralTable(List<Literal> literals) {
        texts = new byte[literals.size()][];
        folds = new byte[literals.size()][];
        entries = new long[literals.size() * ENTRY];
        Arrays.fill(first, NONE);
        Arrays.fill(firstThree, NONE);
        hasThrees = literals.stream().anyMatch(Anchors::isThree);
        for (int i = literals.size() - 1; i >= 0; i--) {
            Literal literal = literals.get(i);
            texts[i] = new byte[literal.length()];
            folds[i] = new byte[literal.length()];
            for (int j = 0; j < literal.length(); j++) {
                texts[i][j] = (byte) literal.text().charAt(j);
                folds[i][j] = (byte) literal.fold(j);
            }
            entries[i * ENTRY] = last(texts[i]);
            entries[i * ENTRY + FOLDS] = last(folds[i]);
            int slot = Anchors.hash(literal) >>> (HASH_BITS - SLOT_BITS);
            int[] heads = Anchors.isThree(literal) ? firstThree : first;
            entries[i * ENTRY + NEXT] = heads[slot];
            heads[slot] = i;
        }
    }

    /** Adds the literals that end with the byte at {@code last}. */
    void confirm(byte[] text, int last, Hits hits) {
        int four = Anchors.lastFour(text, last);
        addAll(first, Anchors.hash(four), text, last, hits);
        if (hasThrees) {
            addAll(firstThree, Anchors.hashOfThree(four), text, last, hits);
        }
    }

    private void addAll(int[] heads, int hash, byte[] text, int last, Hits hits) {
        for (int i = heads[hash >>> (HASH_BITS - SLOT_BITS)];
                i != NONE;
                i = (int) entries[i * ENTRY + NEXT]) {
            if (endsAt(i, text, last)) {
                hits.add(last + 1, i);
            }
        }
    }

    private boolean endsAt(int literal, byte[] text, int last) {
        if (last >= LAST - 1) {
            long eight = (long) EIGHT_BYTES.get(text, last - (LAST - 1));
            if ((eight | entries[literal * ENTRY + FOLDS]) != entries[literal * ENTRY]) {
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
}
