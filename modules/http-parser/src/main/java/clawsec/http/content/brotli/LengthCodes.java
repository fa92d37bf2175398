package clawsec.http.content.brotli;

/** What symbols say of lengths and counts: where a range begins, and the bits that choose in it. */
final class LengthCodes {
    /** RFC 7932 §6: the extra bits of each block count code; the ranges follow on each other. */
    private static final byte[] COUNT_BITS = {
        2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24
    };

    private static final int[] COUNT_STARTS = starts(COUNT_BITS, 1);

    /** RFC 7932 §5: the extra bits of each insert length code, and of each copy length code. */
    private static final byte[] INSERT_BITS = {
        0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24
    };

    private static final byte[] COPY_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24
    };

    private static final int[] INSERT_STARTS = starts(INSERT_BITS, 0);
    private static final int[] COPY_STARTS = starts(COPY_BITS, 2);

    /** RFC 7932 §5: the first insert and copy length code of each 64 insert-and-copy codes. */
    private static final byte[] CELL_INSERT = {0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16};

    private static final byte[] CELL_COPY = {0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16};

    /** RFC 7932 §5: the codes below this one reuse the last distance. */
    static final int EXPLICIT_DISTANCES = 128;

    static final int COUNT_CODES = COUNT_BITS.length;

    private static final long[] COMMANDS = commands();

    private LengthCodes() {}

    static int countStart(int symbol) {
        return COUNT_STARTS[symbol];
    }

    static int countBits(int symbol) {
        return COUNT_BITS[symbol];
    }

    /** What the insert-and-copy code says, for the four questions below. */
    static long command(int symbol) {
        return COMMANDS[symbol];
    }

    static int insertStart(long command) {
        return (int) command & 0x7fff;
    }

    static int insertBits(long command) {
        return (int) (command >>> 15) & 31;
    }

    static int copyStart(long command) {
        return (int) (command >>> 20) & 0xfff;
    }

    static int copyBits(long command) {
        return (int) (command >>> 32) & 31;
    }

    private static int[] starts(byte[] bits, int first) {
        int[] starts = new int[bits.length];
        int next = first;
        for (int i = 0; i < bits.length; i++) {
            starts[i] = next;
            next += 1 << bits[i];
        }
        return starts;
    }

    private static long[] commands() {
        long[] commands = new long[PrefixCodeReader.MOST_SYMBOLS];
        for (int symbol = 0; symbol < commands.length; symbol++) {
            int insert = CELL_INSERT[symbol >>> 6] + ((symbol >>> 3) & 7);
            int copy = CELL_COPY[symbol >>> 6] + (symbol & 7);
            commands[symbol] =
                    INSERT_STARTS[insert]
                            | (long) INSERT_BITS[insert] << 15
                            | (long) COPY_STARTS[copy] << 20
                            | (long) COPY_BITS[copy] << 32;
        }
        return commands;
    }
}
