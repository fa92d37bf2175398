package clawsec.detect.engine;

/**
 * A search that looks at whole blocks of bytes at once. Blocks at the edges of the array, where the
 * bytes before the first or after the last are missing, are left to its twin.
 */
abstract class BlockSearch implements CandidateSearch {
    /** Bytes before a place that are looked at together with its own. */
    static final int LOOK_BACK = 3;

    private final CandidateSearch twin;

    BlockSearch(CandidateSearch twin) {
        this.twin = twin;
    }

    /**
     * Looks at whole blocks, all of them in the array together with the bytes before them.
     *
     * @param word index of the first block's marks
     */
    abstract void markBlocks(byte[] text, int from, int count, int word, Scratch scratch);

    @Override
    public final void mark(byte[] text, int from, int to, Scratch scratch) {
        int blocks = (to - from + BLOCK - 1) / BLOCK;
        int first = from < LOOK_BACK ? 1 : 0;
        int last = Math.min(blocks, (text.length - from) / BLOCK);
        if (first < last) {
            markBlocks(text, from + first * BLOCK, last - first, first, scratch);
        }
        if (first > 0) {
            markOne(text, from, to, 0, scratch);
        }
        for (int block = Math.max(first, last); block < blocks; block++) {
            markOne(text, from, to, block, scratch);
        }
        if (blocks > 0) {
            scratch.marks[blocks - 1] &= -1L >>> (blocks * BLOCK - (to - from));
        }
    }

    private void markOne(byte[] text, int from, int to, int block, Scratch scratch) {
        long[] marks = scratch.marks;
        int start = from + block * BLOCK;
        long before = marks[0];
        twin.mark(text, start, Math.min(to, start + BLOCK), scratch);
        long marked = marks[0];
        marks[0] = before;
        marks[block] = marked;
    }
}
