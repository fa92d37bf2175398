package clawsec.detect.engine;

import java.util.Arrays;

/** Where literals end in a piece of text, in order. Confined to its scan. */
final class Hits {
    final Scratch scratch;
    private int[] ends = new int[16];
    private int[] literals = new int[16];
    private int count;
    private int next;

    Hits() {
        this(new Scratch());
    }

    /**
     * @param scratch of others, which are not read at the same time
     */
    Hits(Scratch scratch) {
        this.scratch = scratch;
    }

    void add(int end, int literal) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            literals = Arrays.copyOf(literals, 2 * count);
        }
        ends[count] = end;
        literals[count++] = literal;
    }

    /** Whether there is one that was not taken. */
    boolean hasNext() {
        return next < count;
    }

    /** The index after the last byte of the next literal. */
    int nextEnd() {
        return ends[next];
    }

    /** The number of the next literal, which is taken. */
    int take() {
        return literals[next++];
    }

    /** How many there are, taken or not. */
    int count() {
        return count;
    }

    /** The index after the last byte of one of them. */
    int end(int index) {
        return ends[index];
    }

    int literal(int index) {
        return literals[index];
    }

    void clear() {
        count = 0;
        next = 0;
    }
}
