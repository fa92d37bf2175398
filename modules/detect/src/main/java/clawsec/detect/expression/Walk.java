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
    final boolean isBackward;
    final long[] state;

    /** Up to where it has read. */
    long place;

    long readBytes;

    /** The last place it came by at which a match ends, backwards starts; -1 for none. */
    long end = NONE;

    Walk(Seeker seeker, boolean isBackward) {
        this.seeker = seeker;
        this.tables = seeker.tables();
        this.isBackward = isBackward;
        this.state = new long[seeker.stateLength()];
    }

    /** Begins anew, with nothing alive. */
    void start(long from) {
        seeker.clear(state);
        place = from;
        end = NONE;
    }

    /**
     * Reads the one byte at which matches may start.
     *
     * @param starts the positions at which they may
     */
    void read(byte[] text, long base, long[] starts) {
        int index = (int) (place - base);
        int row = tables.rows[text[isBackward ? index - 1 : index] & 0xff];
        seeker.step(state, row, starts, clock());
        seeker.rest().forget(state);
        place += isBackward ? -1 : 1;
        note();
    }

    /** Reads the bytes up to a place, with each of which a match may start. */
    void startAnywhere(byte[] text, long base, long to) {
        seeker.pass(state, text, base, (int) (place - base), (int) (to - base));
        seeker.rest().forget(state);
        readBytes += to - place;
        place = to;
    }

    /** Reads up to a place, or until nothing is alive. */
    void read(byte[] text, long base, long to) {
        if (isAlive() && place != to) {
            long before = place;
            if (!seeker.rest().walk(this, text, base, to)) {
                readSlowly(text, base, to);
            }
            readBytes += Math.abs(place - before);
        }
    }

    private void readSlowly(byte[] text, long base, long to) {
        seeker.rest().forget(state);
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
    }

    /** Whether the byte at an end is one of a word. */
    boolean isBesideWord(byte[] text, int index, int row) {
        return isBackward ? Words.endsBefore(text, index) : tables.isWordRow[row];
    }

    /** The text ends here, or backwards begins. */
    void readEnd() {
        if (seeker.endsAtEnd(state, clock())) {
            end = place;
        }
    }

    /** Backwards: takes note of a match that starts here because of what precedes. */
    void readEdge(byte[] text, long base) {
        if (seeker.endsBeside(state, Words.endsBefore(text, (int) (place - base)), clock())) {
            end = place;
        }
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
