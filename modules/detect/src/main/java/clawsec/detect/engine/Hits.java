package clawsec.detect.engine;

import java.util.Arrays;

/** Where literals end in a piece of text, in order. Confined to its scan. */
final class Hits {
    final Scratch scratch = new Scratch();
    private int[] ends = new int[16];
    private int[] literals = new int[16];
    private int count;
    private int next;

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

    void clear() {
        count = 0;
        next = 0;
    }
}
