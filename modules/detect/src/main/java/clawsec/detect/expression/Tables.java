package clawsec.detect.expression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of an {@link Automaton}: sets of positions, {@code words} for each, lowest first. */
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

    /** Sets of positions that lead to the same others, and those others. */
    final long[] groups;

    final long[] leads;

    /** Where a match can start after a word byte, and after another or none. */
    final long[] firstAfterWord;

    final long[] firstAfterOther;

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
        precede = new long[positions * words];
        Map<BitSet, BitSet> exceptions = new LinkedHashMap<>();
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
                exceptions.computeIfAbsent(follow, _ -> new BitSet()).set(i);
            }
        }
        groups = new long[exceptions.size() * words];
        leads = new long[exceptions.size() * words];
        int group = 0;
        for (Map.Entry<BitSet, BitSet> exception : exceptions.entrySet()) {
            store(exception.getValue(), groups, group);
            store(exception.getKey(), leads, group++);
        }
        Positions.Part whole = source.whole;
        firstAfterWord = edge(source, whole.first(), false);
        firstAfterOther = edge(source, whole.first(), true);
        ends = stored(whole.last().always());
        endsBeforeWord = stored(atBoundary(source, whole.last(), false));
        endsBeforeOther = stored(atBoundary(source, whole.last(), true));
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
