package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import clawsec.detect.expression.Sequel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a literal ends at a place, and which: a chain of literals with the same hash of the
 * last four bytes is compared. A literal is passed over where the bytes after it show that no match
 * goes on like this, as soon as it is known which bytes may follow. Immutable but for that.
 */
final class LiteralTable {
    private static final int HASH_BITS = 16;
    private static final int SLOT_BITS = 13;
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
     * last eight bytes (of a shorter literal the others are all set), the next literal, the length,
     * and a bit for each byte that may follow.
     */
    private final long[] entries;

    private static final int FOLDS = 1;
    private static final int NEXT = 2;
    private static final int LENGTH = 3;
    private static final int FOLLOWING = 4;
    private static final int ENTRY = 8;

    /** By literal, what may follow, as far as that is known. */
    private final Sequel[] sequels;

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
        sequels = new Sequel[literals.size()];
        Arrays.fill(entries, -1);
        Arrays.fill(sequels, Sequel.ANY);
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
            int slot = slot(Anchors.hash(literal));
            int[] heads = Anchors.isThree(literal) ? firstThree : first;
            entries[i * ENTRY + NEXT] = heads[slot];
            entries[i * ENTRY + LENGTH] = literal.length();
            heads[slot] = i;
        }
    }

    /** From now on passes a literal over where other bytes follow it. */
    void follow(int literal, Sequel sequel) {
        for (int value = 0; value < 256; value++) {
            if (!sequel.mayBeginWith(value)) {
                entries[literal * ENTRY + FOLLOWING + (value >>> 6)] &= ~(1L << value);
            }
        }
        sequels[literal] = sequel;
    }

    /**
     * Adds the literals that end with the byte at {@code last}.
     *
     * @param to index before which bytes that follow may be looked at
     */
    void confirm(byte[] text, int last, int to, Hits hits) {
        int four = Anchors.lastFour(text, last);
        addAll(first[slot(Anchors.hash(four))], text, last, to, hits);
        if (hasThrees) {
            addAll(firstThree[slot(Anchors.hashOfThree(four))], text, last, to, hits);
        }
    }

    private static int slot(int hash) {
        return hash >>> (HASH_BITS - SLOT_BITS);
    }

    private void addAll(int head, byte[] text, int last, int to, Hits hits) {
        for (int i = head; i != NONE; i = (int) entries[i * ENTRY + NEXT]) {
            if (endsAt(i, text, last) && mayGoOn(i, text, last + 1, to)) {
                hits.add(last + 1, i);
            }
        }
    }

    private boolean mayGoOn(int literal, byte[] text, int end, int to) {
        if (end >= to) {
            return true;
        }
        int next = text[end] & 0xff;
        return (entries[literal * ENTRY + FOLLOWING + (next >>> 6)] >>> next & 1) != 0
                && sequels[literal].misfit(text, end, to) == to;
    }

    private boolean endsAt(int literal, byte[] text, int last) {
        int length = (int) entries[literal * ENTRY + LENGTH];
        if (last >= LAST - 1) {
            long eight = (long) EIGHT_BYTES.get(text, last - (LAST - 1));
            if ((eight | entries[literal * ENTRY + FOLDS]) != entries[literal * ENTRY]) {
                return false;
            }
            if (length <= LAST) {
                return true;
            }
        }
        return last + 1 >= length && isText(literal, text, last + 1 - length);
    }

    private boolean isText(int literal, byte[] text, int start) {
        byte[] expected = texts[literal];
        byte[] fold = folds[literal];
        for (int i = 0; i < expected.length; i++) {
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
