package clawsec.detect.decode;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Where in the latest bytes of a text there may be something for a decoder: one pass over the bytes
 * for all of them. Where a sign is not, there is nothing; where the bytes that decide are not there
 * yet, there is one. Confined to its {@link History}, but for the search, which is the machine's.
 */
final class Signs {
    static final int BLOCK_BYTES = SignSearch.BLOCK_BYTES;

    /** Bytes behind the last of the text that have to be in the array, whatever they are. */
    static final int PADDING_BYTES = BLOCK_BYTES + SignSearch.AHEAD_BYTES;

    /** Pairs in one block that may be part of something. */
    static final int MANY_PAIRS = 4;

    private static final int AHEAD = SignSearch.AHEAD_BYTES;

    private static volatile SignSearch search = new NarrowSigns();

    private long[] words = new long[0];

    /** By block, the pairs where there are {@link #MANY_PAIRS} in it or the next one. */
    private long[] manyPairs = new long[0];

    private int length;

    /**
     * Looks with vectors from now on, in all scans, if they suit the machine and prove faster.
     *
     * @param nanoTime a clock that only moves forward, in nanoseconds
     * @return whether vectors are used
     */
    static boolean accelerate(LongSupplier nanoTime) {
        search = new SignAcceleration(nanoTime).choose(search);
        return !(search instanceof NarrowSigns);
    }

    /**
     * Looks at what is new in a text.
     *
     * @param newest index of the first byte that is new
     * @param to after the last one; {@link #PADDING_BYTES} follow in the array
     */
    void read(byte[] text, int newest, int to) {
        int first = Math.max(0, newest - AHEAD) / BLOCK_BYTES;
        int blocks = (to + BLOCK_BYTES - 1) / BLOCK_BYTES;
        if (blocks * SignSearch.WORDS > words.length) {
            int most = (text.length + BLOCK_BYTES - 1) / BLOCK_BYTES;
            words = Arrays.copyOf(words, most * SignSearch.WORDS);
            manyPairs = Arrays.copyOf(manyPairs, most);
        }
        search.mark(text, first * BLOCK_BYTES, blocks - first, words, first * SignSearch.WORDS);
        length = to;
        trimEnd(blocks);
        thin(Math.max(0, first - 1), blocks);
    }

    /**
     * Takes every plus for an escape sequence.
     *
     * @param newest index of the first byte that is new
     * @param from index before which it is none
     * @param to index from which on it is none
     */
    void addPlus(byte[] text, int newest, int from, int to) {
        int first = Math.max(from, Math.max(0, newest - AHEAD) & -BLOCK_BYTES);
        for (int at = first; at < to; at++) {
            if (text[at] == '+') {
                words[at / BLOCK_BYTES * SignSearch.WORDS + SignSearch.ESCAPES] |= 1L << at;
            }
        }
    }

    /** Leaves out the pairs of which there are few around. */
    private void thin(int first, int blocks) {
        boolean isManyBehind = false;
        for (int block = blocks - 1; block >= first; block--) {
            long pairs = words[block * SignSearch.WORDS + SignSearch.PAIRS];
            boolean isMany = Long.bitCount(pairs) >= MANY_PAIRS;
            manyPairs[block] = isMany || isManyBehind ? pairs : 0;
            isManyBehind = isMany;
        }
    }

    /** Nothing is behind the end, and of the last bytes not enough is known. */
    private void trimEnd(int blocks) {
        int last = (blocks - 1) * SignSearch.WORDS;
        long held = -1L >>> (blocks * BLOCK_BYTES - length);
        for (int i = 0; i < SignSearch.WORDS; i++) {
            words[last + i] &= held;
        }
        for (int at = Math.max(0, length - AHEAD); at < length; at++) {
            int word = at / BLOCK_BYTES * SignSearch.WORDS;
            words[word + SignSearch.ESCAPES] |= 1L << at;
            words[word + SignSearch.SHELL] |= 1L << at;
            words[word + SignSearch.PAIRS] |= 1L << at;
            words[word + SignSearch.DUMPS] |= 1L << at;
        }
    }

