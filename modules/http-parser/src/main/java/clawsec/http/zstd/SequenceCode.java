package clawsec.http.zstd;

import org.jspecify.annotations.Nullable;

/**
 * One of the three codes of a block's sequences (RFC 8878 §3.1.1.3.2.1): what its table is, and the
 * table it had in the block before.
 */
final class SequenceCode {
    private static final int PREDEFINED = 0;
    private static final int RLE = 1;
    private static final int COMPRESSED = 2;

    private final FseTable predefined;
    private final int mostLog;
    private final int mostSymbol;
    private final FseTable.Reader reader = new FseTable.Reader();
    private @Nullable FseTable table;

    private SequenceCode(FseTable predefined, int mostLog, int mostSymbol) {
        this.predefined = predefined;
        this.mostLog = mostLog;
        this.mostSymbol = mostSymbol;
    }

    static SequenceCode literalLengths() {
        return new SequenceCode(Defaults.LITERAL_LENGTHS, 9, Defaults.MOST_LITERAL_LENGTH);
    }

    static SequenceCode offsets() {
        return new SequenceCode(Defaults.OFFSETS, 8, Defaults.MOST_OFFSET);
    }

    static SequenceCode matchLengths() {
        return new SequenceCode(Defaults.MATCH_LENGTHS, 9, Defaults.MOST_MATCH_LENGTH);
    }

    /** The table in use; null where one is repeated that never was. */
    @Nullable FseTable table() {
        return table;
    }

    /** Where the table's description ended, or -1 when it is malformed. */
    int read(int mode, byte[] source, int from, int to) {
        switch (mode) {
            case PREDEFINED -> table = predefined;
            case RLE -> {
                if (from >= to || (source[from] & 0xff) > mostSymbol) {
                    return -1;
                }
                table = FseTable.ofOne(source[from]);
                return from + 1;
            }
            case COMPRESSED -> {
                int end = reader.read(source, from, to, mostLog, mostSymbol);
                table = reader.table();
                return end;
            }
            default -> {}
        }
        return table == null ? -1 : from;
    }
}
