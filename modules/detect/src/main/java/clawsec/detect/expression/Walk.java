package clawsec.detect.expression;

/**
 * What becomes of matches that are under way while no other starts: forwards to where they end, or,
 * with the {@link Seeker} of the reversed expression, backwards from an end to where they start.
 * Resumable at any byte; confined to its scan.
 */
final class Walk {
    private static final long NONE = -1;

    private final Seeker seeker;
    private final Tables tables;
    private final Stations stations;
    private final boolean isBackward;
    private final SeekState state;

    /** Up to where it has read. */
    long place;

    long readBytes;

    /** The last place it came by at which a match ends, backwards starts; -1 for none. */
    long end = NONE;

    Walk(Seeker seeker, boolean isBackward) {
        this.seeker = seeker;
        this.tables = seeker.tables();
        this.stations = seeker.rest();
        this.isBackward = isBackward;
        this.state = seeker.state();
    }

    /** Begins anew, with nothing alive. */
    void start(long from) {
        seeker.clear(state);
        place = from;
        end = NONE;
    }

    /**
     * Reads one byte, with which matches may start.
     *
     * @param group of columns of {@link Stations} that says which
     */
    void read(byte[] text, long base, int group) {
        if (start(text, base, group)) {
            place += isBackward ? -1 : 1;
        } else {
            int index = (int) (place - base);
            int row = tables.rows[text[isBackward ? index - 1 : index] & 0xff];
            state.settle();
            seeker.step(state, row, stations.starts(group), clock());
            place += isBackward ? -1 : 1;
        }
        readBytes++;
        note();
    }

    /** Reads the bytes up to a place, with each of which a match may start. */
    void startAnywhere(byte[] text, long base, long to) {
        seeker.pass(state, text, base, (int) (place - base), (int) (to - base));
        readBytes += to - place;
        place = to;
    }

    /** Reads up to a place, or until nothing is alive. */
    void read(byte[] text, long base, long to) {
        if (isAlive() && place != to) {
            long before = place;
            if (!walk(text, base, to)) {
                readSlowly(text, base, to);
            }
            readBytes += Math.abs(place - before);
        }
    }

    /**
     * Reads on while anything is alive, and does not stop where a match ends.
     *
     * @param to not the place where it is
     * @return false when it stopped early, for want of a station
     */
    private boolean walk(byte[] text, long base, long to) {
        int turn = isBackward ? -1 : 1;
        int behind = isBackward ? -1 : 0;
        int index = (int) (place - base);
        int stop = (int) (to - base);
        long clock = place * turn;
        int cell = stations.enter(state, clock);
        while (cell != 0 && index != stop && (cell & Station.IDLE) == 0) {
            if ((cell & Stations.BESIDE) == 0) {
                int[] table = Stations.map(state).table();
                int count = (int) Math.min(Math.abs(stop - index), state.event - clock);
                int read = 0;
                int ended = -1;
                int moves = cell >>> Station.FLAG_BITS;
                while (read < count) {
                    int row = tables.rows[text[index + behind] & 0xff];
                    int next = table[moves + row];
                    if (next != cell) {
                        if ((next & (Stations.STOPS | Station.IDLE)) != Station.KNOWN) {
                            break;
                        }
                        cell = next;
                        moves = cell >>> Station.FLAG_BITS;
                    }
                    index += turn;
                    read++;
                    ended = (cell & Station.ENDS) != 0 ? index : ended;
                }
                clock += read;
                end = ended >= 0 ? base + ended : end;
            }
            if (index != stop && clock < state.event) {
                int row = tables.rows[text[index + behind] & 0xff];
                if ((cell & Stations.BESIDE) != 0
                        && Station.endsBeside(cell, isBesideWord(text, index, row))) {
                    end = base + index;
                }
                cell = stations.move(state, cell, row, clock);
                if (cell == 0) {
                    break;
                }
                index += turn;
                clock++;
            }
            if (clock >= state.event) {
                cell = stations.enterAgain(state, cell, clock);
            }
            if ((cell & Station.ENDS) != 0) {
                end = base + index;
            }
        }
        state.earn((int) Math.abs(base + index - place));
        place = base + index;
        if (cell == 0) {
            note();
            return false;
        }
        state.station = Stations.map(state).station(cell);
        return true;
    }

    /**
     * As {@link #read(byte[], long, int)}.
     *
     * @return false when nothing was read, for want of a station
     */
    private boolean start(byte[] text, long base, int group) {
        long clock = clock();
        int index = (int) (place - base) - (isBackward ? 1 : 0);
        int cell = stations.enter(state, clock);
        if (cell != 0) {
            cell =
                    stations.move(
                            state,
                            cell,
                            stations.column(group, tables.rows[text[index] & 0xff]),
                            clock);
        }
        if (cell == 0) {
            return false;
        }
        if (clock + 1 >= state.event) {
            cell = stations.enterAgain(state, cell, clock + 1);
        }
        if (cell != 0) {
            state.station = Stations.map(state).station(cell);
        }
        return true;
    }

    private void readSlowly(byte[] text, long base, long to) {
        state.settle();
        long before = place;
        while (place != to && isAlive()) {
            int index = (int) (place - base);
            int row = tables.rows[text[isBackward ? index - 1 : index] & 0xff];
            if (seeker.endsBeside(state, isBesideWord(text, index, row), clock())) {
                end = place;
            }
            seeker.step(state, row, Automaton.NOTHING, clock());
            place += isBackward ? -1 : 1;
            note();
        }
        state.earn((int) Math.abs(place - before));
    }

    /** Whether the byte at an end is one of a word. */
    boolean isBesideWord(byte[] text, int index, int row) {
        return isBackward ? Words.endsBefore(text, index, tables.wordAfter) : tables.isWordRow[row];
    }

    /** Holds on to nothing until it starts anew. */
    void release() {
        state.release();
    }

    /** The text ends here, or backwards begins. */
    void readEnd() {
        if (seeker.endsAtEnd(state, clock())) {
            end = place;
        }
    }

    /** Backwards: takes note of a match that starts here because of what precedes. */
    void readEdge(byte[] text, long base) {
        if (seeker.endsBeside(
                state, Words.endsBefore(text, (int) (place - base), tables.wordAfter), clock())) {
            end = place;
        }
    }

    /** The bytes of words, for boundaries where it starts. */
    ByteSet wordBefore() {
        return tables.wordBefore;
    }

    SeekState state() {
        return state;
    }

    boolean isAlive() {
        return !seeker.isIdle(state);
    }

    boolean hasEnded() {
        return end != NONE;
    }

    /** Takes note of a match that ends here whatever follows. */
    void note() {
        if (seeker.endsWhatever(state, clock())) {
            end = place;
        }
    }

    /** By which counters are kept; moves forward with every byte read. */
    private long clock() {
        return isBackward ? -place : place;
    }
}
