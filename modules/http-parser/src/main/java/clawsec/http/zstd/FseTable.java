package clawsec.http.zstd;

/**
 * A decoding table of Finite State Entropy (RFC 8878 §4.1). Immutable.
 *
 * @param log the binary logarithm of the number of states
 * @param states by state: the symbol in the lowest byte, the number of bits to read in the next,
 *     and what to add to them to get the next state in the upper half
 */
record FseTable(int log, int[] states) {
    private static final int MOST_SYMBOLS = 256;

    /** A table of one state, whose symbol costs no bits. */
    static FseTable ofOne(int symbol) {
        return new FseTable(0, new int[] {symbol});
    }

    /**
     * The table for a distribution.
     *
     * @param counts by symbol, how many of the {@code 1 << log} states are its own; -1 for one that
     *     it gets at the table's end
     */
    static FseTable of(int log, short[] counts, int symbols) {
        int size = 1 << log;
        int[] next = new int[symbols];
        byte[] owner = new byte[size];
        int high = size;
        for (int symbol = 0; symbol < symbols; symbol++) {
            if (counts[symbol] == -1) {
                owner[--high] = (byte) symbol;
                next[symbol] = 1;
            } else {
                next[symbol] = counts[symbol];
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int place = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            for (int i = 0; i < counts[symbol]; i++) {
                owner[place] = (byte) symbol;
                do {
                    place = (place + step) & (size - 1);
                } while (place >= high);
            }
        }
        int[] states = new int[size];
        for (int state = 0; state < size; state++) {
            int symbol = owner[state] & 0xff;
            int rank = next[symbol]++;
            int bits = log - (31 - Integer.numberOfLeadingZeros(rank));
            states[state] = ((rank << bits) - size) << 16 | bits << 8 | symbol;
        }
        return new FseTable(log, states);
    }

    /** Reads the description of a table (§4.1.1) and gives the table and where it ended. */
    static final class Reader {
        private FseTable table = ofOne(0);
        private byte[] data = {};
        private int to;

        /** In bits from the beginning of the array. */
        private long place;

        FseTable table() {
            return table;
        }

        /** Where the description ended, or -1 when it is malformed. */
        int read(byte[] source, int from, int limit, int mostLog, int mostSymbol) {
            data = source;
            to = limit;
            place = (long) from << 3;
            int log = bits(4) + 5;
            place += 4;
            if (log > mostLog) {
                return -1;
            }
            short[] counts = new short[MOST_SYMBOLS];
            int symbols = 0;
            int left = 1 << log;
            while (left > 0) {
                if (symbols > mostSymbol || place > (long) to << 3) {
                    return -1;
                }
                int count = count(left);
                left -= Math.abs(count);
                counts[symbols++] = (short) count;
                if (count == 0) {
                    symbols = zeros(symbols, mostSymbol);
                }
            }
            int end = (int) (place + 7 >>> 3);
            if (left < 0 || symbols > mostSymbol + 1 || end > to) {
                return -1;
            }
            table = of(log, counts, symbols);
            return end;
        }

        /** The next symbol's count: small values take a bit less than large ones. */
        private int count(int left) {
            int width = 32 - Integer.numberOfLeadingZeros(left + 1);
            int value = bits(width);
            int lowMask = (1 << (width - 1)) - 1;
            int spare = (1 << width) - 1 - (left + 1);
            if ((value & lowMask) < spare) {
                place += width - 1;
                return (value & lowMask) - 1;
            }
            place += width;
            return (value > lowMask ? value - spare : value) - 1;
        }

        /** After a count of 0: how many more are, in groups of up to three. */
        private int zeros(int symbols, int mostSymbol) {
            int after = symbols;
            int more = 3;
            while (more == 3 && after <= mostSymbol + 1) {
                more = bits(2);
                place += 2;
                after += more;
            }
            return after;
        }

        /** At the place, as far as there are such bits. */
        private int bits(int count) {
            int at = (int) (place >>> 3);
            int value = 0;
            for (int i = 0; i < 3; i++) {
                value |= at + i < to ? (data[at + i] & 0xff) << (8 * i) : 0;
            }
            return value >>> (int) (place & 7) & ((1 << count) - 1);
        }
    }
}
