package clawsec.http.content.brotli;

/**
 * The blocks of one category (literals, insert-and-copy lengths or distances) in a meta-block (RFC
 * 7932 §6): which type the present one has, and how many elements of it are to come. Resumable at
 * any bit.
 */
final class BlockTypes {
    private enum Part {
        NUMBER,
        TYPE_CODE,
        COUNT_CODE,
        FIRST_COUNT,
        BLOCKS
    }

    private final BitInput in;
    private final PrefixCodes typeCode = new PrefixCodes();
    private final PrefixCodes countCode = new PrefixCodes();
    private Part part = Part.NUMBER;
    private int number;
    private int previous;

    /** The type that a switch under way leads to; below 0 when there is none. */
    private int switchTo = -1;

    /** The count's symbol in a switch under way; below 0 before it is read. */
    private int countSymbol = -1;

    /** The type of the present block. */
    int type;

    /** Elements still to come in it; whoever reads one counts down. */
    int count;

    BlockTypes(BitInput in) {
        this.in = in;
    }

    int number() {
        return number;
    }

    /** Makes ready for the header of another meta-block. */
    void restart() {
        part = Part.NUMBER;
    }

    /** True once the part of the header is read that is about this category (RFC 7932 §9.2). */
    boolean readHeader(PrefixCodeReader codes) {
        while (true) {
            switch (part) {
                case NUMBER -> {
                    number = readNumber(in);
                    if (number == 0) {
                        return false;
                    }
                    // RFC 7932 §6: at the end of the header these are the last two types
                    type = 0;
                    previous = 1;
                    count = Integer.MAX_VALUE;
                    typeCode.clear();
                    countCode.clear();
                    part = number == 1 ? Part.BLOCKS : Part.TYPE_CODE;
                }
                case TYPE_CODE -> {
                    if (!codes.read(typeCode, number + 2)) {
                        return false;
                    }
                    part = Part.COUNT_CODE;
                }
                case COUNT_CODE -> {
                    if (!codes.read(countCode, LengthCodes.COUNT_CODES)) {
                        return false;
                    }
                    part = Part.FIRST_COUNT;
                }
                case FIRST_COUNT -> {
                    if (!readCount()) {
                        return false;
                    }
                    part = Part.BLOCKS;
                }
                case BLOCKS -> {
                    return true;
                }
            }
        }
    }

    /** True if an element can be read: the present block has one left, or the next was begun. */
    boolean hasElement() {
        return count > 0 || nextBlock();
    }

    /** The variable-length number 1 to 256 of RFC 7932 §9.2; 0 when starved. */
    static int readNumber(BitInput in) {
        if (!in.has(1)) {
            return 0;
        }
        if (in.peek(1) == 0) {
            in.drop(1);
            return 1;
        }
        if (!in.has(4)) {
            return 0;
        }
        int bits = in.peek(4) >>> 1;
        if (!in.has(4 + bits)) {
            return 0;
        }
        in.drop(4);
        return (1 << bits) + 1 + in.take(bits);
    }

    private boolean nextBlock() {
        if (number == 1) {
            // one block without end; only commands that give nothing can be that many
            count = Integer.MAX_VALUE;
            return true;
        }
        if (switchTo < 0) {
            int symbol = typeCode.read(0, in);
            if (symbol == PrefixCodes.STARVED) {
                return false;
            }
            // RFC 7932 §6: the type before this one, the next, or a type itself
            switchTo =
                    switch (symbol) {
                        case 0 -> previous;
                        case 1 -> type + 1 == number ? 0 : type + 1;
                        default -> symbol - 2;
                    };
        }
        if (!readCount()) {
            return false;
        }
        previous = type;
        type = switchTo;
        switchTo = -1;
        return true;
    }

    private boolean readCount() {
        if (countSymbol < 0) {
            int symbol = countCode.read(0, in);
            if (symbol == PrefixCodes.STARVED) {
                return false;
            }
            countSymbol = symbol;
        }
        int bits = LengthCodes.countBits(countSymbol);
        if (!in.has(bits)) {
            return false;
        }
        count = LengthCodes.countStart(countSymbol) + in.take(bits);
        countSymbol = -1;
        return true;
    }
}
