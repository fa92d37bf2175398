package clawsec.detect.engine;

/**
 * The first look at every byte: where may a literal end? All implementations find every place where
 * one does; which other places they name is their own affair. Immutable and thread-safe.
 */
interface CandidateSearch {
    /** Places that share a word of the answer. */
    int BLOCK = 64;

    /**
     * Looks at the bytes from {@code from} to {@code to}, and at a few before them.
     *
     * @param from at most {@link LiteralFilter#PIECE} before {@code to}
     * @param scratch bit {@code i} of its marks is set when a literal may end with the byte at
     *     {@code from + i}; the rest of the last word is cleared
     */
    void mark(byte[] text, int from, int to, Scratch scratch);
}
