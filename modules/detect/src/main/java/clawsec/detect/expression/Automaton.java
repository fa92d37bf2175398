package clawsec.detect.expression;

import java.util.Arrays;

/**
 * A non-deterministic automaton run with one bit a position: a step is a shift, a few masks and an
 * {@code and}, whatever the text is, so no input is slower than another. Nearly every position is
 * followed by the one after it (the shift); the rest (loops, skipped parts) is grouped by where it
 * leads. Preparing it takes microseconds, and its size is that of the expression; a deterministic
 * automaton would step faster but can be exponentially large.
 *
 * <pre>
 * next = ((state &lt;&lt; 1 where shift allows) | leads of each group met | starts) &amp; may be this byte
 * </pre>
 *
 * <p>Source: G. Navarro and M. Raffinot, Flexible Pattern Matching in Strings, 2002, chapter 5; the
 * exceptions follow X. Wang et al., Hyperscan, NSDI 2019.
 *
 * <p>Immutable. A state is a caller's array of {@link #stateLength()} words.
 */
public final class Automaton {
    /** The most positions: bytes of the expression with its repetitions written out. */
    public static final int MAX_POSITIONS = 1024;

    /** Starts of no match. */
    static final long[] NOTHING = new long[MAX_POSITIONS / 64];

    final int positions;
    final int words;

    /** For each position, those it can follow, {@code words} for each. */
    final long[] precede;

    /** The positions at which a match ends whatever follows. */
    final long[] ends;

    private final char[] rows;
    private final boolean[] isWordRow;
    private final long[] masks;
    private final long[] shift;
    private final long[] groups;
    private final long[] leads;
    private final Tables tables;
    private final boolean looksBack;

    private Automaton(Tables tables) {
        this.tables = tables;
        positions = tables.positions;
        words = tables.words;
        precede = tables.precede;
        ends = tables.ends;
        rows = tables.rows;
        isWordRow = tables.isWordRow;
        masks = tables.masks;
        shift = tables.shift;
        groups = tables.groups;
        leads = tables.leads;
        looksBack = !Arrays.equals(tables.firstAfterWord, tables.firstAfterOther);
    }

    /**
     * The automaton of an expression.
     *
     * @throws ExpressionException when the expression is too large, or has a {@code \b} next to a
     *     class that leaves open whether there is a boundary
     */
    public static Automaton of(Node node) throws ExpressionException {
        return new Automaton(new Tables(new Positions(node, MAX_POSITIONS)));
    }

    /** Words of a state: the positions that are alive, and as many to work with. */
    public int stateLength() {
        return 2 * words;
    }

    /**
     * Reads on until a match may end, or nothing is alive. Matches may start at every byte read.
     *
     * @param state what is alive at {@code from}; afterwards, at the place returned
     * @param text whose index 0 is the start of the text, or has at least {@link Words#LOOK_BACK}
     *     bytes before {@code from}
     * @param settled reading does not stop for want of anything alive before this index
     * @return the index reached, or its complement ({@code ~index}) when a match ends there
     */
    public int seek(long[] state, byte[] text, int from, int to, int settled) {
        return words == 1
                ? seekInOneWord(state, text, from, to, settled)
                : seekInWords(state, text, from, to, settled);
    }

    private int seekInOneWord(long[] state, byte[] text, int from, int to, int settled) {
        long alive = state[0];
        for (int index = from; index < to; index++) {
            int row = rows[text[index] & 0xff];
            if ((alive & (isWordRow[row] ? tables.endsBeforeWord[0] : tables.endsBeforeOther[0]))
                    != 0) {
                state[0] = alive;
                return ~index;
            }
            long next = (alive & shift[0]) << 1;
            for (int group = 0; group < groups.length; group++) {
                if ((alive & groups[group]) != 0) {
                    next |= leads[group];
                }
            }
            next |= first(text, index)[0];
            alive = next & masks[row];
            if ((alive & ends[0]) != 0) {
                state[0] = alive;
                return ~(index + 1);
            }
            if (alive == 0 && index + 1 >= settled) {
                state[0] = 0;
                return index + 1;
            }
        }
        state[0] = alive;
        return to;
    }

