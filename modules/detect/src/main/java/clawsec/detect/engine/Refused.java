package clawsec.detect.engine;

import java.util.Arrays;

/**
 * Literals whose patterns were left asleep since what follows them cannot belong to a match. Up to
 * the byte that shows it, a pattern is under way all the same for whoever asks at a place in
 * between; this keeps what is needed to wake it then. Confined to its scan.
 */
final class Refused {
    private int[] literals = new int[4];
    private long[] ends = new long[4];
    private long[] untils = new long[4];
    private int count;
    private long lastUntil;

    /**
     * @param literal its number in the filter
     * @param end the place after it
     * @param until the place of the byte that cannot follow
     */
    void add(int literal, long end, long until) {
        if (lastUntil < end) {
            count = 0;
        }
        if (count == literals.length) {
            dropBefore(end);
        }
        if (count == literals.length) {
            literals = Arrays.copyOf(literals, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
            untils = Arrays.copyOf(untils, 2 * count);
        }
        literals[count] = literal;
        ends[count] = end;
        untils[count++] = until;
        lastUntil = Math.max(lastUntil, until);
    }

    /** Drops what showed before a place: asked for are places after all literals added. */
    private void dropBefore(long place) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (untils[i] >= place) {
                literals[kept] = literals[i];
                ends[kept] = ends[i];
                untils[kept++] = untils[i];
            }
        }
        count = kept;
    }

    int count() {
        return count;
    }

    /** Whether it would not have shown at a place yet. */
    boolean isOpen(int index, long place) {
        return untils[index] >= place;
    }

    /**
     * The earliest place where a match of a pattern, which begins with its literal, may have begun
     * that is under way at a place; that place when there is none.
     */
    long earliestStart(PatternSet patterns, int pattern, Window text, long place) {
        long earliest = place;
        for (int i = 0; i < count; i++) {
            for (LiteralFilter.Hit hit : patterns.filter().hits(literals[i])) {
                long start = ends[i] - hit.literal().length();
                if (hit.pattern() == pattern
                        && isOpen(i, place)
                        && start < earliest
                        && patterns.pattern(pattern)
                                .seeker()
                                .mayStart(text.bytes(), (int) (start - text.base()))) {
                    earliest = start;
                }
            }
        }
        return earliest;
    }

    int literal(int index) {
        return literals[index];
    }

    long end(int index) {
        return ends[index];
    }

    void clear() {
        count = 0;
        lastUntil = 0;
    }
}