    /** The first bytes of the text are taken away, a multiple of the block. */
    void drop(int bytes) {
        int dropped = bytes / BLOCK_BYTES * SignSearch.WORDS;
        System.arraycopy(words, dropped, words, 0, words.length - dropped);
        thin(0, (length - bytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    /** The first index from one on where a sequence may begin; {@code to} when there is none. */
    int nextEscape(int from, int to) {
        return next(SignSearch.ESCAPES, from, to);
    }

    /** The first index from one on in front of a sign of a shell; {@code to} for none. */
    int nextShell(int from, int to) {
        return next(SignSearch.SHELL, from, to);
    }

    /**
     * The first index from one on in front of a pair of digits that may be one of many; the end
     * when there is none. What is in the last two blocks may become so by what comes behind.
     */
    int nextPair(int from) {
        return from >= length ? length : next(manyPairs, 1, 0, from, length);
    }

    /** The first index from one on where the offset of a dump may end; {@code to} for none. */
    int nextDump(int from, int to) {
        return next(SignSearch.DUMPS, from, to);
    }

    /** Whether there may be zeros or beginnings of gzip from an index on. */
    boolean isBinary(int from) {
        return holdsBinary(Math.max(0, from), length);
    }

    /** The same between two indexes. */
    boolean holdsBinary(int from, int to) {
        return next(SignSearch.BINARY, from, to) < to;
    }

    /**
     * The first index from one on where {@code count} members of {@link Alphabet} follow each
     * other; the end when there is none.
     *
     * @param count a power of two, 64 at most
     */
    int nextRun(int from, int count) {
        if (from >= length) {
            return length;
        }
        int last = (length - 1) / BLOCK_BYTES;
        long begun = -1L << from;
        long high = words[from / BLOCK_BYTES * SignSearch.WORDS + SignSearch.MEMBERS];
        for (int block = from / BLOCK_BYTES; block <= last; block++) {
            long low = high;
            high = block == last ? 0 : words[(block + 1) * SignSearch.WORDS + SignSearch.MEMBERS];
            long behind = high;
            for (int step = 1; step < count; step *= 2) {
                low &= (low >>> step) | (behind << -step);
                behind &= behind >>> step;
            }
            low &= begun;
            begun = -1;
            if (low != 0) {
                return block * BLOCK_BYTES + Long.numberOfTrailingZeros(low);
            }
        }
        return length;
    }

    /** The first index from one on where no member of {@link Alphabet} is; {@code to} for none. */
    int runEnd(int from, int to) {
        int at = from;
        while (at < to) {
            long others = ~words[at / BLOCK_BYTES * SignSearch.WORDS + SignSearch.MEMBERS];
            others &= -1L << at;
            if (others != 0) {
                return Math.min(to, (at & -BLOCK_BYTES) + Long.numberOfTrailingZeros(others));
            }
            at = (at & -BLOCK_BYTES) + BLOCK_BYTES;
        }
        return to;
    }

    private int next(int kind, int from, int to) {
        return next(words, SignSearch.WORDS, kind, from, to);
    }

    /**
     * The first index from one on that is marked.
     *
     * @param every how many words stand for a block, of which the one at {@code first} counts
     */
    private static int next(long[] words, int every, int first, int from, int to) {
        if (from >= to) {
            return from;
        }
        int block = from / BLOCK_BYTES;
        int last = (to - 1) / BLOCK_BYTES;
        long marked = words[block * every + first] & (-1L << from);
        while (marked == 0 && block < last) {
            block++;
            marked = words[block * every + first];
        }
        int index = block * BLOCK_BYTES + Long.numberOfTrailingZeros(marked);
        return marked == 0 ? to : Math.min(to, index);
    }
}
