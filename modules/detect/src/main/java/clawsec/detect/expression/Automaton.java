package clawsec.detect.expression;

/**
 * A non-deterministic automaton with one bit a position: a step is a shift, a few masks and an
 * {@code and}, whatever the text is. Nearly every position is followed by the one after it (the
 * shift); for the others there is a list. Preparing it takes little, and its size is that of the
 * expression; a deterministic automaton would step faster but can be exponentially large.
 *
 * <pre>
 * next = ((state &lt;&lt; 1 where shift allows) | leads of each branching one | starts) &amp; may be this
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

    private final Tables tables;
    private final int words;

    private Automaton(Tables tables) {
        this.tables = tables;
        this.words = tables.words;
    }

    /**
     * The automaton of an expression.
     *
     * @throws ExpressionException when the expression is too large, or has a {@code \b} next to a
     *     class that leaves open whether there is a boundary
     */
    public static Automaton of(Node node) throws ExpressionException {
        requireFits(node);
        return new Automaton(new Tables(Positions.writtenOut(node, MAX_POSITIONS)));
    }

    /**
     * Tells whether an automaton is small enough without making it.
     *
     * @return the bytes of the expression with its repetitions written out
     * @throws ExpressionException when it is not
     */
    public static long requireFits(Node node) throws ExpressionException {
        long count = Positions.countWrittenOut(node);
        if (count > MAX_POSITIONS) {
            throw new ExpressionException(
                    "expression takes "
                            + count
                            + " bytes with its repetitions written out, at most "
                            + MAX_POSITIONS
                            + " are allowed; use smaller repetitions");
        }
        return count;
    }

    /** Words of a state: the positions that are alive, and as many to work with. */
    public int stateLength() {
        return 2 * words;
    }

    /** Whether nothing is alive. */
    public boolean isIdle(long[] state) {
        long any = 0;
        for (int w = 0; w < words; w++) {
            any |= state[w];
        }
        return any == 0;
    }

    /**
     * The length of the longest match that starts at {@code from} and ends by {@code to}; 0 when
     * there is none. The end of {@code text} is taken for the end of the text.
     */
    public int longestAt(byte[] text, int from, int to) {
        long[] state = new long[stateLength()];
        int longest = 0;
        for (int index = from; index < to; index++) {
            int row = tables.rows[text[index] & 0xff];
            if (tables.meets(state, tables.endsBefore(row))) {
                longest = index - from;
            }
            step(state, row, index == from ? tables.first(text, index) : NOTHING);
            if (isIdle(state)) {
                return longest;
            }
            if (tables.meets(state, tables.ends)) {
                longest = index + 1 - from;
            }
        }
        return tables.meets(state, tables.endsBeforeOther) ? to - from : longest;
    }

    /**
     * Reads on as long as something is alive; a match can only have started at the very first byte.
     *
     * @param isFirst whether the byte at {@code from} is that first one
     * @return the index after the last byte that fitted; below {@code to} when nothing is alive
     */
    public int walk(long[] state, byte[] text, int from, int to, boolean isFirst) {
        for (int index = from; index < to; index++) {
            boolean mayStart = isFirst && index == from;
            int row = tables.rows[text[index] & 0xff];
            step(state, row, mayStart ? tables.first(text, index) : NOTHING);
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
            long moved = state[w] & tables.shift[w];
            state[words + w] = (moved << 1) | carry | starts[w];
            carry = moved >>> 63;
        }
        for (int w = 0; w < words; w++) {
            for (long rest = state[w] & tables.branching[w]; rest != 0; rest &= rest - 1) {
                int lead = ((w << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int v = 0; v < words; v++) {
                    state[words + v] |= tables.leads[lead + v];
                }
            }
        }
        for (int w = 0; w < words; w++) {
            state[w] = state[words + w] & tables.masks[row * words + w];
        }
    }
}
