package clawsec.detect.decode;

/**
 * Finds hexadecimal digits in pairs with something between, as {@code 73 6b 2d}, {@code 73:6b:2d},
 * {@code 0x73, 0x6b} and {@code "73", "6b"}, over lines too, and decodes them if text comes out. In
 * a dump ({@code xxd}, {@code hexdump -C}) there are groups of four digits, too, and what stands
 * beside the digits is left out:
 *
 * <pre>{@code
 * 00000000: 736b 2d61 6e74 2d61 7069 3033 2d41 6243  sk-ant-api03-AbC
 *           └─────────────── digits ──────────────┘ └── a line's end and the next offset ──...
 * 00000010: 6445 6647
 * }</pre>
 *
 * <p>Eight bytes are groups of which at least four begin in one block of {@link Signs}, however far
 * apart they are. Confined to its scan.
 */
public final class PairReader {
    /** Fewer bytes are left. */
    static final int MIN_BYTES = 2 * Signs.MANY_PAIRS;

    /** The most digits of a group. */
    private static final int MAX_DIGITS = 4;

    /** The most bytes between two groups. */
    public static final int MAX_GAP_BYTES = 12;

    /** The most bytes between two groups on different lines of a dump. */
    private static final int MAX_COLUMN_BYTES = 64;

    private static final int MAX_OFFSET_DIGITS = 16;

    /** What {@link SignTables} say of an offset's end. */
    private static final int OFFSET_END_BYTES = 4;

    /** Groups that have to be there to decide about a beginning, as far apart as they may be. */
    private static final int LOOK_BYTES = 2 * MIN_BYTES * (MAX_DIGITS + MAX_GAP_BYTES);

    /** What has to be there to decide about a group and what follows it. */
    private static final int NEAR_BYTES = 2 * MAX_COLUMN_BYTES;

    private static final int OUTPUT_BYTES = 256;

    /** What may stand between two groups, and what of it first. */
    private static final boolean[] IS_GAP = new boolean[256];

    private static final boolean[] DIVIDES = new boolean[256];

    static {
        for (char divider : " \t\r\n'\":-,.;_|/".toCharArray()) {
            DIVIDES[divider] = true;
            IS_GAP[divider] = divider != '|';
        }
    }

    private final RunSink sink;
    private final byte[] out = new byte[OUTPUT_BYTES];
    private long place;
    private boolean isOpen;

    /** What stands between groups first. */
    private byte divider;

    /** Whether a group was read last, and not what divides it from the next. */
    private boolean isBehindGroup;

    /** Digits of a group. */
    private int digits;

    /** Bytes behind a beginning where it is no use to look for another. */
    private int skipped;

    public PairReader(RunSink sink) {
        this.sink = sink;
    }

