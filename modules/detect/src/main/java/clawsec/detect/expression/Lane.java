package clawsec.detect.expression;

/**
 * One of several searches that read the same bytes in {@link Lockstep}: a {@link Seeker} that looks
 * for the end of any match, or a {@link Trail}. It reads what that would, byte by byte, until
 * something is to be done about it. Confined to its scan.
 */
public final class Lane {
    private final Seeker seeker;
    private final SeekState state;
    private final boolean followsOne;
    private final Stations stations;
    private final Tables tables;

    /** The cell it is in, and its moves. */
    int cell;

    int[] table = {};
    final char[] rows;
    private int settled;
    private int entered;
    private int reached;
    private boolean hasEnded;

    /** Where a match that is followed ended last; -1 for nowhere. */
    private long end;

    /** A lane for a search of the seeker's. */
    public Lane(Seeker seeker, SeekState state) {
        this(seeker, state, false);
    }

    Lane(Seeker seeker, SeekState state, boolean followsOne) {
        this.seeker = seeker;
        this.state = state;
        this.followsOne = followsOne;
        this.stations = followsOne ? seeker.rest() : seeker.stations();
        this.tables = seeker.tables();
        this.rows = tables.rows;
    }

    /**
     * Enters, if it is known where to.
     *
     * @param settled as {@link Seeker#seek} has it
     */
    public boolean enter(long base, int from, int settled) {
        this.settled = settled;
        end = -1;
        hasEnded = false;
        entered = from;
        reached = from;
        cell = state.station == null ? 0 : stations.enter(state, base + from);
        if (cell == 0 || (cell & Station.IDLE) != 0) {
            return false;
        }
        table = Stations.map(state).table();
        return true;
    }

    /** The index reached when it left. */
    public int reached() {
        return reached;
    }

    /** Whether a match ends there that the seeker looked for. */
    public boolean hasEnded() {
        return hasEnded;
    }

    long end() {
        return end;
    }

    /** Whether the byte that is next may matter to a match that ended. */
    boolean isBeside() {
        return (cell & Stations.BESIDE) != 0;
    }

    /** The index at which a counter runs out. */
    int event(long base, int to) {
        return (int) Math.min(to, state.event - base);
    }

    /**
     * Reads the byte at an index, whatever it leads to.
     *
     * @return whether it stays
     */
    boolean step(byte[] text, long base, int index) {
        int row = rows[text[index] & 0xff];
        if (isBeside() && Station.endsBeside(cell, tables.isWordRow[row])) {
            if (!followsOne) {
                return leave(index, true);
            }
            end = base + index;
        }
        int column = followsOne ? row : stations.column(text, index, row);
        cell = stations.move(state, cell, column, base + index);
        if (cell == 0) {
            return leave(index, false);
        }
        table = Stations.map(state).table();
        return settle(base, index + 1);
    }

    /** Sees to what became of the state at an index. */
    private boolean settle(long base, int index) {
        if (base + index >= state.event) {
            cell = stations.enterAgain(state, cell, base + index);
            if (cell == 0) {
                boolean ends = seeker.endsWhatever(state, base + index);
                end = ends ? base + index : end;
                return leave(index, ends);
            }
            table = Stations.map(state).table();
        }
        if ((cell & Station.ENDS) != 0) {
            end = base + index;
            if (!followsOne) {
                return leave(index, true);
            }
        }
        if ((cell & Station.IDLE) != 0) {
            state.since = base + index;
            if (followsOne || index >= settled) {
                return leave(index, false);
            }
        }
        return true;
    }

    /** Leaves at an index; false. */
    boolean leave(int index, boolean ends) {
        reached = index;
        state.earn(index - entered);
        hasEnded = ends && !followsOne;
        if (cell != 0) {
            state.station = Stations.map(state).station(cell);
        }
        return false;
    }
}
