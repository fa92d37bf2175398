package clawsec.detect.expression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Seeker} made deterministic as far as it was needed so far. Counters stay outside: a
 * station knows which of them have run out, not when they started, so that there are few stations;
 * a move says which counters start, and the time at which the next one runs out is watched.
 *
 * <p>There are at most {@link #MAX_STATIONS}: a text can be made to visit many. Whoever needs one
 * more goes on without.
 *
 * <p>Source: R. Cox, Regular expression matching in the wild, 2010, for states made when needed.
 * Thread-safe.
 */
final class Stations {
    static final int MAX_STATIONS = 256;

    /** The number of a station, and what there is to know where it is entered. */
    static final int NUMBER = MAX_STATIONS - 1;

    static final int KNOWN = 1 << 8;
    static final int IDLE = 1 << 9;
    static final int ENDS = 1 << 10;
    static final int ENDS_BEFORE_WORD = 1 << 11;
    static final int ENDS_BEFORE_OTHER = 1 << 12;
    private static final int RESETS = 1 << 13;

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(char[].class);

    /** Words at the end of a state: an entry, the next event, and since when anything is alive. */
    static final int STATE_LENGTH = 3;

    private static final int EVENT = 1;
    private static final int SINCE = 2;

    private static final int SLOTS = 64;
    private static final long NEVER = Long.MAX_VALUE;

    private final Seeker seeker;
    private final Tables tables;
    private final int words;
    private final boolean startsAnywhere;
    private final AtomicReferenceArray<@Nullable Station> slots = new AtomicReferenceArray<>(SLOTS);
    private final AtomicInteger count = new AtomicInteger(1);
    private final AtomicReferenceArray<@Nullable Station> numbered =
            new AtomicReferenceArray<>(MAX_STATIONS);

    /** Where the words of a state begin that are kept here. */
    private final int tail;

    private final Station idle;

    /** By row, and by row after a word. */
    private final int columns;

    /**
     * By station and column, the entry where it leads; 0 while unknown. Threads that race find out
     * the same.
     */
    private final char[] table;

    /** The counters that such a move starts. */
    private final AtomicReferenceArray<long @Nullable []> resets;

    /** By row, whether it matters to a start what stands before. */
    private final boolean[] looksBack;

    /**
     * @param startsAnywhere whether matches may start at every byte, or none starts any more
     */
    Stations(Seeker seeker, Tables tables, boolean startsAnywhere) {
        this.seeker = seeker;
        this.tables = tables;
        this.startsAnywhere = startsAnywhere;
        this.words = tables.words;
        looksBack = new boolean[tables.isWordRow.length];
        boolean anyLooksBack = false;
        for (int row = 0; row < looksBack.length; row++) {
            for (int w = 0; w < words; w++) {
                long differing = tables.firstAfterWord[w] ^ tables.firstAfterOther[w];
                looksBack[row] |= (differing & tables.masks[row * words + w]) != 0;
            }
            looksBack[row] &= startsAnywhere;
            anyLooksBack |= looksBack[row];
        }
        tail = 3 * words + tables.positions;
        columns = anyLooksBack ? 2 * looksBack.length : looksBack.length;
        table = new char[MAX_STATIONS * columns];
        resets = new AtomicReferenceArray<>(seeker.hasCounters() ? table.length : 0);
        idle = new Station(tables, new long[3 * words], 0, null);
        numbered.set(0, idle);
    }

    /**
     * As {@link Seeker#seek}, but may stop early.
     *
     * @return as there; an index below {@code to} where something is alive is where it stopped
     */
    int seek(long[] state, byte[] text, long base, int from, int to, int settled) {
        int entry = known(state);
        if (entry == 0) {
            entry = entryAt(state, base + from);
        }
        int index = from;
        while (entry != 0 && index < to) {
            int row = tables.rows[text[index] & 0xff];
            if ((entry & (ENDS_BEFORE_WORD | ENDS_BEFORE_OTHER)) != 0 && endsBefore(entry, row)) {
                return ~leave(entry, state, index);
            }
            boolean isAfterWord = looksBack[row] && Words.endsBefore(text, index);
            int column = isAfterWord ? row + looksBack.length : row;
            int next = table[(entry & NUMBER) * columns + column];
            if (next == 0) {
                next = move(entry, column);
                if (next == 0) {
                    return leave(entry, state, index);
                }
            }
            if ((next & RESETS) != 0) {
                reset(entry, column, state, base + index);
            }
            entry = next;
            index++;
            if (base + index >= state[tail + EVENT]) {
                leave(entry, state, index);
                entry = entryAt(state, base + index);
                if (entry == 0) {
                    return seeker.endsWhatever(state, base + index) ? ~index : index;
                }
            }
            if ((entry & (ENDS | IDLE)) != 0) {
                if ((entry & ENDS) != 0) {
                    return ~leave(entry, state, index);
                }
                state[tail + SINCE] = base + index;
                if (index >= settled) {
                    return leave(entry, state, index);
                }
            }
        }
        return entry == 0 ? index : leave(entry, state, index);
    }

    /**
     * Reads on while anything is alive, and does not stop where a match ends.
     *
     * @param walk whose state is known here; it is moved
     * @param to a place; behind the walk's
     * @return false when it stopped early, for want of room
     */
    boolean walk(Walk walk, byte[] text, long base, long to) {
        long[] state = walk.state;
        int turn = walk.isBackward ? -1 : 1;
        int behind = walk.isBackward ? -1 : 0;
        int index = (int) (walk.place - base);
        int stop = (int) (to - base);
        long clock = walk.place * turn;
        int entry = known(state);
        if (entry == 0) {
            entry = entryAt(state, clock);
        }
        while (entry != 0 && index != stop) {
            int row = tables.rows[text[index + behind] & 0xff];
            if ((entry & (ENDS_BEFORE_WORD | ENDS_BEFORE_OTHER)) != 0
                    && endsBeside(entry, walk.isBesideWord(text, index, row))) {
                walk.end = base + index;
            }
            int next = table[(entry & NUMBER) * columns + row];
            if (next == 0) {
                next = move(entry, row);
                if (next == 0) {
                    break;
                }
            }
            if ((next & RESETS) != 0) {
                reset(entry, row, state, clock);
            }
            entry = next;
            index += turn;
            clock++;
            if (clock >= state[tail + EVENT]) {
                leave(entry, state, index);
                entry = entryAt(state, clock);
                if (entry == 0) {
                    walk.place = base + index;
                    walk.note();
                    return false;
                }
            }
            if ((entry & (ENDS | IDLE)) != 0) {
                if ((entry & ENDS) != 0) {
                    walk.end = base + index;
                } else {
                    break;
                }
            }
        }
        walk.place = base + index;
        if (entry == 0) {
            return false;
        }
        leave(entry, state, index);
        return index == stop || (entry & IDLE) != 0;
    }

    private static boolean endsBeside(int entry, boolean isWord) {
        return (entry & (isWord ? ENDS_BEFORE_WORD : ENDS_BEFORE_OTHER)) != 0;
    }

    private boolean endsBefore(int entry, int row) {
        return (entry & (tables.isWordRow[row] ? ENDS_BEFORE_WORD : ENDS_BEFORE_OTHER)) != 0;
    }

    private int leave(int entry, long[] state, int index) {
        long[] alive = numbered(entry).alive;
        for (int w = 0; w < words; w++) {
            state[w] = alive[w];
        }
        state[tail] = entry;
        return index;
    }

    private Station numbered(int entry) {
        return Objects.requireNonNull(numbered.get(entry & NUMBER));
    }

    /** The entry to the station in which a state was left; 0 when it was changed since. */
    private int known(long[] state) {
        return (int) state[tail];
    }

    /** The entry to the station for a state, whose next event is worked out; 0 for no room. */
    private int entryAt(long[] state, long place) {
        Station station = at(state, place);
        state[tail + EVENT] = nextEvent(state, place);
        return station == null ? 0 : station.entry;
    }

    /** The state is changed by others. */
    void forget(long[] state) {
        state[tail] = 0;
    }

    void clear(long[] state) {
        state[tail] = 0;
        state[tail + SINCE] = 0;
    }

    long aliveSince(long[] state) {
        return state[tail + SINCE];
    }

    /** The station for a state; null when there is none and no room for one. */
    private @Nullable Station at(long[] state, long place) {
        if (seeker.isIdle(state)) {
            return idle;
        }
        for (int w = 0; w < words; w++) {
            long unripe = 0;
            long spent = 0;
            for (long rest = state[w] & seeker.counted(w); rest != 0; rest &= rest - 1) {
                int position = (w << 6) + Long.numberOfTrailingZeros(rest);
                long age = place - state[3 * words + position];
                if (seeker.isDelayed(position)) {
                    unripe |= age < seeker.min(position) ? Long.lowestOneBit(rest) : 0;
                } else {
                    spent |= age >= seeker.max(position) ? Long.lowestOneBit(rest) : 0;
                }
            }
            state[words + w] = unripe;
            state[2 * words + w] = spent;
        }
        return station(state);
    }

    /** The first place after this one at which a counter runs out. */
    private long nextEvent(long[] state, long place) {
        long next = NEVER;
        for (int w = 0; w < words; w++) {
            for (long rest = state[w] & seeker.counted(w); rest != 0; rest &= rest - 1) {
                int position = (w << 6) + Long.numberOfTrailingZeros(rest);
                long event = state[3 * words + position] + limit(position);
                next = event > place ? Math.min(next, event) : next;
            }
        }
        return next;
    }

    private int limit(int position) {
        return seeker.isDelayed(position) ? seeker.min(position) : seeker.max(position);
    }

    /** Starts the counters that a move starts. */
    private void reset(int entry, int column, long[] state, long place) {
        long[] mask = Objects.requireNonNull(resets.get((entry & NUMBER) * columns + column));
        for (int w = 0; w < words; w++) {
            for (long rest = mask[w]; rest != 0; rest &= rest - 1) {
                int position = (w << 6) + Long.numberOfTrailingZeros(rest);
                state[3 * words + position] = place;
                state[tail + EVENT] = Math.min(state[tail + EVENT], place + limit(position));
            }
        }
    }

    /** Finds out where a byte leads, for good; 0 when there is no room for it. */
    private int move(int entry, int column) {
        int row = column % looksBack.length;
        long[] starts = column == row ? tables.firstAfterOther : tables.firstAfterWord;
        if (!startsAnywhere) {
            starts = Automaton.NOTHING;
        }
        Station from = numbered(entry);
        long[] next = new long[3 * words];
        long[] started = new long[words];
        boolean isPlain = true;
        for (int w = 0; w < words; w++) {
            long ripe = from.alive[w] & ~from.unripe[w];
            long moved = ripe & tables.shift[w];
            next[w] |= (moved << 1) | starts[w];
            if (w + 1 < words) {
                next[w + 1] |= moved >>> 63;
            }
            for (long rest = ripe & tables.branching[w]; rest != 0; rest &= rest - 1) {
                int lead = ((w << 6) + Long.numberOfTrailingZeros(rest)) * words;
                for (int v = 0; v < words; v++) {
                    next[v] |= tables.leads[lead + v];
                }
            }
        }
        for (int w = 0; w < words; w++) {
            long mask = tables.masks[row * words + w];
            next[w] &= mask;
            long entered = next[w] & seeker.counted(w);
            long looping = from.alive[w] & seeker.counted(w) & mask;
            long delayed = seeker.delayed(w);
            // Those that must stand often keep their counter, the others that of the latest.
            long staying = looping & (delayed | ~(entered | from.spent[w]));
            started[w] = entered & ~staying;
            next[words + w] = (from.unripe[w] & staying) | (started[w] & delayed);
            next[w] |= staying;
            isPlain &= started[w] == 0;
        }
        Station to = station(next);
        if (to == null) {
            return 0;
        }
        int cell = (entry & NUMBER) * columns + column;
        if (!isPlain) {
            resets.set(cell, started);
        }
        int made = isPlain ? to.entry : to.entry | RESETS;
        // After the station and the counters: who reads the entry finds them.
        CELL.setRelease(table, cell, (char) made);
        return made;
    }

    /**
     * The station of what is alive, unripe and spent, {@code words} for each, kept or made; null
     * when there is no room for one.
     */
    private @Nullable Station station(long[] sets) {
        int slot = hash(sets);
        while (true) {
            Station first = slots.get(slot);
            for (Station each = first; each != null; each = each.nextInSlot) {
                if (each.is(sets)) {
                    return each;
                }
            }
            if (count.get() >= MAX_STATIONS) {
                return null;
            }
            int number = count.getAndIncrement();
            if (number >= MAX_STATIONS) {
                return null;
            }
            Station made = new Station(tables, sets, number, first);
            numbered.set(number, made);
            if (slots.compareAndSet(slot, first, made)) {
                return made;
            }
        }
    }

    private int hash(long[] sets) {
        long hash = 0;
        for (int i = 0; i < 3 * words; i++) {
            hash = (hash ^ sets[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash & SLOTS - 1;
    }
}
