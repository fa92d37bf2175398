package clawsec.detect.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Goes through a text, from a literal on in one direction, for as long as what is read can be part
 * of a match that holds the literal. Counts nothing, so that a repetition may go on for as long as
 * its bytes fit. An automaton whose states are sets of positions, made one by one when a text first
 * leads to them; of those that are many more are not made, and a text that leads there may be a
 * match.
 *
 * <p>Safe for use by many threads: a step that one of them does not see yet is worked out again.
 */
abstract sealed class LazySteps permits Continuation, Approach {
    /** States that are made at most. */
    private static final int MAX_STATES = 64;

    private static final int FIRST_STATES = 8;

    /** Steps that lead to no state: not worked out; to nothing alive; to what may be a match. */
    private static final int UNKNOWN = 0;

    private static final short DEAD = -1;
    private static final short OPEN = -2;

    /** No index. */
    static final int MAYBE = -2;

    final Tables tables;
    private final int rowCount;

    /** The positions alive in each state, that at the literal first; guarded by this. */
    private final List<long[]> states = new ArrayList<>();

    /**
     * By state and row of a byte: where the next state's steps begin, or one of the three above.
     */
    private volatile short[] steps;

    /**
     * @param start the positions that the literal's byte next to what is read may stand at
     */
    LazySteps(Tables tables, long[] start) {
        this.tables = tables;
        rowCount = tables.isWordRow.length;
        states.add(start);
        steps = new short[FIRST_STATES * rowCount];
    }

    /** Whether positions are at the edge of a match if a byte of this row is next. */
    abstract boolean mayEnd(long[] alive, int row);

    /** The positions that may be next, whatever the byte. */
    abstract long[] next(long[] alive);

    /** The positions after the literal. */
    final long[] start() {
        synchronized (this) {
            return states.getFirst();
        }
    }

    /**
     * Reads bytes in one direction.
     *
     * @param direction 1 or -1
     * @param to index before which reading stops
     * @return the index of the byte that cannot be part of a match; {@code to} when none of them is
     *     known not to
     */
    final int misfit(byte[] text, int from, int to, int direction) {
        int index = walk(text, from, to, direction);
        return index == MAYBE ? to : index;
    }

    /** The same, but {@link #MAYBE} when there may be a match before {@code to}. */
    final int walk(byte[] text, int from, int to, int direction) {
        short[] known = steps;
        char[] rows = tables.rows;
        int at = 0;
        for (int i = from; i != to; i += direction) {
            int row = rows[text[i] & 0xff];
            int next = known[at + row];
            if (next <= 0) {
                if (next == UNKNOWN) {
                    next = step(at, row);
                    known = steps;
                }
                if (next < 0) {
                    return next == DEAD ? i : MAYBE;
                }
            }
            at = next;
        }
        return to;
    }

    /** Works a step out. */
    private synchronized short step(int at, int row) {
        long[] alive = states.get(at / rowCount);
        short next = OPEN;
        if (!mayEnd(alive, row)) {
            long[] following = next(alive);
            next = keep(tables, following, row) ? stateOf(following) : DEAD;
        }
        steps[at + row] = next;
        return next;
    }

    private short stateOf(long[] alive) {
        for (int i = 1; i < states.size(); i++) {
            if (Arrays.equals(states.get(i), alive)) {
                return (short) (i * rowCount);
            }
        }
        if (states.size() == MAX_STATES) {
            return OPEN;
        }
        states.add(alive);
        if (states.size() * rowCount > steps.length) {
            steps = Arrays.copyOf(steps, 2 * steps.length);
        }
        return (short) ((states.size() - 1) * rowCount);
    }

    /** Keeps the positions that a byte of the row may stand at; whether there are any. */
    private static boolean keep(Tables tables, long[] alive, int row) {
        long any = 0;
        for (int w = 0; w < alive.length; w++) {
            alive[w] &= tables.masks[row * tables.words + w];
            any |= alive[w];
        }
        return any != 0;
    }

    /** Keeps the positions that a literal's byte may stand at. */
    static void keep(Tables tables, long[] alive, Literal literal, int index) {
        int value = literal.text().charAt(index);
        int row = tables.rows[value] * tables.words;
        int other = tables.rows[literal.fold(index) == 0 ? value : value ^ 0x20] * tables.words;
        for (int w = 0; w < alive.length; w++) {
            alive[w] &= tables.masks[row + w] | tables.masks[other + w];
        }
    }

    static void keepIn(long[] some, long[] alive) {
        for (int w = 0; w < alive.length; w++) {
            alive[w] &= some[w];
        }
    }

    static long[] firsts(Tables tables) {
        long[] all = tables.firstAfterWord.clone();
        for (int w = 0; w < all.length; w++) {
            all[w] |= tables.firstAfterOther[w];
        }
        return all;
    }
}
