package clawsec.http.hpack;

/**
 * How the entries of a header block begin (RFC 7541 §6): the bits that tell them apart, and how
 * many of the first byte are left for an integer.
 */
final class Representation {
    static final int INDEXED = 0x80;
    static final int INDEXED_BITS = 7;
    static final int WITH_INDEXING = 0x40;
    static final int WITH_INDEXING_BITS = 6;
    static final int SIZE_UPDATE = 0x20;
    static final int SIZE_UPDATE_BITS = 5;
    static final int NEVER_INDEXED = 0x10;

    /** Of a literal that is not put into the table, whether it never may be or not. */
    static final int LITERAL_BITS = 4;

    /** Of a string (§5.2), not of an entry. */
    static final int HUFFMAN = 0x80;

    static final int STRING_BITS = 7;

    private Representation() {}
}
