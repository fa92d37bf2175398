package clawsec.detect.expression;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an {@link Automaton} or a {@link Seeker} runs on: sets of positions, {@code words} for each,
 * lowest first.
 */
final class Tables {
    final int positions;
    final int words;

    /** Bytes that no position tells apart share a row of {@link #masks}. */
    final char[] rows = new char[256];

    /** The bytes of words, for boundaries where a match starts. */
    final ByteSet wordBefore;

    /** By row, whether its bytes are part of a word, for boundaries where a match ends. */
    final boolean[] isWordRow;

    /** Those bytes. */
    final ByteSet wordAfter;

    /** The positions that a byte of the row may stand at. */
    final long[] masks;

    /** The positions that bytes of literals are taken from. */
    final long[] narrow;

    /** The positions that the one after them can follow. */
    final long[] shift;

    /** The positions that others can follow, and for each position those others. */
    final long[] branching;

    final long[] leads;

    /** Where a match can start whatever precedes, after a word byte, and after another or none. */
    final long[] firstAlways;

    final long[] firstAfterWord;

    final long[] firstAfterOther;

    /** Whether the two differ. */
    final boolean looksBack;

    /** Where a match ends whatever follows, before a word byte, and before another or the end. */
    final long[] ends;

    final long[] endsBeforeWord;
    final long[] endsBeforeOther;

    Tables(Positions source) throws ExpressionException {
        positions = source.count();
        wordBefore = source.wordBeside(source.whole.first());
        wordAfter = source.wordBeside(source.whole.last());
        words = Math.max(1, (positions + 63) / 64);
        int[] examples = fillRows(source);
        isWordRow = new boolean[examples.length];
        masks = new long[examples.length * words];
        for (int row = 0; row < examples.length; row++) {
            isWordRow[row] = wordAfter.contains(examples[row]);
            for (int i = 0; i < positions; i++) {
                if (source.sets.get(i).contains(examples[row])) {
                    masks[row * words + (i >>> 6)] |= 1L << (i & 63);
                }
            }
        }
        narrow = new long[words];
        for (int i = 0; i < positions; i++) {
            if (Literals.isNarrow(source.sets.get(i))) {
                narrow[i >>> 6] |= 1L << (i & 63);
            }
        }
        shift = new long[words];
        branching = new long[words];
        leads = new long[positions * words];
        for (int i = 0; i < positions; i++) {
            BitSet follow = (BitSet) source.follow.get(i).clone();
            if (follow.get(i + 1)) {
                shift[i >>> 6] |= 1L << (i & 63);
                follow.clear(i + 1);
            }
            if (!follow.isEmpty()) {
                branching[i >>> 6] |= 1L << (i & 63);
                store(follow, leads, i);
            }
        }
        Positions.Part whole = source.whole;
        firstAlways = stored(whole.first().always());
        firstAfterWord = edge(source, whole.first(), false);
        firstAfterOther = edge(source, whole.first(), true);
        looksBack = !Arrays.equals(firstAfterWord, firstAfterOther);
        ends = stored(whole.last().always());
        endsBeforeWord = stored(atBoundary(source, whole.last(), false));
        endsBeforeOther = stored(atBoundary(source, whole.last(), true));
    }

    /** The positions at which a match may start with the byte at {@code index}. */
    long[] first(byte[] text, int index) {
        return looksBack && Words.endsBefore(text, index, wordBefore)
                ? firstAfterWord
                : firstAfterOther;
    }

    /** The positions at which a match ends because of the byte that follows. */
    long[] endsBefore(int row) {
        return isWordRow[row] ? endsBeforeWord : endsBeforeOther;
    }

    /**
     * The positions that may be next, whatever the byte.
     *
     * @param looping positions that may follow themselves
     */
    long[] next(long[] alive, long[] looping) {
        long[] next = new long[words];
        for (int w = 0; w < words; w++) {
            long moved = alive[w] & shift[w];
            next[w] |= (moved << 1) | (alive[w] & looping[w]);
            if (w + 1 < words) {
                next[w + 1] |= moved >>> 63;
            }
            for (long rest = alive[w] & branching[w]; rest != 0; rest &= rest - 1) {
                int lead = ((w << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int v = 0; v < words; v++) {
                    next[v] |= leads[lead + v];
                }
            }
        }
        return next;
    }

    boolean meets(long[] state, long[] others) {
        long met = 0;
        for (int w = 0; w < words; w++) {
            met |= state[w] & others[w];
        }
        return met != 0;
    }

    /** Splits the bytes by one set after the other; returns a byte of each row. */
    private int[] fillRows(Positions source) {
        Set<ByteSet> sets = new LinkedHashSet<>(source.sets);
        sets.add(wordAfter);
        int count = 1;
        for (ByteSet set : sets) {
            int[] split = new int[2 * count];
            Arrays.fill(split, -1);
            count = 0;
            for (int value = 0; value < 256; value++) {
                int part = 2 * rows[value] + (set.contains(value) ? 1 : 0);
                if (split[part] < 0) {
                    split[part] = count++;
                }
                rows[value] = (char) split[part];
            }
        }
        int[] examples = new int[count];
        for (int value = 0; value < 256; value++) {
            examples[rows[value]] = value;
        }
        return examples;
    }

    private long[] edge(Positions source, Positions.Edge edge, boolean isBesideOther)
            throws ExpressionException {
        BitSet all = atBoundary(source, edge, isBesideOther);
        all.or(edge.always());
        return stored(all);
    }

    /** The positions for which there is a boundary when the byte beside them is of that kind. */
    private static BitSet atBoundary(Positions source, Positions.Edge edge, boolean isBesideOther)
            throws ExpressionException {
        BitSet met = new BitSet();
        BitSet asked = edge.atBoundary();
        for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
            source.requireUniform(i);
            met.set(i, source.isWord(i) == isBesideOther);
        }
        return met;
    }

    private long[] stored(BitSet set) {
        long[] target = new long[words];
        store(set, target, 0);
        return target;
    }

    private void store(BitSet set, long[] target, int row) {
        long[] bits = set.toLongArray();
        System.arraycopy(bits, 0, target, row * words, bits.length);
    }
}
