package clawsec.detect.expression;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Seeker} made deterministic as far as it was needed so far: a byte is a look-up. Counters
 * stay outside: a station knows which of them have run out, not when they started, so that there
 * are few stations; a move says which counters start, and the time at which the next one runs out
 * is watched.
 *
 * <p>A text can be made to visit ever new stations, each of which takes hundreds of times as long
 * to make as a byte takes to read. So a scan pays for those it has made with bytes it reads, and
 * without credit does without for a while; a full map gives way to an empty one, as does any when
 * memory is short.
 *
 * <p>Source: R. Cox, Regular expression matching in the wild, 2010, for states made when needed.
 * Thread-safe.
 */
final class Stations {
    /** The price of a station or a move, in bytes read. */
    static final int PRICE = 32;

    /** What a scan may spend in advance. */
    static final int MOST_CREDIT = 256 * PRICE;

    private static final long[] NO_RESETS = new long[0];
    private static final long NEVER = Long.MAX_VALUE / 2;

    static final int BESIDE = Station.ENDS_BEFORE_WORD | Station.ENDS_BEFORE_OTHER;

    /** What in a cell stops reading on, beside what the one or the other way of reading minds. */
    static final int STOPS = Station.KNOWN | BESIDE | Station.RESETS;

    private final Seeker seeker;
    private final Tables tables;
    private final int words;
    private final boolean startsAnywhere;

    /** By row, whether it matters to a start what stands before. */
    private final boolean[] looksBack;

    /**
     * Groups of columns, one by row in each: where no match starts any more, or where it does not
     * matter to a start what stands before; where a match may start after another byte than a
     * word's; after a word's; and where it may start whatever precedes.
     */
    static final int AFTER_OTHER = 1;

    static final int AFTER_WORD = 2;
    static final int ALWAYS = 3;

    private final int rows;
    private final int columns;

    private volatile SoftReference<StationMap> map;

    /**
     * @param startsAnywhere whether matches may start at every byte, or none starts any more
     */
    Stations(Seeker seeker, Tables tables, boolean startsAnywhere) {
        this.seeker = seeker;
        this.tables = tables;
        this.words = tables.words;
        this.startsAnywhere = startsAnywhere;
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
        rows = looksBack.length;
        columns = rows * (startsAnywhere ? anyLooksBack ? ALWAYS : 1 : ALWAYS + 1);
        map = new SoftReference<>(null);
    }

    /**
     * As {@link Seeker#seek}, but may stop early.
     *
     * @return as there; an index below {@code to} where something is alive is where it stopped, and
     *     no station is known
     */
    int seek(SeekState state, byte[] text, long base, int from, int to, int settled) {
        int cell = enter(state, base + from);
        int index = from;
        while (cell != 0 && index < to) {
            boolean isSettled = index >= settled;
            int stop = (int) Math.min(isSettled ? to : Math.min(to, settled), state.event - base);
            if ((cell & BESIDE) == 0) {
                int[] table = map(state).table();
                int mask = STOPS | Station.ENDS | (isSettled ? Station.IDLE : 0);
                int idle = -1;
                int moves = cell >>> Station.FLAG_BITS;
                while (index < stop) {
                    int next = known(table, moves, text, index);
                    // Nearly always it stays where it is: then no byte waits for the one before.
                    if (next != cell) {
                        if ((next & mask) != Station.KNOWN) {
                            break;
                        }
                        cell = next;
                        moves = cell >>> Station.FLAG_BITS;
                    }
                    index++;
                    if (!isSettled && (cell & Station.IDLE) != 0) {
                        idle = index;
                    }
                }
                state.since = idle >= 0 ? base + idle : state.since;
            }
            if (index < stop) {
                int row = tables.rows[text[index] & 0xff];
                if ((cell & BESIDE) != 0 && Station.endsBeside(cell, tables.isWordRow[row])) {
                    return ~leave(state, cell, index, from);
                }
                cell = move(state, cell, column(text, index, row), base + index);
                if (cell == 0) {
                    state.earn(index - from);
                    return index;
                }
                index++;
            }
            if (base + index >= state.event) {
                cell = enterAgain(state, cell, base + index);
                if (cell == 0 && seeker.endsWhatever(state, base + index)) {
                    return ~leave(state, cell, index, from);
                }
            }
            if ((cell & Station.ENDS) != 0) {
                return ~leave(state, cell, index, from);
            }
            if ((cell & Station.IDLE) != 0) {
                state.since = base + index;
                if (index >= settled) {
                    break;
                }
            }
        }
        return leave(state, cell, index, from);
    }

    /** Where a byte leads; 0 where that is not known yet. */
    private int known(int[] table, int moves, byte[] text, int index) {
        int row = tables.rows[text[index] & 0xff];
        int next = table[moves + row];
        return next == 0 && looksBack[row] ? table[moves + column(text, index, row)] : next;
    }

    /** The column of a row in a group. */
    int column(int group, int row) {
        return group * rows + row;
    }

    private int column(byte[] text, int index, int row) {
        if (!looksBack[row]) {
            return row;
        }
        return rows * (Words.endsBefore(text, index, tables.wordBefore) ? AFTER_WORD : AFTER_OTHER)
                + row;
    }

    private int leave(SeekState state, int cell, int index, int from) {
        state.earn(index - from);
        if (cell != 0) {
            state.station = map(state).station(cell);
        }
        return index;
    }

    static StationMap map(SeekState state) {
        StationMap map = state.map;
        if (map == null) {
            throw new IllegalStateException("no station was entered");
        }
        return map;
    }