    /**
     * Reads what is new of a text.
     *
     * @param isFlush whether to decide by what is there
     * @param isEnd whether the text ends there; what is read next is another one
     */
    public void read(History history, boolean isFlush, boolean isEnd) {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = isOpen ? decode(history, isFlush, isEnd) : search(history, isFlush || isEnd);
        }
        if (isEnd) {
            if (isOpen) {
                sink.endRun();
            }
            isOpen = false;
            place = 0;
        }
    }

    private boolean search(History history, boolean isLast) {
        int end = history.length();
        int at = history.index(place);
        if (place == 0 && end > 0 && (isLast || end >= LOOK_BYTES)) {
            // There is no sign where nothing stands before.
            if (opens(history, 0, false)) {
                return true;
            }
            at = 1;
        }
        int dump = -1;
        while (at < end && at > 0) {
            int offset = Math.max(0, at - OFFSET_END_BYTES);
            dump = dump < offset ? history.signs().nextDump(offset, end) : dump;
            at = history.signs().nextPair(at - 1) + 1;
            boolean isDump = dump + OFFSET_END_BYTES <= at;
            at = isDump ? dump + OFFSET_END_BYTES : at;
            if (at >= end || (at + LOOK_BYTES > end && !isLast)) {
                break;
            }
            if (opens(history, isDump ? at : start(history.bytes(), at), isDump)) {
                return true;
            }
            at += 1 + skipped;
        }
        if (!isLast) {
            at = Math.max(history.index(place), Math.min(at, end - 2 * Signs.BLOCK_BYTES));
        }
        place = history.base() + at;
        return false;
    }

    /** Whether there are enough groups in a row in a text that is there as a whole. */
    static boolean holdsPairs(Signs signs, byte[] text, int from, int to) {
        int at = signs.nextPair(from - 1) + 1;
        while (at < to) {
            int first = start(text, at);
            if (first >= from && isEnough(text, first, to)) {
                return true;
            }
            at = signs.nextPair(at) + 1;
        }
        for (int dump = signs.nextDump(from, to); dump < to; dump = signs.nextDump(dump + 1, to)) {
            int first = dump + OFFSET_END_BYTES;
            if (first < to && isEnough(text, first, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnough(byte[] text, int from, int end) {
        int digits = digits(text, from, end);
        int at = from;
        int count = 0;
        while (at >= 0 && count < MIN_BYTES && fits(text, at, end, digits)) {
            count += digits(text, at, end) / 2;
            at = next(text, groupEnd(text, at, end), end, -1, digits);
        }
        return count >= MIN_BYTES;
    }

    /** Where a group begins whose digits are at an index; -1 in the middle of a word. */
    private static int start(byte[] text, int first) {
        if (text[first - 1] != 'x') {
            return first;
        }
        boolean isPrefix = first > 1 && text[first - 2] == '0';
        boolean isBehindWord = first > 2 && Alphabet.isLetterOrDigit(text[first - 3]);
        return isPrefix && !isBehindWord ? first - 2 : -1;
    }

    /** Begins a run if groups from an index on give text; else says how far there is no other. */
    private boolean opens(History history, int from, boolean isDump) {
        byte[] text = history.bytes();
        int end = history.length();
        skipped = 0;
        digits = from < 0 ? 0 : digits(text, from, end);
        if (digits == 0 || (digits == MAX_DIGITS && !isDump)) {
            return false;
        }
        divider = text[Math.min(end - 1, groupEnd(text, from, end))];
        int count = 0;
        int index = from;
        while (index >= 0 && count < 2 * MIN_BYTES && fits(text, index, end, digits)) {
            count = put(text, index, end, count);
            skipped = count == MIN_BYTES ? index - from : skipped;
            index = next(text, groupEnd(text, index, end), end, divider, digits);
        }
        if (count < MIN_BYTES || TextLook.percentText(out, count) < TextLook.ENOUGH) {
            return false;
        }
        place = history.base() + from;
        isOpen = true;
        isBehindGroup = false;
        sink.beginRun(Notation.HEX, place);
        return true;
    }

    private int put(byte[] text, int at, int end, int count) {
        int to = groupEnd(text, at, end);
        int length = count;
        for (int i = to - digits(text, at, end); i < to; i += 2) {
            out[length++] = (byte) Escapes.hex(text, i, 2);
        }
        return length;
    }

    private static int digitsStart(byte[] text, int at, int end) {
        return at + 1 < end && text[at] == '0' && text[at + 1] == 'x' ? at + 2 : at;
    }

    private static int groupEnd(byte[] text, int at, int end) {
        int index = digitsStart(text, at, end);
        int limit = Math.min(end, index + MAX_DIGITS);
        while (index < limit && Escapes.digit(text[index]) >= 0) {
            index++;
        }
        return index;
    }

    /** How many digits the group at an index has; 0 when there is none. */
    private static int digits(byte[] text, int at, int end) {
        int to = groupEnd(text, at, end);
        int count = to - digitsStart(text, at, end);
        boolean isWhole = to == end || !Alphabet.isLetterOrDigit(text[to]);
        return isWhole && (count == 2 || count == MAX_DIGITS) ? count : 0;
    }

    /** Whether a group is at an index that belongs to those of some digits; the last has fewer. */
    private static boolean fits(byte[] text, int at, int end, int digits) {
        int count = digits(text, at, end);
        return count > 0 && count <= digits;
    }

    /**
     * Where the next group begins behind what divides them; -1 when there is none.
     *
     * @param divider what stands there first, unless the line ends there; -1 for anything
     */
    private static int next(byte[] text, int at, int end, int divider, int digits) {
        if (at >= end || !DIVIDES[text[at] & 0xff]) {
            return -1;
        }
        int next = at + 1;
        boolean endsLine = text[at] == '\n' || text[at] == '\r';
        while (next < end && next < at + MAX_GAP_BYTES && IS_GAP[text[next] & 0xff]) {
            endsLine |= text[next] == '\n';
            next++;
        }
        // In a dump of groups of four, two spaces stand before the other column.
        boolean isColumn = digits == MAX_DIGITS && next == at + 2 && text[at + 1] == ' ';
        boolean isDivided = divider < 0 || text[at] == divider || endsLine;
        if (isDivided && !isColumn && fits(text, next, end, digits)) {
            return next;
        }
        return text[at] == ' ' ? nextLine(text, at, end) : -1;
    }

    /** Where the digits of the next line of a dump begin; -1 when it is none. */
    private static int nextLine(byte[] text, int from, int end) {
        int at = from;
        int limit = Math.min(end, from + MAX_COLUMN_BYTES);
        while (at < limit && text[at] != '\n') {
            at++;
        }
        int offset = at + 1;
        at = offset;
        while (at < end && at - offset <= MAX_OFFSET_DIGITS && Escapes.digit(text[at]) >= 0) {
            at++;
        }
        boolean isOffset = at - offset >= MAX_DIGITS && at < end;
        at += isOffset && text[at] == ':' ? 1 : 0;
        int digits = at;
        while (at < end && at < digits + 2 && text[at] == ' ') {
            at++;
        }
        return isOffset && at > digits && at < end && digits(text, at, end) > 0 ? at : -1;
    }

    private boolean decode(History history, boolean isFlush, boolean isEnd) {
        byte[] text = history.bytes();
        int end = history.length();
        int first = history.index(place);
        int at = first;
        int count = 0;
        boolean isOver = false;
        while (count + MAX_DIGITS / 2 <= OUTPUT_BYTES && !isOver) {
            boolean isNear = at + NEAR_BYTES > end && !isEnd;
            if (isNear && !isFlush) {
                break;
            }
            if (isBehindGroup) {
                int next = next(text, at, end, divider, digits);
                isOver = next < 0;
                at = isOver ? at : next;
            } else {
                int to = groupEnd(text, at, end);
                boolean isCut = isNear && to == end && digits(text, at, end) < digits;
                isOver = isCut || !fits(text, at, end, digits);
                count = isOver ? count : put(text, at, end, count);
                at = isOver ? at : to;
            }
            if (isOver && isNear) {
                isOver = false;
                break;
            }
            isBehindGroup = !isBehindGroup;
        }
        place = history.base() + at;
        if (count > 0) {
            sink.decoded(out, count, history.base() + first, place);
        }
        if (isOver) {
            sink.endRun();
            isOpen = false;
        }
        return isOver || count > 0;
    }
}
