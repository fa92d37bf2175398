package clawsec.detect.expression;

import java.util.Arrays;

/**
 * Finds the first place where a match ends, wherever it started. An {@link Automaton} in which a
 * repetition of one byte is a single position with a counter, so that most expressions fit into one
 * word. One counter is enough for all matches that are under way: of those in a loop that must
 * stand a number of times the oldest can leave first, of those in a loop that may stand so many
 * times the youngest can stay longest, and in all else they are alike.
 *
 * <p>Source for counters in place of copies: L. Turoňová et al., Regex matching with counting-set
 * automata, OOPSLA 2020, here without the sets.
 *
 * <p>Immutable. A {@link SeekState} is a caller's.
 */
public final class Seeker {
    /** The most positions: bytes of the expression, a repeated one counted once. */
    public static final int MAX_POSITIONS = 512;

    private final Tables tables;
    private final int words;

    /** Positions with a counter; of these, those that must stand a number of times. */
    private final long[] counted;

    private final long[] delayed;

    /** Positions after which a match can go on; and those where it may end by what follows. */
    private final long[] goingOn;

    private final long[] endingBeside;

    /** For each position the times it must stand, and the times it may. */
    private final int[] min;

    private final int[] max;
    private final boolean hasDelayed;
    private final boolean hasCounters;
    private final Stations stations;

    /** The same where no match starts any more. */
    private final Stations rest;

    /** For {@link Approach}; made when first needed, by several threads if need be, all alike. */
    private volatile long[] leaders = {};

    private Seeker(Positions source) throws ExpressionException {
        tables = new Tables(source);
        words = tables.words;
        counted = new long[words];
        delayed = new long[words];
        min = new int[tables.positions];
        max = new int[tables.positions];
        for (Positions.Loop loop : source.loops) {
            int position = loop.position();
            min[position] = loop.min();
            max[position] = loop.max();
            counted[position >>> 6] |= 1L << (position & 63);
            if (loop.min() > 1) {
                delayed[position >>> 6] |= 1L << (position & 63);
            }
        }
        goingOn = new long[words];
        endingBeside = new long[words];
        for (int w = 0; w < words; w++) {
            goingOn[w] = tables.shift[w] | tables.branching[w] | counted[w];
            endingBeside[w] =
                    (tables.endsBeforeWord[w] | tables.endsBeforeOther[w]) & ~tables.ends[w];
        }
        hasCounters = tables.meets(counted, counted);
        hasDelayed = tables.meets(delayed, delayed);
        stations = new Stations(this, tables, true);
        rest = new Stations(this, tables, false);
    }

    /**
     * The seeker of an expression.
     *
     * @throws ExpressionException as {@link Automaton#of}
     */
    public static Seeker of(Node node) throws ExpressionException {
        return new Seeker(Positions.counted(node, MAX_POSITIONS));
    }

    /** The seeker of an expression read backwards. */
    public static Seeker reversed(Node node) throws ExpressionException {
        return of(Node.reversed(node));
    }

    /** A state in which nothing is alive. */
    public SeekState state() {
        return new SeekState(words, hasCounters ? tables.positions : 0);
    }

    /** A place before which nothing started that is alive; not always the latest one. */
    public long aliveSince(SeekState state) {
        return state.since;
    }

    /** Whether nothing is alive. */
    public boolean isIdle(SeekState state) {
        if (state.station != null) {
            return state.station.isIdle();
        }
        long any = 0;
        for (int w = 0; w < words; w++) {
            any |= state.alive[w];
        }
        return any == 0;
    }

    /** Makes a state one in which nothing is alive. */
    public void clear(SeekState state) {
        Arrays.fill(state.alive, 0);
        state.station = null;
        state.since = 0;
    }

    /**
     * Reads on until a match may end, or nothing is alive. Matches may start at every byte read.
     *
     * @param state what is alive at {@code from}; afterwards, at the place returned
     * @param text whose index 0 is the start of the text, or has at least {@link Words#LOOK_BACK}
     *     bytes before {@code from}
     * @param base the place of index 0, by which counters are kept
     * @param settled reading does not stop for want of anything alive before this index
     * @return the index reached, or its complement ({@code ~index}) when a match ends there
     */
    public int seek(SeekState state, byte[] text, long base, int from, int to, int settled) {
        int index = stations.seek(state, text, base, from, to, settled);
        if (index < 0 || index == to || (index >= settled && isIdle(state))) {
            return index;
        }
        state.settle();
        int reached =
                words == 1
                        ? seekInOneWord(state, text, base, index, to, settled)
                        : seekInWords(state, text, base, index, to, settled);
        state.earn(Math.max(reached, ~reached) - index);
        return reached;
    }

