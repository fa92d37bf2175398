package clawsec.detect.engine;

/**
 * Looks at one byte after the other. Of each bucket it keeps how many of its positions the latest
 * bytes fit: a bit is clear in the upper quarter of the state when all do.
 *
 * <p>Source: R. Baeza-Yates and G. Gonnet, A new approach to text searching, 1992.
 */
final class ShiftOr implements CandidateSearch {
    /** By byte, the positions where it may not stand. */
    private final long[] refused = new long[256];

    ShiftOr(Buckets buckets) {
        for (int value = 0; value < 256; value++) {
            refused[value] = ~buckets.allowed(value);
        }
    }

    @Override
    public void mark(byte[] text, int from, int to, Scratch scratch) {
        // Before the start of the text anything may have stood.
        long state = 0;
        for (int i = Math.max(0, from - (Buckets.POSITIONS - 1)); i < from; i++) {
            state = (state << Buckets.COUNT) | refused[text[i] & 0xff];
        }
        int word = 0;
        for (int block = from; block < to; block += BLOCK) {
            int count = Math.min(BLOCK, to - block);
            long bits = 0;
            for (int i = 0; i < count; i++) {
                state = (state << Buckets.COUNT) | refused[text[block + i] & 0xff];
                bits |= fits(state) << i;
            }
            scratch.marks[word++] = bits;
        }
    }

    /** 1 when a bit of the upper quarter is clear, otherwise 0. */
    private static long fits(long state) {
        return ((state >>> 48) - 0xffff) >>> 63;
    }
}
