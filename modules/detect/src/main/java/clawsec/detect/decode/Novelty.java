package clawsec.detect.decode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The places of a text where decoding made something that its source does not show: bytes that an
 * escape sequence stood for, and joints, where nothing is left of it. The rest of the text stands
 * in the source as well, and what is found there was found there. Confined to its scan.
 */
public final class Novelty {
    private static final int FIRST_SIZE = 64;

    private long[] from = new long[0];
    private long[] to = new long[0];
    private Via[] via = new Via[0];

    /** Places in the source: of the first byte it is made from, and of the last. */
    private long[] sourceStart = new long[0];

    private long[] source = new long[0];

    /** Offsets in what the message brought. */
    private long[] origin = new long[0];

    private boolean[] isGlued = new boolean[0];
    private int first;
    private int end;

    /**
     * Takes note of a place, in order.
     *
     * @param count how many bytes are new; 0 for a joint
     * @param isGlued whether in the source what follows the new bytes looks as if it went on with a
     *     word, as after {@code %3D}
     * @param first the place in the source of the first byte it is made from
     * @param last of the last one
     * @param offset where that begins, as an offset in what the message brought
     */
    public void add(
            long place, int count, boolean isGlued, Via how, long first, long last, long offset) {
        if (end == from.length) {
            makeRoom();
        }
        from[end] = place;
        to[end] = place + count;
        this.isGlued[end] = isGlued;
        sourceStart[end] = first;
        source[end] = last;
        origin[end] = offset;
        via[end++] = how;
    }

    /** Takes note that all is new from a place on. */
    public void addAllFrom(long place, Via how, long madeFrom, long offset) {
        add(place, 0, false, how, madeFrom, madeFrom, offset);
        to[end - 1] = Long.MAX_VALUE;
    }

    /**
     * Takes note of what is new in a part of another text, of which this text is a copy.
     *
     * @param start where the part begins, which is where this text begins
     * @param stop where it ends
     */
    public void addFrom(Novelty other, long start, long stop) {
        for (int i = other.first; i < other.end && other.from[i] <= stop; i++) {
            if (other.from[i] >= start) {
                int count = (int) (other.to[i] - other.from[i]);
                long place = other.from[i] - start;
                add(
                        place,
                        count,
                        other.isGlued[i],
                        other.via[i],
                        other.sourceStart[i],
                        other.source[i],
                        other.origin[i]);
            }
        }
    }

    /** Where the last of what is new ends; 0 when there is none. */
    public long lastEnd() {
        return isEmpty() ? 0 : to[end - 1];
    }

    /** Whether nothing is known to be new. */
    public boolean isEmpty() {
        return first == end;
    }

    /** Forgets places before one. */
    public void forget(long before) {
        while (first < end && to[first] < before) {
            first++;
        }
    }

    /** As {@link #forget}, but the last of them is kept, from which what follows can be counted. */
    public void forgetButLast(long before) {
        while (first + 1 < end && to[first + 1] < before) {
            first++;
        }
    }

    /**
     * Tells where in the source the bytes from one place to another are made from, of a text that
     * has what is not new from the source as it is.
     *
     * @param starts becomes, by byte, the place of the first byte it is made from
     * @param ends becomes the place after the last one
     * @return false when nothing is remembered from which that could be counted
     */
    public boolean trace(long start, long stop, long[] starts, long[] ends) {
        if (isEmpty()) {
            return false;
        }
        int next = first;
        for (long place = start; place < stop; place++) {
            while (next < end && from[next] <= place) {
                next++;
            }
            int i = (int) (place - start);
            if (next == first) {
                starts[i] = sourceStart[first] - (from[first] - place);
                ends[i] = starts[i] + 1;
            } else if (place < to[next - 1]) {
                starts[i] = sourceStart[next - 1];
                ends[i] = source[next - 1] + 1;
            } else {
                starts[i] = source[next - 1] + 1 + place - to[next - 1];
                ends[i] = starts[i] + 1;
            }
        }
        return true;
    }

    /** What is known of a text holds for one that lacks so many of its first bytes. */
    public void moveBack(int bytes) {
        for (int i = first; i < end; i++) {
            from[i] -= bytes;
            to[i] -= bytes;
        }
    }

