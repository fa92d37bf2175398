package clawsec.detect.expression;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How far a {@link Seeker} has come in a text. Confined to its scan. */
public final class SeekState {
    /** What is known to be alive from the station is told by that alone. */
    @Nullable Station station;

    /** Where the station is to be found, and in whose moves. */
    @Nullable StationMap map;

    /** The positions that are alive, unless there is a station. */
    final long[] alive;

    /** To work with. */
    final long[] next;

    final long[] ripe;

    /** For each position the place where its counter started; empty where nothing is counted. */
    final long[] counters;

    /** The place at which the next counter runs out. */
    long event;

    /** A place at which nothing was alive; not always the latest one. */
    long since;

    /** Bytes read that have not been spent on making stations. */
    long credit = Stations.MOST_CREDIT;

    SeekState(int words, int positions) {
        alive = new long[words];
        next = new long[words];
        ripe = new long[words];
        counters = new long[positions];
    }

    /** Puts what is alive where it can be changed. */
    void settle() {
        if (station != null) {
            System.arraycopy(station.alive, 0, alive, 0, alive.length);
            station = null;
        }
    }

    /**
     * Makes it one in which nothing is alive, and which holds no station that memory is short of.
     */
    public void release() {
        Arrays.fill(alive, 0);
        station = null;
        map = null;
        since = 0;
    }

    /** Takes note of bytes read. */
    void earn(int bytes) {
        credit = Math.min(Stations.MOST_CREDIT, credit + bytes);
    }
}