    /** The cell of the station for a state; 0 for none. */
    int enter(SeekState state, long place) {
        StationMap known = state.map;
        if (known == null || known.owner != this) {
            state.settle();
            state.map = current();
        } else if (state.station != null) {
            return state.station.cell;
        }
        if (seeker.isIdle(state)) {
            state.event = NEVER;
            return map(state).idle().cell;
        }
        return enterAt(state, place);
    }

    /** The same, now that a counter may have run out. */
    int enterAgain(SeekState state, int cell, long place) {
        Station station = map(state).station(cell);
        long event = NEVER;
        long differing = 0;
        for (int w = 0; w < words; w++) {
            long unripe = 0;
            long spent = 0;
            for (long rest = station.alive[w] & seeker.counted(w); rest != 0; rest &= rest - 1) {
                long bit = Long.lowestOneBit(rest);
                int position = (w << 6) + Long.numberOfTrailingZeros(rest);
                boolean isDelayed = seeker.isDelayed(position);
                long out = state.counters[position] + limit(position);
                event = out > place ? Math.min(event, out) : event;
                unripe |= out > place && isDelayed ? bit : 0;
                spent |= out > place || isDelayed ? 0 : bit;
            }
            differing |= (unripe ^ station.unripe[w]) | (spent ^ station.spent[w]);
        }
        state.event = event;
        if (differing == 0) {
            return station.cell;
        }
        state.station = station;
        state.settle();
        return enterAt(state, place);
    }

    private int enterAt(SeekState state, long place) {
        long[] sets = new long[3 * words];
        long event = NEVER;
        for (int w = 0; w < words; w++) {
            sets[w] = state.alive[w];
            for (long rest = sets[w] & seeker.counted(w); rest != 0; rest &= rest - 1) {
                long bit = Long.lowestOneBit(rest);
                int position = (w << 6) + Long.numberOfTrailingZeros(rest);
                boolean isDelayed = seeker.isDelayed(position);
                long out = state.counters[position] + limit(position);
                if (out > place) {
                    event = Math.min(event, out);
                    sets[words + w] |= isDelayed ? bit : 0;
                } else {
                    sets[2 * words + w] |= isDelayed ? 0 : bit;
                }
            }
        }
        state.event = event;
        Station station = station(state, sets);
        return station == null ? 0 : station.cell;
    }

    private int limit(int position) {
        return seeker.isDelayed(position) ? seeker.min(position) : seeker.max(position);
    }

    /** The map for who needs one. */
    private StationMap current() {
        StationMap current = map.get();
        return current == null ? renewed() : current;
    }

    private StationMap renewed() {
        StationMap renewed = new StationMap(this, tables, columns);
        map = new SoftReference<>(renewed);
        return renewed;
    }

    /** The station of what is alive, unripe and spent; null when it cannot be paid for. */
    private @Nullable Station station(SeekState state, long[] sets) {
        StationMap map = map(state);
        Station known = map.find(sets);
        if (known != null) {
            return known;
        }
        if (state.credit < PRICE) {
            return null;
        }
        state.credit -= PRICE;
        Station made = map.add(tables, sets);
        if (made == null) {
            // Whoever is on the way in the full map stays there until it needs another station.
            StationMap other = current();
            map = other == map ? renewed() : other;
            state.map = map;
            made = map.add(tables, sets);
        }
        return made;
    }

    /** Takes a move, and finds it out if need be; 0, with nothing read, when it cannot be paid. */
    int move(SeekState state, int cell, int column, long place) {
        StationMap map = map(state);
        int next = map.move(cell, column);
        if (next == 0) {
            return explore(state, map.station(cell), column, place);
        }
        if ((next & Station.RESETS) != 0) {
            reset(map.station(cell).resets(column), state, place);
        }
        return next;
    }

    private int explore(SeekState state, Station from, int column, long place) {
        StationMap map = map(state);
        long[] next = new long[3 * words];
        long[] started = new long[words];
        boolean startsCounters = follow(from, column, next, started);
        Station to = station(state, next);
        if (to == null) {
            state.station = from;
            state.settle();
            return 0;
        }
        if (map == state.map) {
            map.learn(from, column, to, startsCounters ? started : NO_RESETS);
        }
        if (startsCounters) {
            reset(started, state, place);
        }
        return to.cell;
    }

    /**
     * Works out where a byte leads.
     *
     * @param next becomes what is alive, unripe and spent
     * @param started becomes the counters that start
     * @return whether any starts
     */
    private boolean follow(Station from, int column, long[] next, long[] started) {
        int row = column % rows;
        long[] starts = starts(column / rows);
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
        long any = 0;
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
            any |= started[w];
        }
        return any != 0;
    }

    /** The positions at which a match may start. */
    long[] starts(int group) {
        return switch (group) {
            case AFTER_OTHER -> tables.firstAfterOther;
            case AFTER_WORD -> tables.firstAfterWord;
            case ALWAYS -> tables.firstAlways;
            default -> startsAnywhere ? tables.firstAfterOther : Automaton.NOTHING;
        };
    }

    private void reset(long[] started, SeekState state, long place) {
        for (int w = 0; w < words; w++) {
            for (long rest = started[w]; rest != 0; rest &= rest - 1) {
                int position = (w << 6) + Long.numberOfTrailingZeros(rest);
                state.counters[position] = place;
                state.event = Math.min(state.event, place + limit(position));
            }
        }
    }
}
