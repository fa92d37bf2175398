package clawsec.http.content.brotli;

import java.util.Arrays;

/**
 * Reads the description of a prefix code (RFC 7932 §3.4, §3.5), resumable at any bit, and adds the
 * code to others of its alphabet.
 */
final class PrefixCodeReader {
    /** The largest alphabet: insert-and-copy lengths (RFC 7932 §3.3). */
    static final int MOST_SYMBOLS = 704;

    private enum Part {
        KIND,
        SIMPLE_COUNT,
        SIMPLE_SYMBOLS,
        SIMPLE_SHAPE,
        LENGTH_CODE,
        LENGTHS,
        REPEAT
    }

    /** RFC 7932 §3.5: the order of the code length symbols. */
    private static final byte[] ORDER = {
        1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    /** RFC 7932 §3.5: the next four bits give a length of a code length's code, and its bits. */
    private static final byte[] LENGTH_LENGTHS = {0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5};

    private static final byte[] LENGTH_LENGTH_BITS = {
        2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4
    };

    private static final int REPEAT_LENGTH = 16;
    private static final int LENGTH_SPACE = 32;
    private static final int SPACE = 1 << PrefixCodes.MOST_CODE_BITS;

    private final BitInput in;
    private final PrefixCodes lengthCode = new PrefixCodes();
    private final byte[] lengths = new byte[MOST_SYMBOLS];
    private final short[] sorted = new short[MOST_SYMBOLS];
    private final int[] counts = new int[PrefixCodes.MOST_CODE_BITS + 1];
    private final int[] firsts = new int[PrefixCodes.MOST_CODE_BITS + 1];
    private Part part = Part.KIND;

    /** Symbols of a simple code; code length symbols met with a length. */
    private int symbols;

    /** How many lengths or symbols are read. */
    private int index;

    /** What the codes read so far leave free, in codes of the greatest length. */
    private int space;

    private int previousLength;
    private int repeatSymbol;
    private int repeats;

    PrefixCodeReader(BitInput in) {
        this.in = in;
    }

    /** True once a code for {@code alphabet} symbols is added; false when starved or refused. */
    boolean read(PrefixCodes to, int alphabet) {
        while (true) {
            switch (part) {
                case KIND -> {
                    if (!in.has(2)) {
                        return false;
                    }
                    begin(in.take(2));
                }
                case SIMPLE_COUNT -> {
                    if (!in.has(2)) {
                        return false;
                    }
                    symbols = in.take(2) + 1;
                    part = Part.SIMPLE_SYMBOLS;
                }
                case SIMPLE_SYMBOLS -> {
                    if (!simpleSymbols(alphabet)) {
                        return false;
                    }
                    part = Part.SIMPLE_SHAPE;
                }
                case SIMPLE_SHAPE -> {
                    if (symbols == 4 && !in.has(1)) {
                        return false;
                    }
                    addSimple(to);
                    part = Part.KIND;
                    return true;
                }
                case LENGTH_CODE -> {
                    if (!lengthCode()) {
                        return false;
                    }
                    Arrays.fill(lengths, 0, alphabet, (byte) 0);
                    index = 0;
                    space = SPACE;
                    part = Part.LENGTHS;
                }
                case LENGTHS, REPEAT -> {
                    if (!lengths(alphabet)) {
                        return false;
                    }
                    addComplex(to, lengths, alphabet);
                    part = Part.KIND;
                    return true;
                }
            }
        }
    }

    private void begin(int kind) {
        symbols = 0;
        index = 0;
        if (kind == 1) {
            part = Part.SIMPLE_COUNT;
            return;
        }
        // RFC 7932 §3.5: HSKIP leading lengths are zero
        index = kind;
        space = LENGTH_SPACE;
        previousLength = 8;
        repeatSymbol = 0;
        repeats = 0;
        Arrays.fill(lengths, 0, ORDER.length, (byte) 0);
        part = Part.LENGTH_CODE;
    }

    private boolean simpleSymbols(int alphabet) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(alphabet - 1);
        while (index < symbols) {
            if (!in.has(bits)) {
                return false;
            }
            int symbol = in.take(bits);
            if (symbol >= alphabet) {
                return in.refuse(Fault.SYMBOL_BEYOND_ALPHABET);
            }
            for (int i = 0; i < index; i++) {
                if (sorted[i] == symbol) {
                    return in.refuse(Fault.SYMBOL_TWICE);
                }
            }
            sorted[index++] = (short) symbol;
        }
        return true;
    }

