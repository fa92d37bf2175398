package clawsec.detect.engine;

/** What a filter writes on while it reads a piece of text. Confined to its scan. */
final class Scratch {
    /** A bit for each place at which a literal may end. */
    final long[] marks = new long[LiteralFilter.PIECE / CandidateSearch.BLOCK];

    /** For each place the buckets that may fit, as far as is known. */
    final byte[] fits = new byte[LiteralFilter.PIECE * Buckets.COUNT / 8];

    /** The places in a block that are left. */
    final int[] places = new int[CandidateSearch.BLOCK];
}
