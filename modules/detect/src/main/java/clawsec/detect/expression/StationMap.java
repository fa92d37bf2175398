package clawsec.detect.expression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Stations by number and by what is alive in them, and the moves that are known from each: for a
 * station and a column, the cell of the station it leads to. Grows up to {@link #MAX_STATIONS}.
 *
 * <p>Thread-safe: stations are added under a lock and looked up without; who reads a move that
 * another thread has just found out either sees it or finds it out again.
 */
final class StationMap {
    static final int MAX_STATIONS = 512;

    private static final int FIRST_STATIONS = 8;
    private static final int SLOTS = 128;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);

    /** Whose stations they are. */
    final Stations owner;

    /** There are so many bits in the number of a column. */
    final int columnBits;

    private final AtomicReferenceArray<@Nullable Station> slots = new AtomicReferenceArray<>(SLOTS);
    private volatile @Nullable Station[] numbered = new Station[FIRST_STATIONS];
    private volatile int[] table;
    private final Station idle;
    private int count;

    StationMap(Stations owner, Tables tables, int columns) {
        this.owner = owner;
        this.columnBits = Integer.SIZE - Integer.numberOfLeadingZeros(columns - 1);
        this.table = new int[FIRST_STATIONS << columnBits];
        this.idle = Objects.requireNonNull(add(tables, new long[3 * tables.words]));
    }

    /**
     * The cells, 0 where no move is known; the cell of a station's column is at the station's own
     * cell, shifted by {@link Station#FLAG_BITS}, and the column. A longer array takes its place
     * when the map grows.
     */
    int[] table() {
        return table;
    }

    Station station(int cell) {
        // A cell is read without more ado; whoever learnt it had added the station before.
        VarHandle.loadLoadFence();
        return Objects.requireNonNull(numbered[cell >>> Station.FLAG_BITS >>> columnBits]);
    }

    /** The station where nothing is alive. */
    Station idle() {
        return idle;
    }

    /** The move from a station; 0 when it is not known. */
    int move(int cell, int column) {
        return (int) CELL.getAcquire(table, (cell >>> Station.FLAG_BITS) + column);
    }

    /**
     * Takes note of a move.
     *
     * @param resets the counters it starts; none when empty
     * @return the cell it is known by
     */
    synchronized int learn(Station from, int column, Station to, long[] resets) {
        int cell = to.cell;
        if (resets.length > 0) {
            from.reset(column, 1 << columnBits, resets);
            cell |= Station.RESETS;
        }
        CELL.setRelease(table, (from.cell >>> Station.FLAG_BITS) + column, cell);
        return cell;
    }

    /** The station of such sets; null when it was not needed so far. */
    @Nullable Station find(long[] sets) {
        for (Station each = slots.get(slot(sets)); each != null; each = each.nextInSlot) {
            if (each.is(sets)) {
                return each;
            }
        }
        return null;
    }

    /** Adds the station of such sets; null when there is no room. */
    synchronized @Nullable Station add(Tables tables, long[] sets) {
        Station known = find(sets);
        if (known != null || count == MAX_STATIONS) {
            return known;
        }
        if (count == numbered.length) {
            table = Arrays.copyOf(table, 2 * table.length);
            numbered = Arrays.copyOf(numbered, 2 * count);
        }
        int slot = slot(sets);
        Station made = new Station(tables, sets, count << columnBits, slots.get(slot));
        numbered[count++] = made;
        slots.set(slot, made);
        return made;
    }

    private static int slot(long[] sets) {
        long hash = 0;
        for (long set : sets) {
            hash = (hash ^ set) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash & SLOTS - 1;
    }
}