    /**
     * RFC 7932 §3.4: the lengths follow from how many there are; symbols of one are put in order.
     */
    private void addSimple(PrefixCodes to) {
        if (symbols == 1) {
            to.addSingle(sorted[0]);
            return;
        }
        boolean isUneven = symbols == 3 || (symbols == 4 && in.take(1) == 1);
        if (!isUneven) {
            counts[symbols / 2] = symbols;
            Arrays.sort(sorted, 0, symbols);
        } else {
            counts[1] = 1;
            counts[2] = symbols == 3 ? 2 : 1;
            counts[3] = symbols == 3 ? 0 : 2;
            Arrays.sort(sorted, symbols - 2, symbols);
        }
        to.add(sorted, counts);
    }

    /** Reads the code that the code lengths are written in. */
    private boolean lengthCode() {
        while (index < ORDER.length && space > 0) {
            in.refill();
            int next = in.peek(4);
            int bits = LENGTH_LENGTH_BITS[next];
            if (bits > in.count) {
                return false;
            }
            in.drop(bits);
            int length = LENGTH_LENGTHS[next];
            if (length > 0) {
                lengths[ORDER[index]] = (byte) length;
                space -= LENGTH_SPACE >> length;
                symbols++;
            }
            index++;
        }
        if (symbols != 1 && space != 0) {
            return in.refuse(Fault.CODE_LENGTH_CODE);
        }
        lengthCode.clear();
        if (symbols == 1) {
            int only = 0;
            while (lengths[only] == 0) {
                only++;
            }
            lengthCode.addSingle(only);
        } else {
            addComplex(lengthCode, lengths, ORDER.length);
        }
        return true;
    }

    private boolean lengths(int alphabet) {
        // RFC 7932 §3.5: the last length is the one that makes the code complete
        while (index < alphabet && space > 0) {
            if (part == Part.LENGTHS) {
                int symbol = lengthCode.read(0, in);
                if (symbol == PrefixCodes.STARVED) {
                    return false;
                }
                if (symbol < REPEAT_LENGTH) {
                    length(symbol);
                    continue;
                }
                if (symbol != repeatSymbol) {
                    repeatSymbol = symbol;
                    repeats = 0;
                }
                part = Part.REPEAT;
            }
            int bits = repeatSymbol == REPEAT_LENGTH ? 2 : 3;
            if (!in.has(bits)) {
                return false;
            }
            if (!repeat(in.take(bits), bits, alphabet)) {
                return in.refuse(Fault.CODE_LENGTHS_BEYOND_ALPHABET);
            }
            part = Part.LENGTHS;
        }
        return space == 0 || in.refuse(Fault.CODE_LENGTHS);
    }

    private void length(int length) {
        repeatSymbol = 0;
        lengths[index++] = (byte) length;
        if (length > 0) {
            previousLength = length;
            space -= SPACE >> length;
        }
    }

    /** RFC 7932 §3.5: the same repeat again makes the one before larger. */
    private boolean repeat(int extra, int bits, int alphabet) {
        int before = repeats;
        repeats = (before > 0 ? (before - 2) << bits : 0) + 3 + extra;
        int more = repeats - before;
        if (more > alphabet - index) {
            return false;
        }
        if (repeatSymbol == REPEAT_LENGTH) {
            Arrays.fill(lengths, index, index + more, (byte) previousLength);
            space -= more << (PrefixCodes.MOST_CODE_BITS - previousLength);
        }
        index += more;
        return true;
    }

    private void addComplex(PrefixCodes to, byte[] from, int alphabet) {
        for (int i = 0; i < alphabet; i++) {
            counts[from[i]]++;
        }
        counts[0] = 0;
        for (int length = 1; length < counts.length; length++) {
            firsts[length] = firsts[length - 1] + counts[length - 1];
        }
        for (int i = 0; i < alphabet; i++) {
            if (from[i] > 0) {
                sorted[firsts[from[i]]++] = (short) i;
            }
        }
        to.add(sorted, counts);
    }
}
