package clawsec.detect.expression;

import java.util.Arrays;

/**
 * Finds the leftmost and of those the longest match, by keeping for each position of an {@link
 * Automaton} the earliest start from which it is reached. Slower than {@link Seeker}, and run only
 * where that saw that a match ends. Resumable at any byte; places are counted from the start of the
 * text, whose bytes are handed over with the place of their first.
 *
 * <p>Keeping the earliest start alone is enough since only what follows the end of a match may
 * repeat without bound ({@link Extent}).
 */
public final class Tracker {
    private static final long NONE = -1;

    private final Automaton automaton;
    private final Tables tables;
    private final int limitBytes;
    private final long[] state;
    private final long[] before;
    private long[] starts;
    private long[] nextStarts;
    private long place;
    private long matchStart = NONE;
    private long matchEnd = NONE;
    private boolean isDecided;

    /**
     * Needs {@link #start} before it reads.
     *
     * @param limitBytes a match that could go on is cut at this length
     */
    public Tracker(Automaton automaton, int limitBytes) {
        this.automaton = automaton;
        this.tables = automaton.tables();
        this.limitBytes = limitBytes;
        this.state = new long[automaton.stateLength()];
        this.before = new long[tables.words];
        this.starts = new long[tables.positions];
        this.nextStarts = new long[tables.positions];
    }

    /**
     * Begins anew.
     *
     * @param from matches start there or later
     */
    public void start(long from) {
        place = from;
        matchStart = NONE;
        matchEnd = NONE;
        isDecided = false;
        Arrays.fill(state, 0);
    }

    /**
     * Reads up to the place {@code to}, or until no byte can change the match any more.
     *
     * @param text the bytes; its index 0 is at {@code base}
     */
    public void read(byte[] text, long base, long to) {
        while (place < to && !isDecided) {
            step(text, (int) (place - base));
        }
    }

    /** The text ended: the match found so far, if any, is the one. */
    public void end() {
        note(tables.endsBeforeOther);
        isDecided = true;
    }

    /** Whether {@link #matchStart} and {@link #matchEnd} will not change. */
    public boolean isDecided() {
        return isDecided;
    }

    public boolean hasMatch() {
        return matchEnd != NONE;
    }

    public long matchStart() {
        return matchStart;
    }

    /** The place after the match's last byte. */
    public long matchEnd() {
        return matchEnd;
    }

    /** Up to where it has read. */
    public long place() {
        return place;
    }

    /** The earliest start from which a match is still possible; -1 when there is none. */
    public long earliestAlive() {
        long earliest = NONE;
        for (int w = 0; w < tables.words; w++) {
            for (long rest = state[w]; rest != 0; rest &= rest - 1) {
                long start = starts[w << 6 | Long.numberOfTrailingZeros(rest)];
                earliest = earliest == NONE ? start : Math.min(earliest, start);
            }
        }
        return earliest;
    }

    private void step(byte[] text, int index) {
        int row = tables.rows[text[index] & 0xff];
        note(tables.endsBefore(row));
        decide();
        if (isDecided) {
            return;
        }
        System.arraycopy(state, 0, before, 0, before.length);
        automaton.step(state, row, hasMatch() ? Automaton.NOTHING : tables.first(text, index));
        for (int w = 0; w < tables.words; w++) {
            for (long rest = state[w]; rest != 0; rest &= rest - 1) {
                int position = w << 6 | Long.numberOfTrailingZeros(rest);
                nextStarts[position] = earliest(position);
            }
        }
        long[] swap = starts;
        starts = nextStarts;
        nextStarts = swap;
        place++;
        note(tables.ends);
        decide();
    }

    private long earliest(int position) {
        // A match that starts with this byte starts later than any that came here.
        long earliest = place;
        for (int previous : automaton.before(position)) {
            if ((before[previous >>> 6] >>> previous & 1) != 0) {
                earliest = Math.min(earliest, starts[previous]);
            }
        }
        return earliest;
    }

    /** Takes note of matches that end here. */
    private void note(long[] ends) {
        for (int w = 0; w < tables.words; w++) {
            for (long rest = state[w] & ends[w]; rest != 0; rest &= rest - 1) {
                long start = starts[w << 6 | Long.numberOfTrailingZeros(rest)];
                if (!hasMatch() || start <= matchStart) {
                    matchStart = start;
                    matchEnd = place;
                }
            }
        }
    }

    /** Forgets what starts after the match found; without anything left, that match is the one. */
    private void decide() {
        if (!hasMatch()) {
            return;
        }
        for (int w = 0; w < tables.words; w++) {
            for (long rest = state[w]; rest != 0; rest &= rest - 1) {
                if (starts[w << 6 | Long.numberOfTrailingZeros(rest)] > matchStart) {
                    state[w] &= ~Long.lowestOneBit(rest);
                }
            }
        }
        isDecided = automaton.isIdle(state) || place - matchStart >= limitBytes;
    }
}
