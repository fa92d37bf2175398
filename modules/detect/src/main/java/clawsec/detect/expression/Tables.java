package clawsec.detect.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an {@link Automaton} or a {@link Seeker} runs on: sets of positions, {@code words} for each,
 * lowest first.
 */
final class Tables {
    final int positions;
    final int words;

    /** Bytes that no position tells apart share a row of {@link #masks}. */
    final char[] rows = new char[256];

    final boolean[] isWordRow;

    /** The positions that a byte of the row may stand at. */
    final long[] masks;

    /** The positions that the one after them can follow. */
    final long[] shift;

    /** The positions that others can follow, and for each position those others. */
    final long[] branching;

    final long[] leads;

    /** Where a match can start after a word byte, and after another or none. */
    final long[] firstAfterWord;

    final long[] firstAfterOther;

    /** Whether the two differ. */
    final boolean looksBack;

    /** Where a match ends whatever follows, before a word byte, and before another or the end. */
    final long[] ends;

    final long[] endsBeforeWord;
    final long[] endsBeforeOther;

    /** For each position, those it can follow. */
    final long[] precede;

    Tables(Positions source) throws ExpressionException {
        positions = source.count();
        words = Math.max(1, (positions + 63) / 64);
        List<BitSet> columns = new ArrayList<>();
        isWordRow = fillRows(source, columns);
        masks = new long[columns.size() * words];
        for (int row = 0; row < columns.size(); row++) {
            store(columns.get(row), masks, row);
        }
        shift = new long[words];
        branching = new long[words];
        precede = new long[positions * words];
        leads = new long[positions * words];
        for (int i = 0; i < positions; i++) {
            BitSet follow = (BitSet) source.follow.get(i).clone();
            for (int j = follow.nextSetBit(0); j >= 0; j = follow.nextSetBit(j + 1)) {
                precede[j * words + (i >>> 6)] |= 1L << (i & 63);
            }
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
        firstAfterWord = edge(source, whole.first(), false);
        firstAfterOther = edge(source, whole.first(), true);
        looksBack = !Arrays.equals(firstAfterWord, firstAfterOther);
        ends = stored(whole.last().always());
        endsBeforeWord = stored(atBoundary(source, whole.last(), false));
        endsBeforeOther = stored(atBoundary(source, whole.last(), true));
    }

    /** The positions at which a match may start with the byte at {@code index}. */
    long[] first(byte[] text, int index) {
        return looksBack && Words.endsBefore(text, index) ? firstAfterWord : firstAfterOther;
    }

    /** The positions at which a match ends because of the byte that follows. */
    long[] endsBefore(int row) {
        return isWordRow[row] ? endsBeforeWord : endsBeforeOther;
    }

    boolean meets(long[] state, long[] others) {
        long met = 0;
        for (int w = 0; w < words; w++) {
            met |= state[w] & others[w];
        }
        return met != 0;
    }

    private boolean[] fillRows(Positions source, List<BitSet> columns) {
        Map<BitSet, Integer> numbers = new LinkedHashMap<>();
        boolean[] isWord = new boolean[256];
        for (int value = 0; value < 256; value++) {
            BitSet column = new BitSet();
            for (int i = 0; i < positions; i++) {
                column.set(i, source.sets.get(i).contains(value));
            }
            column.set(positions, ByteSet.WORD.contains(value));
            int row = numbers.computeIfAbsent(column, _ -> numbers.size());
            rows[value] = (char) row;
            isWord[row] = column.get(positions);
        }
        for (BitSet column : numbers.keySet()) {
            BitSet own = (BitSet) column.clone();
            own.clear(positions);
            columns.add(own);
        }
        return isWord;
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
