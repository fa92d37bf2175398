package clawsec.detect.engine;

/** What a filter writes on while it reads a piece of text. Confined to its scan. */
final class Scratch {
    /** A bit for each place at which a literal may end. */
    final long[] marks = new long[LiteralFilter.PIECE / CandidateSearch.BLOCK];

    /** For each block whether it, or the three bytes before it, hold others than ASCII. */
    final boolean[] foreign = new boolean[LiteralFilter.PIECE / CandidateSearch.BLOCK];

    /** For each place a hash of the last three bytes, and some of the last four. */
    final byte[] threes = new byte[LiteralFilter.PIECE];

    final byte[] fours = new byte[LiteralFilter.PIECE];
    final byte[] otherFours = new byte[LiteralFilter.PIECE];
    final byte[] moreFours = new byte[LiteralFilter.PIECE];

    /** The places that are left, and some room for what is written before it is counted. */
    final int[] places = new int[LiteralFilter.PIECE + AT_ONCE];

    private static final int AT_ONCE = 4;

    /**
     * Lists the marked places, four at a time whether there are as many or not: that is faster than
     * a loop whose end the processor cannot foresee.
     *
     * @param from the index of the first mark's place
     * @return how many there are
     */
    int listPlaces(int from, int to) {
        int count = 0;
        for (int word = 0; from + word * CandidateSearch.BLOCK < to; word++) {
            int base = from + word * CandidateSearch.BLOCK;
            long rest = marks[word];
            int end = count + Long.bitCount(rest);
            for (int i = 0; i < AT_ONCE; i++) {
                places[count + i] = base + Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
            }
            for (int i = count + AT_ONCE; i < end; i++) {
                places[i] = base + Long.numberOfTrailingZeros(rest);
                rest &= rest - 1;
            }
            count = end;
        }
        return count;
    }
}
