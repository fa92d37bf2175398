package clawsec.http.zstd;

import org.jspecify.annotations.Nullable;

/** A Huffman code for literals (RFC 8878 §4.2), as a table over its longest code. Immutable. */
final class HuffmanTable {
    private static final int MOST_BITS = 11;
    private static final int MOST_WEIGHTS = 255;
    private static final int MOST_WEIGHT_LOG = 6;

    /** Symbols that a refill is enough for: 56 / 11. */
    private static final int SYMBOLS_A_REFILL = 5;

    private final int bits;

    /** By the next {@link #bits} bits: the symbol, and how many of them are its code. */
    private final short[] entries;

    private HuffmanTable(int bits, short[] entries) {
        this.bits = bits;
        this.entries = entries;
    }

    /**
     * The code with these weights; null when there is none.
     *
     * @param weights of all symbols but the last, whose weight follows from them; has room for one
     */
    private static @Nullable HuffmanTable of(byte[] weights, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1 << weights[i] >> 1;
        }
        int bits = 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << bits) - sum;
        if (sum == 0 || bits > MOST_BITS || Integer.bitCount(rest) != 1) {
            return null;
        }
        weights[count] = (byte) (32 - Integer.numberOfLeadingZeros(rest));
        int[] starts = new int[MOST_BITS + 2];
        for (int i = 0; i <= count; i++) {
            starts[weights[i] + 1] += 1 << weights[i] >> 1;
        }
        // A whole code has its two longest words at least, and an even number of them.
        if (starts[2] < 2 || (starts[2] & 1) != 0) {
            return null;
        }
        for (int weight = 1; weight < starts.length; weight++) {
            starts[weight] += starts[weight - 1];
        }
        short[] entries = new short[1 << bits];
        for (int symbol = 0; symbol <= count; symbol++) {
            int weight = weights[symbol];
            int end = starts[weight] + (1 << weight >> 1);
            for (int at = starts[weight]; at < end; at++) {
                entries[at] = (short) (symbol << 8 | (bits + 1 - weight));
            }
            starts[weight] = end;
        }
        return new HuffmanTable(bits, entries);
    }

    /**
     * Fills a range with the symbols of a stream. That it holds just so many is left unasked, as
     * the decoder that nearly everybody uses leaves it: what that one shows its reader has to be
     * seen here.
     */
    void decode(ReverseBits in, byte[] out, int from, int to) {
        short[] table = entries;
        int width = bits;
        int at = from;
        while (at < to) {
            int stop = Math.min(to, at + SYMBOLS_A_REFILL);
            in.refill();
            while (at < stop) {
                int entry = table[in.peek(width)];
                in.skip(entry & 0xff);
                out[at++] = (byte) (entry >> 8);
            }
        }
    }

    /** Reads the description of a code (§4.2.1) and gives the code and where it ended. */
    static final class Reader {
        private final FseTable.Reader fse = new FseTable.Reader();
        private final ReverseBits in = new ReverseBits();
        private final byte[] weights = new byte[MOST_WEIGHTS + 1];
        private @Nullable HuffmanTable table;

        /** The one read last, or null. */
        @Nullable HuffmanTable table() {
            return table;
        }

        /** Where the description ended, or -1 when it is malformed. */
        int read(byte[] source, int from, int to) {
            table = null;
            if (from >= to) {
                return -1;
            }
            int head = source[from] & 0xff;
            int count = head < 128 ? 0 : head - 127;
            int end = from + 1 + (head < 128 ? head : (count + 1) / 2);
            if (end > to) {
                return -1;
            }
            for (int i = 0; i < count; i++) {
                int pair = source[from + 1 + i / 2] & 0xff;
                weights[i] = (byte) (i % 2 == 0 ? pair >> 4 : pair & 15);
            }
            if (head < 128) {
                count = readCoded(source, from + 1, end);
            }
            if (count > 0 && !hasTooLarge(count)) {
                table = of(weights, count);
            }
            return table == null ? -1 : end;
        }

        private boolean hasTooLarge(int count) {
            boolean isTooLarge = false;
            for (int i = 0; i < count; i++) {
                isTooLarge |= weights[i] > MOST_BITS;
            }
            return isTooLarge;
        }

        /** Two states take turns until the bits are used up (§4.2.1.2); the count, or -1. */
        private int readCoded(byte[] source, int from, int to) {
            int data = fse.read(source, from, to, MOST_WEIGHT_LOG, MOST_BITS + 1);
            if (data < 0 || !in.open(source, data, to)) {
                return -1;
            }
            FseTable code = fse.table();
            int one = in.read(code.log());
            int other = in.read(code.log());
            int count = 0;
            while (count < MOST_WEIGHTS - 1) {
                int entry = code.states()[one];
                weights[count++] = (byte) entry;
                in.refill();
                one = (entry >>> 16) + in.read(entry >>> 8 & 0xff);
                if (in.isOverrun()) {
                    weights[count++] = (byte) code.states()[other];
                    return count;
                }
                int turn = one;
                one = other;
                other = turn;
            }
            return -1;
        }
    }
}
