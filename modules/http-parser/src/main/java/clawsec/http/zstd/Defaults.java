package clawsec.http.zstd;

/** The numbers of RFC 8878 §3.1.1.3.2: predefined tables (appendix A), and what codes stand for. */
final class Defaults {
    static final int MOST_LITERAL_LENGTH = 35;
    static final int MOST_MATCH_LENGTH = 52;
    static final int MOST_OFFSET = 31;

    /** By code: the least length in the upper bits, and in the lowest byte the bits added to it. */
    static final int[] LITERAL_LENGTH_CODES = codes(0, 16, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6);

    static final int[] MATCH_LENGTH_CODES = codes(3, 32, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7);

    static final FseTable LITERAL_LENGTHS = table(6, "432222222222211122222222232111110000");
    static final FseTable MATCH_LENGTHS =
            table(6, "14322222211111111111111111111111111111111111110000000");
    static final FseTable OFFSETS = table(5, "11111122211111111111111100000");

    private Defaults() {}

    /**
     * @param plain how many codes stand for a length each, from {@code least} on
     * @param bits of the codes after them; then they grow by one bit each, up to 16
     */
    private static int[] codes(int least, int plain, int... bits) {
        int count = plain + bits.length + 16 - bits[bits.length - 1];
        int[] codes = new int[count];
        int length = least;
        for (int code = 0; code < count; code++) {
            int at = code - plain;
            int width = 0;
            if (at >= 0) {
                width = at < bits.length ? bits[at] : bits[bits.length - 1] + 1 + at - bits.length;
            }
            codes[code] = length << 8 | width;
            length += 1 << width;
        }
        return codes;
    }

    /**
     * @param counts a digit a symbol, 0 for the "less than one" that RFC 8878 writes as -1
     */
    private static FseTable table(int log, String counts) {
        short[] shares = new short[counts.length()];
        for (int i = 0; i < shares.length; i++) {
            int share = counts.charAt(i) - '0';
            shares[i] = (short) (share == 0 ? -1 : share);
        }
        return FseTable.of(log, shares, shares.length);
    }
}
