package clawsec.detect.expression;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Seeker} may be in: which positions are alive, which of them have not stood as often
 * as they must, and which as often as they may. From one to the next by a byte is one look-up.
 * Immutable but for the moves, which are found out one by one; threads that race find out the same.
 */
final class Station {
    /** From 0 on, among those of its seeker. */
    final int number;

    final long[] alive;
    final long[] unripe;
    final long[] spent;

    /** The next one in the same slot of the cache. */
    final @Nullable Station nextInSlot;

    /**
     * Its number, and what there is to know of it where it is entered: bits of {@link Stations}.
     */
    final int entry;

    /**
     * @param sets what is alive, unripe and spent, one after the other; more may follow
     */
    Station(Tables tables, long[] sets, int number, @Nullable Station nextInSlot) {
        this.number = number;
        int words = tables.words;
        this.alive = Arrays.copyOf(sets, words);
        this.unripe = Arrays.copyOfRange(sets, words, 2 * words);
        this.spent = Arrays.copyOfRange(sets, 2 * words, 3 * words);
        this.nextInSlot = nextInSlot;
        long[] ripe = new long[alive.length];
        boolean isIdle = true;
        for (int w = 0; w < alive.length; w++) {
            ripe[w] = alive[w] & ~unripe[w];
            isIdle &= alive[w] == 0;
        }
        boolean ends = tables.meets(ripe, tables.ends);
        boolean endsBeforeWord = tables.meets(ripe, tables.endsBeforeWord);
        boolean endsBeforeOther = tables.meets(ripe, tables.endsBeforeOther);
        entry =
                number
                        | Stations.KNOWN
                        | (isIdle ? Stations.IDLE : 0)
                        | (ends ? Stations.ENDS : 0)
                        | (endsBeforeWord ? Stations.ENDS_BEFORE_WORD : 0)
                        | (endsBeforeOther ? Stations.ENDS_BEFORE_OTHER : 0);
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
