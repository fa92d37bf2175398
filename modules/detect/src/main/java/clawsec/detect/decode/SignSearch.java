package clawsec.detect.decode;

/** Looks at every byte for {@link SignTables signs}. Immutable; all give the same answers. */
interface SignSearch {
    /** Bytes that one word has a bit for, the first byte's lowest. */
    int BLOCK_BYTES = 64;

    /** Bytes behind the last block that are read too. */
    int AHEAD_BYTES = SignTables.POSITIONS - 1;

    /**
     * Words for each block: where there are signs of escapes and bytes to look at for lookalikes.
     */
    int ESCAPES = 0;

    /** Signs of a shell's constructs. */
    int SHELL = 1;

    /** Signs of pairs of digits. */
    int PAIRS = 2;

    /** Characters of {@link Alphabet}. */
    int MEMBERS = 3;

    /** Zeros, and first bytes of gzip. */
    int BINARY = 4;

    /** Signs of offsets in dumps. */
    int DUMPS = 5;

    int WORDS = 6;

    /**
     * Looks at whole blocks.
     *
     * @param words takes {@link #WORDS} for each block, from an index on
     */
    void mark(byte[] text, int from, int blocks, long[] words, int index);
}
