package clawsec.detect.engine;

/**
 * Places at which matches of one pattern may start, in order; of many only the first. Confined to
 * its scan.
 */
final class Starts {
    /** More are not kept one by one. */
    static final int MOST = 32;

    private final long[] places = new long[MOST];
    private int first;
    private int count;

    /** Whether there were more than are kept. */
    private boolean isCrowded;

    void add(long place) {
        isCrowded |= count == MOST;
        if (isCrowded) {
            return;
        }
        places[(first + count) % MOST] = place;
        count++;
    }

    /** How many are kept. */
    int count() {
        return count;
    }

    /** Whether there are places that are not kept, after all those that are. */
    boolean isCrowded() {
        return isCrowded;
    }

    boolean isEmpty() {
        return count == 0 && !isCrowded;
    }

    long get(int index) {
        return places[(first + index) % MOST];
    }

    long take() {
        long place = places[first];
        first = (first + 1) % MOST;
        count--;
        return place;
    }

    void dropBefore(long place) {
        while (count > 0 && places[first] < place) {
            take();
        }
    }

    void clear() {
        count = 0;
        isCrowded = false;
    }
}
