package clawsec.http.content.brotli;

/**
 * The commands of a compressed meta-block (RFC 7932 §9.3), carried out on the window. Stops where
 * the input does, between any two symbols or extra bits, with all written that they say so far. A
 * command that takes no bits at all writes something, so that each takes input or budget: the words
 * that a transform makes empty are too far away to be told without extra bits.
 */
final class CommandReader {
    private enum Part {
        COMMAND,
        LENGTHS,
        LITERALS,
        DISTANCE,
        DISTANCE_BITS
    }

    private final BitInput in;
    private final Window window;
    private final MetaBlockHeader header;
    private final byte[] word = new byte[StaticDictionary.LONGEST_TRANSFORMED];
    private Part part = Part.COMMAND;

    /** Bytes that the meta-block has still to give. */
    private int remaining;

    private long command;
    private boolean isDistanceImplicit;
    private int insert;
    private int copy;
    private int distanceSymbol;

    /** RFC 7932 §4: the last four distances, not reset at meta-blocks. */
    private int last = 4;

    private int second = 11;
    private int third = 15;
    private int fourth = 16;

    CommandReader(BitInput in, Window window, MetaBlockHeader header) {
        this.in = in;
        this.window = window;
        this.header = header;
    }

    /** Begins a meta-block of that many bytes. */
    void begin(int length) {
        remaining = length;
    }

    /**
     * True once the meta-block is whole; false when starved, refused, or the sink wants no more.
     */
    boolean read() {
        while (true) {
            switch (part) {
                case COMMAND -> {
                    if (!command()) {
                        return false;
                    }
                    part = Part.LENGTHS;
                }
                case LENGTHS -> {
                    if (!lengths()) {
                        return false;
                    }
                    part = Part.LITERALS;
                }
                case LITERALS -> {
                    if (insert > 0 && !literals()) {
                        return false;
                    }
                    if (remaining == 0) {
                        // RFC 7932 §9.3: the copy length of the last command may be anything
                        part = Part.COMMAND;
                        return true;
                    }
                    part = Part.DISTANCE;
                }
                case DISTANCE, DISTANCE_BITS -> {
                    if (!distance()) {
                        return false;
                    }
                    part = Part.COMMAND;
                    if (remaining == 0) {
                        return true;
                    }
                }
            }
        }
    }

    private boolean command() {
        BlockTypes types = header.commandTypes;
        if (!types.hasElement()) {
            return false;
        }
        int symbol = header.commands.read(types.type, in);
        if (symbol == PrefixCodes.STARVED) {
            return false;
        }
        types.count--;
        isDistanceImplicit = symbol < LengthCodes.EXPLICIT_DISTANCES;
        command = LengthCodes.command(symbol);
        return true;
    }

    private boolean lengths() {
        int insertBits = LengthCodes.insertBits(command);
        int copyBits = LengthCodes.copyBits(command);
        if (!in.has(insertBits + copyBits)) {
            return false;
        }
        insert = LengthCodes.insertStart(command) + in.take(insertBits);
        copy = LengthCodes.copyStart(command) + in.take(copyBits);
        return insert <= remaining || in.refuse(Fault.INSERT_BEYOND_LENGTH);
    }

    private boolean literals() {
        BlockTypes types = header.literalTypes;
        while (insert > 0) {
            if (!types.hasElement()) {
                return false;
            }
            int run = Math.min(Math.min(insert, types.count), window.room());
            if (run == 0) {
                return false;
            }
            int done = literals(types.type, run);
            types.count -= done;
            insert -= done;
            remaining -= done;
            if (done < run) {
                return false;
            }
        }
        return true;
    }