    public void reset() {
        first = 0;
        end = 0;
    }

    /** Whether there is something new between two places. */
    public boolean isIn(long start, long stop) {
        return firstIn(start, stop) >= 0;
    }

    /**
     * The place from which on a run of characters reads otherwise than in the source; -1 when it
     * does not.
     */
    public long placeInRun(long start, long stop) {
        int index = firstInRun(start, stop);
        return index < 0 ? -1 : Math.max(start, from[index]);
    }

    /** How the run came to read otherwise. */
    public Optional<Via> viaOfRun(long start, long stop) {
        int index = firstInRun(start, stop);
        return index < 0 ? Optional.empty() : Optional.of(via[index]);
    }

    /** The place in the source of what the first of what is new is made from; -1 for none. */
    public long sourceIn(long start, long stop) {
        int index = firstIn(start, stop);
        return index < 0 ? -1 : source[index];
    }

    /** The offset of what the run came to read otherwise by. */
    public long offsetOfRun(long start, long stop) {
        int index = firstInRun(start, stop);
        return index < 0 ? -1 : origin[index];
    }

    /** How the first of what is new between two places came about. */
    public Optional<Via> viaIn(long start, long stop) {
        int index = firstIn(start, stop);
        return index < 0 ? Optional.empty() : Optional.of(via[index]);
    }

    /** The offset of what the first of what is new between two places is made from; -1 for none. */
    public long offsetIn(long start, long stop) {
        int index = firstIn(start, stop);
        return index < 0 ? -1 : origin[index];
    }

    /** The offset of what is new last before a place, or of the first thing; -1 for none. */
    public long offsetAt(long place) {
        int at = first;
        while (at + 1 < end && from[at + 1] <= place) {
            at++;
        }
        return isEmpty() ? -1 : origin[at];
    }

    /** How what is new between two places came about, outermost first. */
    public List<String> namesIn(long start, long stop) {
        int index = firstIn(start, stop);
        if (index < 0) {
            return List.of();
        }
        List<String> names = via[index].names();
        for (int i = index + 1; i < end && isWithin(i, start, stop); i++) {
            if (via[i] != via[index]) {
                via[i].names().stream().filter(name -> !names.contains(name)).forEach(names::add);
            }
        }
        return names;
    }

    private int firstInRun(long start, long stop) {
        int before = firstIn(start - 1, start);
        if (before >= 0 && isGlued[before]) {
            return before;
        }
        return firstIn(start, stop);
    }

    private int firstIn(long start, long stop) {
        int low = first;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to[middle] <= start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < end && isWithin(low, start, stop) ? low : -1;
    }

    private boolean isWithin(int index, long start, long stop) {
        return from[index] < stop && to[index] > start;
    }

    private void makeRoom() {
        int held = end - first;
        if (held <= from.length / 2 && from.length > 0) {
            System.arraycopy(from, first, from, 0, held);
            System.arraycopy(to, first, to, 0, held);
            System.arraycopy(via, first, via, 0, held);
            System.arraycopy(isGlued, first, isGlued, 0, held);
            System.arraycopy(sourceStart, first, sourceStart, 0, held);
            System.arraycopy(source, first, source, 0, held);
            System.arraycopy(origin, first, origin, 0, held);
        } else {
            int size = Math.max(FIRST_SIZE, 2 * held);
            from = Arrays.copyOf(Arrays.copyOfRange(from, first, end), size);
            to = Arrays.copyOf(Arrays.copyOfRange(to, first, end), size);
            via = Arrays.copyOf(Arrays.copyOfRange(via, first, end), size);
            isGlued = Arrays.copyOf(Arrays.copyOfRange(isGlued, first, end), size);
            sourceStart = Arrays.copyOf(Arrays.copyOfRange(sourceStart, first, end), size);
            source = Arrays.copyOf(Arrays.copyOfRange(source, first, end), size);
            origin = Arrays.copyOf(Arrays.copyOfRange(origin, first, end), size);
        }
        first = 0;
        end = held;
    }
}
