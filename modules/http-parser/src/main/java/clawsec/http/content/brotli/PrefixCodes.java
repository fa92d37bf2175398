package clawsec.http.content.brotli;

import java.util.Arrays;

/**
 * Canonical prefix codes over one alphabet (RFC 7932 §3.2) as tables to look the next bits up in.
 * Eight bits index the first table of a code; where they are only the beginning of a symbol's code,
 * they lead to a second table behind it, indexed by as many more bits as the longest code there
 * needs. Tables are laid one behind the other in one array, that grows with what the stream brings
 * and is used again for the next meta-block.
 *
 * <pre>
 * entry: symbol << 4 | bits of its code (in a second table: bits after the first eight)
 *        offset of the second table << 4 | 8 + bits that index it
 * </pre>
 */
final class PrefixCodes {
    static final int MOST_CODE_BITS = 15;
    static final int ROOT_BITS = 8;

    /** No symbol: its bits are not all there. */
    static final int STARVED = -1;

    private static final int ROOT_SIZE = 1 << ROOT_BITS;
    private static final int LENGTH_MASK = 15;

    /** The hot loop of {@link CommandReader} reads these two by itself. */
    char[] table = {};

    int[] starts = {};

    private int codes;
    private int used;

    /** Forgets the codes, not the room. */
    void clear() {
        codes = 0;
        used = 0;
    }

    int size() {
        return codes;
    }

    /** The next symbol in the code of that index, or {@link #STARVED}. */
    int read(int code, BitInput in) {
        if (in.count < MOST_CODE_BITS) {
            in.refill();
        }
        int start = starts[code];
        int entry = table[start + ((int) in.bits & (ROOT_SIZE - 1))];
        int length = entry & LENGTH_MASK;
        if (length > ROOT_BITS) {
            int more = (int) (in.bits >>> ROOT_BITS) & ((1 << (length - ROOT_BITS)) - 1);
            entry = table[start + (entry >>> 4) + more];
            length = ROOT_BITS + (entry & LENGTH_MASK);
        }
        // bits that are not there count as zeros, so only a code of those that are is one
        if (length > in.count) {
            return STARVED;
        }
        in.drop(length);
        return entry >>> 4;
    }

    /** Adds a code of one symbol, which takes no bits. */
    void addSingle(int symbol) {
        int start = begin();
        Arrays.fill(table, start, start + ROOT_SIZE, (char) (symbol << 4));
    }

    /**
     * Adds a complete code.
     *
     * @param sorted the symbols by length, those of one length in order
     * @param counts how many symbols have a code of each length; all zeros afterwards
     */
    void add(short[] sorted, int[] counts) {
        int start = begin();
        int code = 0;
        int index = 0;
        for (int length = 1; length <= ROOT_BITS; length++) {
            code <<= 1;
            for (; counts[length] > 0; counts[length]--) {
                spread(
                        start + reversed(code++, length),
                        1 << length,
                        start + ROOT_SIZE,
                        sorted[index++] << 4 | length);
            }
        }
        int second = 0;
        int secondBits = 0;
        int prefix = -1;
        for (int length = ROOT_BITS + 1; length <= MOST_CODE_BITS; length++) {
            code <<= 1;
            for (; counts[length] > 0; counts[length]--) {
                int more = length - ROOT_BITS;
                if (code >>> more != prefix) {
                    prefix = code >>> more;
                    secondBits = indexBits(length, counts);
                    second = used;
                    reserve(1 << secondBits);
                    table[start + reversed(prefix, ROOT_BITS)] =
                            (char) ((second - start) << 4 | (ROOT_BITS + secondBits));
                }
                int at = reversed(code++, length) >>> ROOT_BITS;
                spread(
                        second + at,
                        1 << more,
                        second + (1 << secondBits),
                        sorted[index++] << 4 | more);
            }
        }
    }

    /** How many bits tell those symbols apart that share the first eight bits of this length's. */
    private static int indexBits(int length, int[] counts) {
        int bits = length - ROOT_BITS;
        int free = (1 << bits) - counts[length];
        while (free > 0) {
            bits++;
            free = (free << 1) - counts[ROOT_BITS + bits];
        }
        return bits;
    }

    private void spread(int from, int step, int to, int entry) {
        for (int i = from; i < to; i += step) {
            table[i] = (char) entry;
        }
    }

    /** The code as it is met, first bit lowest. */
    private static int reversed(int code, int length) {
        return Integer.reverse(code) >>> (Integer.SIZE - length);
    }

    private int begin() {
        if (codes == starts.length) {
            starts = Arrays.copyOf(starts, Math.max(4, 2 * codes));
        }
        int start = used;
        starts[codes++] = start;
        reserve(ROOT_SIZE);
        return start;
    }

    private void reserve(int entries) {
        used += entries;
        if (used > table.length) {
            table = Arrays.copyOf(table, Math.max(used, 2 * table.length));
        }
    }
}