    /** Reads up to {@code run} literals of one block; gives how many the input had. */
    private int literals(int type, int run) {
        byte[] contexts = LiteralContexts.TABLE;
        int mode = header.literalModes[type] * LiteralContexts.MODE_SIZE;
        byte[] map = header.literalMap;
        int mapStart = type * MetaBlockHeader.LITERAL_CONTEXTS;
        char[] table = header.literals.table;
        int[] starts = header.literals.starts;
        byte[] ring = window.ring;
        int begin = window.position;
        int position = begin;
        int last1 = window.last(1);
        int last2 = window.last(2);
        long bits = in.bits;
        int count = in.count;
        while (position < begin + run) {
            if (count < PrefixCodes.MOST_CODE_BITS) {
                in.bits = bits;
                in.count = count;
                in.refill();
                bits = in.bits;
                count = in.count;
            }
            int context = contexts[mode + last1] | contexts[mode + LiteralContexts.BEFORE + last2];
            int start = starts[map[mapStart + context] & 0xff];
            int entry = table[start + ((int) bits & 0xff)];
            int length = entry & 15;
            if (length > PrefixCodes.ROOT_BITS) {
                int more = length - PrefixCodes.ROOT_BITS;
                int at = (int) (bits >>> PrefixCodes.ROOT_BITS) & ((1 << more) - 1);
                entry = table[start + (entry >>> 4) + at];
                length = PrefixCodes.ROOT_BITS + (entry & 15);
            }
            if (length > count) {
                break;
            }
            bits >>>= length;
            count -= length;
            last2 = last1;
            last1 = entry >>> 4;
            ring[position++] = (byte) last1;
        }
        in.bits = bits;
        in.count = count;
        window.position = position;
        return position - begin;
    }

    /** Reads the distance, if it is written, and copies from there. */
    private boolean distance() {
        if (isDistanceImplicit) {
            return copy(last, false);
        }
        if (part == Part.DISTANCE) {
            BlockTypes types = header.distanceTypes;
            if (!types.hasElement()) {
                return false;
            }
            // RFC 7932 §7.2: copy lengths 2, 3, 4, and more
            int context = Math.min(copy, 5) - 2;
            int at = types.type * MetaBlockHeader.DISTANCE_CONTEXTS + context;
            int symbol = header.distances.read(header.distanceMap[at] & 0xff, in);
            if (symbol == PrefixCodes.STARVED) {
                return false;
            }
            types.count--;
            if (symbol < MetaBlockHeader.PAST_DISTANCES) {
                int distance = pastDistance(symbol);
                return distance > 0
                        ? copy(distance, symbol > 0)
                        : in.refuse(Fault.DISTANCE_NOT_POSITIVE);
            }
            distanceSymbol = symbol - MetaBlockHeader.PAST_DISTANCES - header.directDistances;
            if (distanceSymbol < 0) {
                return copy(distanceSymbol + header.directDistances + 1, true);
            }
            part = Part.DISTANCE_BITS;
        }
        // RFC 7932 §4
        int postfixBits = header.postfixBits;
        int extraBits = 1 + (distanceSymbol >>> (postfixBits + 1));
        if (!in.has(extraBits)) {
            return false;
        }
        int high = distanceSymbol >>> postfixBits;
        int low = distanceSymbol & ((1 << postfixBits) - 1);
        int offset = ((2 + (high & 1)) << extraBits) - 4 + in.take(extraBits);
        return copy((offset << postfixBits) + low + header.directDistances + 1, true);
    }

    /** RFC 7932 §4: symbols 4 to 9 are near the last distance, 10 to 15 near the second to last. */
    private int pastDistance(int symbol) {
        return switch (symbol) {
            case 0 -> last;
            case 1 -> second;
            case 2 -> third;
            case 3 -> fourth;
            default -> {
                int from = symbol < 10 ? last : second;
                int step = ((symbol < 10 ? symbol - 4 : symbol - 10) >> 1) + 1;
                yield (symbol & 1) == 0 ? from - step : from + step;
            }
        };
    }

    private boolean copy(int distance, boolean isNew) {
        int reach = window.reach();
        if (distance > reach) {
            // RFC 7932 §4: distances of words are not remembered
            return word(distance - reach - 1);
        }
        if (copy > remaining) {
            return in.refuse(Fault.COPY_BEYOND_LENGTH);
        }
        if (isNew) {
            fourth = third;
            third = second;
            second = last;
            last = distance;
        }
        remaining -= copy;
        return window.copy(distance, copy);
    }

    private boolean word(int number) {
        if (!StaticDictionary.hasLength(copy)) {
            return in.refuse(Fault.NO_SUCH_WORD);
        }
        if (StaticDictionary.transformOf(number, copy) >= StaticDictionary.TRANSFORMS) {
            return in.refuse(Fault.NO_SUCH_TRANSFORM);
        }
        int length = StaticDictionary.shared().write(number, copy, word);
        if (length > remaining) {
            return in.refuse(Fault.WORD_BEYOND_LENGTH);
        }
        remaining -= length;
        return window.write(word, length);
    }
}