    /** Reads on as {@link #seek} does, but whether anything is alive or ends or not. */
    void pass(SeekState state, byte[] text, long base, int from, int to) {
        int index = from;
        while (index < to) {
            int reached = seek(state, text, base, index, to, to);
            index = Math.max(reached, ~reached);
            if (index < to) {
                int row = tables.rows[text[index] & 0xff];
                state.settle();
                step(state, row, tables.first(text, index), base + index);
                index++;
            }
        }
    }

    /**
     * Reads on as {@link #seek} does, but no match starts any more, and none that ends is told.
     *
     * @return whether anything is alive at {@code to}
     */
    public boolean outlives(SeekState state, byte[] text, long base, int from, int to) {
        state.settle();
        for (int index = from; index < to && !isIdle(state); index++) {
            step(state, tables.rows[text[index] & 0xff], Automaton.NOTHING, base + index);
        }
        return !isIdle(state);
    }

    /** Whether a match may start with the byte at {@code index}. */
    public boolean mayStart(byte[] text, int index) {
        int row = tables.rows[text[index] & 0xff];
        long[] first = tables.first(text, index);
        long met = 0;
        for (int w = 0; w < words; w++) {
            met |= first[w] & tables.masks[row * words + w];
        }
        return met != 0;
    }

    /**
     * What may follow a literal in a match.
     *
     * @param isAtStart whether matches begin with it
     */
    public Continuation continuation(Literal literal, boolean isAtStart) {
        return new Continuation(tables, counted, literal, isAtStart);
    }

    /** What may stand before a literal in a match. */
    public Approach approach(Literal literal) {
        long[] known = leaders;
        if (known.length == 0) {
            known = Approach.leaders(tables);
            leaders = known;
        }
        return new Approach(tables, counted, known, literal);
    }

    /** Whether a match ends at {@code place}, where the state is, if the text does. */
    public boolean endsAtEnd(SeekState state, long place) {
        return ends(state, tables.ends, place) || ends(state, tables.endsBeforeOther, place);
    }

    private int seekInOneWord(
            SeekState state, byte[] text, long base, int from, int to, int settled) {
        long alive = state.alive[0];
        for (int index = from; index < to; index++) {
            int row = tables.rows[text[index] & 0xff];
            long ripe = hasDelayed ? ripe(state, alive, 0, base + index) : alive;
            if ((ripe & tables.endsBefore(row)[0]) != 0) {
                state.alive[0] = alive;
                return ~index;
            }
            long next = ((ripe & tables.shift[0]) << 1) | tables.first(text, index)[0];
            for (long rest = ripe & tables.branching[0]; rest != 0; rest &= rest - 1) {
                next |= tables.leads[Long.numberOfTrailingZeros(rest)];
            }
            next &= tables.masks[row];
            long looping = alive & counted[0] & tables.masks[row];
            if ((looping | (next & counted[0])) != 0) {
                next |= count(state, looping, next & counted[0], 0, base + index);
            }
            alive = next;
            if ((alive & tables.ends[0]) != 0
                    && (ripe(state, alive, 0, base + index + 1) & tables.ends[0]) != 0) {
                state.alive[0] = alive;
                return ~(index + 1);
            }
            if (alive == 0 && index + 1 >= settled) {
                state.alive[0] = 0;
                return index + 1;
            }
        }
        state.alive[0] = alive;
        return to;
    }

    private int seekInWords(
            SeekState state, byte[] text, long base, int from, int to, int settled) {
        for (int index = from; index < to; index++) {
            int row = tables.rows[text[index] & 0xff];
            if (ends(state, tables.endsBefore(row), base + index)) {
                return ~index;
            }
            step(state, row, tables.first(text, index), base + index);
            if (ends(state, tables.ends, base + index + 1)) {
                return ~(index + 1);
            }
            if (index + 1 >= settled && isIdle(state)) {
                return index + 1;
            }
        }
        return to;
    }