    private int seekInWords(long[] state, byte[] text, int from, int to, int settled) {
        for (int index = from; index < to; index++) {
            int row = row(text[index]);
            if (meets(state, endsBefore(row))) {
                return ~index;
            }
            step(state, row, first(text, index));
            if (meets(state, ends)) {
                return ~(index + 1);
            }
            if (index + 1 >= settled && isIdle(state)) {
                return index + 1;
            }
        }
        return to;
    }

    /** Whether nothing is alive. */
    public boolean isIdle(long[] state) {
        long any = 0;
        for (int w = 0; w < words; w++) {
            any |= state[w];
        }
        return any == 0;
    }

    /** Whether a match ends here if the text does. */
    public boolean endsAtEnd(long[] state) {
        return meets(state, ends) || meets(state, tables.endsBeforeOther);
    }

    /**
     * The length of the longest match that starts at {@code from} and ends by {@code to}; 0 when
     * there is none. The end of {@code text} is taken for the end of the text.
     */
    public int longestAt(byte[] text, int from, int to) {
        long[] state = new long[stateLength()];
        int longest = 0;
        for (int index = from; index < to; index++) {
            int row = row(text[index]);
            if (meets(state, endsBefore(row))) {
                longest = index - from;
            }
            step(state, row, index == from ? first(text, index) : NOTHING);
            if (isIdle(state)) {
                return longest;
            }
            if (meets(state, ends)) {
                longest = index + 1 - from;
            }
        }
        return meets(state, tables.endsBeforeOther) ? to - from : longest;
    }

    /**
     * Reads on as long as something is alive; a match can only have started at the very first byte.
     *
     * @param isFirst whether the byte at {@code from} is that first one
     * @return the index after the last byte that fitted; below {@code to} when nothing is alive
     */
    public int walk(long[] state, byte[] text, int from, int to, boolean isFirst) {
        for (int index = from; index < to; index++) {
            step(state, row(text[index]), isFirst && index == from ? first(text, index) : NOTHING);
            if (isIdle(state)) {
                return index;
            }
        }
        return to;
    }

    /** Reads one byte; {@code starts} are the positions at which a match may start with it. */
    void step(long[] state, int row, long[] starts) {
        long carry = 0;
        for (int w = 0; w < words; w++) {
            long moved = state[w] & shift[w];
            state[words + w] = moved << 1 | carry | starts[w];
            carry = moved >>> 63;
        }
        for (int group = 0; group < groups.length; group += words) {
            long met = 0;
            for (int w = 0; w < words; w++) {
                met |= state[w] & groups[group + w];
            }
            if (met != 0) {
                for (int w = 0; w < words; w++) {
                    state[words + w] |= leads[group + w];
                }
            }
        }
        for (int w = 0; w < words; w++) {
            state[w] = state[words + w] & masks[row * words + w];
        }
    }

    int row(byte value) {
        return rows[value & 0xff];
    }

    /** The positions at which a match ends because of the byte that follows. */
    long[] endsBefore(int row) {
        return isWordRow[row] ? tables.endsBeforeWord : tables.endsBeforeOther;
    }

    long[] endsAtEnd() {
        return tables.endsBeforeOther;
    }

    /** The positions at which a match may start with the byte at {@code index}. */
    long[] first(byte[] text, int index) {
        return looksBack && Words.endsBefore(text, index)
                ? tables.firstAfterWord
                : tables.firstAfterOther;
    }

    private boolean meets(long[] state, long[] others) {
        long met = 0;
        for (int w = 0; w < words; w++) {
            met |= state[w] & others[w];
        }
        return met != 0;
    }
}
