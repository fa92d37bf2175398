package clawsec.detect.expression;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Seeker} may be in: which positions are alive, which of them have not stood as often
 * as they must, and which as often as they may. Immutable but for the counters that moves start,
 * which are guarded by its {@link StationMap}.
 */
final class Station {
    /** What there is to know of a station where it is entered, beside its number. */
    static final int KNOWN = 1;

    static final int IDLE = 1 << 1;
    static final int ENDS = 1 << 2;
    static final int ENDS_BEFORE_WORD = 1 << 3;
    static final int ENDS_BEFORE_OTHER = 1 << 4;

    /** Set for a move, not for a station: it starts counters. */
    static final int RESETS = 1 << 5;

    static final int FLAG_BITS = 6;

    final long[] alive;
    final long[] unripe;
    final long[] spent;

    /** The next one in the same slot of the map. */
    final @Nullable Station nextInSlot;

    /** Where its moves are, and the flags that hold for it. */
    final int cell;

    /** By column the counters that start. */
    private long @Nullable [] @Nullable [] resets;

    /**
     * @param sets what is alive, unripe and spent, one after the other
     * @param moves the index of its first move
     */
    Station(Tables tables, long[] sets, int moves, @Nullable Station nextInSlot) {
        int words = tables.words;
        this.alive = Arrays.copyOf(sets, words);
        this.unripe = Arrays.copyOfRange(sets, words, 2 * words);
        this.spent = Arrays.copyOfRange(sets, 2 * words, 3 * words);
        this.nextInSlot = nextInSlot;
        long[] ripe = new long[words];
        boolean isIdle = true;
        for (int w = 0; w < words; w++) {
            ripe[w] = alive[w] & ~unripe[w];
            isIdle &= alive[w] == 0;
        }
        boolean ends = tables.meets(ripe, tables.ends);
        boolean endsBeforeWord = tables.meets(ripe, tables.endsBeforeWord);
        boolean endsBeforeOther = tables.meets(ripe, tables.endsBeforeOther);
        cell =
                moves << FLAG_BITS
                        | KNOWN
                        | (isIdle ? IDLE : 0)
                        | (ends ? ENDS : 0)
                        | (endsBeforeWord ? ENDS_BEFORE_WORD : 0)
                        | (endsBeforeOther ? ENDS_BEFORE_OTHER : 0);
    }

    boolean isIdle() {
        return (cell & IDLE) != 0;
    }

    /** Whether a match ends because of the byte beside. */
    static boolean endsBeside(int cell, boolean isWord) {
        return (cell & (isWord ? ENDS_BEFORE_WORD : ENDS_BEFORE_OTHER)) != 0;
    }

    /** The counters that the move in a column starts, which has {@link #RESETS} in its cell. */
    long[] resets(int column) {
        return Objects.requireNonNull(Objects.requireNonNull(resets)[column]);
    }

    void reset(int column, int columns, long[] started) {
        if (resets == null) {
            resets = new long[columns][];
        }
        resets[column] = started;
    }

    boolean is(long[] sets) {
        int words = alive.length;
        long differing = 0;
        for (int w = 0; w < words; w++) {
            differing |= alive[w] ^ sets[w];
            differing |= unripe[w] ^ sets[words + w];
            differing |= spent[w] ^ sets[2 * words + w];
        }
        return differing == 0;
    }
}