    /** Reads one byte; {@code starts} are the positions at which a match may start with it. */
    void step(SeekState state, int row, long[] starts, long place) {
        long carry = 0;
        for (int w = 0; w < words; w++) {
            long ripe = hasDelayed ? ripe(state, state.alive[w], w, place) : state.alive[w];
            state.ripe[w] = ripe;
            long moved = ripe & tables.shift[w];
            state.next[w] = (moved << 1) | carry | starts[w];
            carry = moved >>> 63;
        }
        for (int w = 0; w < words; w++) {
            long branching = state.ripe[w] & tables.branching[w];
            for (long rest = branching; rest != 0; rest &= rest - 1) {
                int lead = ((w << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int v = 0; v < words; v++) {
                    state.next[v] |= tables.leads[lead + v];
                }
            }
        }
        for (int w = 0; w < words; w++) {
            long mask = tables.masks[row * words + w];
            long next = state.next[w] & mask;
            long looping = state.alive[w] & counted[w] & mask;
            if ((looping | (next & counted[w])) != 0) {
                next |= count(state, looping, next & counted[w], w, place);
            }
            state.alive[w] = next;
        }
    }

    /**
     * Starts and checks counters.
     *
     * @param looping positions that were alive and fit the byte read at {@code place}
     * @param entered positions reached with that byte
     * @return those of {@code looping} that stay
     */
    private long count(SeekState state, long looping, long entered, int word, long place) {
        long stay = 0;
        for (long rest = looping | entered; rest != 0; rest &= rest - 1) {
            long bit = Long.lowestOneBit(rest);
            int position = (word << 6) + Long.numberOfTrailingZeros(rest);
            boolean isDelayed = (delayed[word] & bit) != 0;
            if ((looping & bit) != 0 && (isDelayed || (entered & bit) == 0)) {
                if (isDelayed || place - state.counters[position] < max[position]) {
                    stay |= bit;
                }
            } else {
                state.counters[position] = place;
            }
        }
        return stay;
    }

    /** Those of the positions alive at {@code place} that stood as often as they must. */
    private long ripe(SeekState state, long alive, int word, long place) {
        long ripe = alive;
        for (long rest = alive & delayed[word]; rest != 0; rest &= rest - 1) {
            int position = (word << 6) + Long.numberOfTrailingZeros(rest);
            if (place - state.counters[position] < min[position]) {
                ripe &= ~Long.lowestOneBit(rest);
            }
        }
        return ripe;
    }

    /** Whether a match ends at a place, where the state is, whatever follows. */
    boolean endsWhatever(SeekState state, long place) {
        return ends(state, tables.ends, place);
    }

    /**
     * Whether another match than one that ends here may be under way.
     *
     * @param isNextKnown whether matches that end by what follows are among those that end
     */
    boolean mayGoOn(SeekState state, boolean isNextKnown) {
        long[] alive = state.station == null ? state.alive : state.station.alive;
        return tables.meets(alive, goingOn) || (!isNextKnown && tables.meets(alive, endingBeside));
    }

    /** Whether a match ends at a place because of the byte beside it. */
    boolean endsBeside(SeekState state, boolean isWord, long place) {
        return ends(state, isWord ? tables.endsBeforeWord : tables.endsBeforeOther, place);
    }

    boolean hasCounters() {
        return tables.meets(counted, counted);
    }

    Tables tables() {
        return tables;
    }

    Stations rest() {
        return rest;
    }

    /** The positions of a word that have a counter. */
    long counted(int word) {
        return counted[word];
    }

    /** Those of them that must stand a number of times. */
    long delayed(int word) {
        return delayed[word];
    }

    boolean isDelayed(int position) {
        return (delayed[position >>> 6] >>> position & 1) != 0;
    }

    int min(int position) {
        return min[position];
    }

    int max(int position) {
        return max[position];
    }

    private boolean ends(SeekState state, long[] ends, long place) {
        long[] alive = state.station == null ? state.alive : state.station.alive;
        long met = 0;
        for (int w = 0; w < words; w++) {
            long ending = alive[w] & ends[w];
            met |= ending == 0 ? 0 : ripe(state, ending, w, place);
        }
        return met != 0;
    }
}
