package clawsec.detect.decode;

/**
 * Finds hexadecimal digits in pairs with something between, as {@code 73 6b 2d}, {@code 73:6b:2d}
 * and {@code 0x73, 0x6b}, and decodes them if text comes out. Eight pairs are at most 56 bytes, of
 * which at least four are in one block of {@link Signs}. Confined to its scan.
 */
public final class PairReader {
    /** Fewer pairs are left. */
    static final int MIN_PAIRS = 8;

    /** The most bytes of a pair and what stands between it and the next. */
    private static final int MAX_PAIR_BYTES = 7;

    private static final int LOOK_BYTES = 2 * MIN_PAIRS * MAX_PAIR_BYTES;
    private static final int OUTPUT_BYTES = 256;

    /** What may stand between two pairs. */
    private static final boolean[] DIVIDES = new boolean[256];

    static {
        for (char divider : " :-,.;_|/".toCharArray()) {
            DIVIDES[divider] = true;
        }
    }

    private final RunSink sink;
    private final byte[] out = new byte[OUTPUT_BYTES];
    private long place;
    private boolean isOpen;

    /** What stands between pairs first. */
    private byte divider;

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
            goesOn = isOpen ? decode(history, isFlush || isEnd) : search(history, isFlush || isEnd);
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
            if (opens(history, 0)) {
                return true;
            }
            at = 1;
        }
        while (at < end && at > 0) {
            at = history.signs().nextPair(at - 1, MIN_PAIRS / 2) + 1;
            if (at >= end || (at + LOOK_BYTES > end && !isLast)) {
                break;
            }
            if (opens(history, start(history.bytes(), at))) {
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

    /** Whether there are enough pairs in a row in a text that is there as a whole. */
    static boolean holdsPairs(Signs signs, byte[] text, int from, int to) {
        int at = signs.nextPair(from - 1, MIN_PAIRS / 2) + 1;
        while (at < to) {
            int first = start(text, at);
            if (first >= from && isEnough(text, first, to)) {
                return true;
            }
            at = signs.nextPair(at, MIN_PAIRS / 2) + 1;
        }
        return false;
    }

    private static boolean isEnough(byte[] text, int from, int end) {
        int at = from;
        int count = 0;
        for (int length = pair(text, at, end); length > 0; length = pair(text, at, end)) {
            count++;
            at += length;
            if (at >= end || !DIVIDES[text[at] & 0xff]) {
                break;
            }
            at++;
            while (at < end && (text[at] == ' ' || text[at] == '\n')) {
                at++;
            }
        }
        return count >= MIN_PAIRS;
    }

    /** Where a pair begins whose digits are at an index; -1 in the middle of a word. */
    private static int start(byte[] text, int digits) {
        if (text[digits - 1] != 'x') {
            return digits;
        }
        boolean isPrefix = digits > 1 && text[digits - 2] == '0';
        boolean isBehindWord = digits > 2 && Alphabet.isLetterOrDigit(text[digits - 3]);
        return isPrefix && !isBehindWord ? digits - 2 : -1;
    }

    /** Begins a run if pairs from an index on give text; else says how far there is no other. */
    private boolean opens(History history, int from) {
        byte[] text = history.bytes();
        int end = history.length();
        skipped = 0;
        if (from < 0 || pair(text, from, end) == 0) {
            return false;
        }
        divider = text[Math.min(end - 1, from + pair(text, from, end))];
        int count = 0;
        int index = from;
        while (count < 2 * MIN_PAIRS) {
            int length = pair(text, index, end);
            if (length == 0) {
                break;
            }
            out[count++] = (byte) Escapes.hex(text, index + length - 2, 2);
            skipped = count == MIN_PAIRS ? index - from : skipped;
            int next = next(text, index + length, end);
            if (next < 0) {
                break;
            }
            index = next;
        }
        if (count < MIN_PAIRS || TextLook.percentText(out, count) < TextLook.ENOUGH) {
            return false;
        }
        place = history.base() + from;
        isOpen = true;
        sink.beginRun(Notation.HEX, place);
        return true;
    }

    /** The length of the pair at an index; 0 when there is none. */
    private static int pair(byte[] text, int at, int end) {
        int digits = at + 1 < end && text[at] == '0' && text[at + 1] == 'x' ? at + 2 : at;
        boolean isPair =
                digits + 2 <= end
                        && Escapes.digit(text[digits]) >= 0
                        && Escapes.digit(text[digits + 1]) >= 0
                        && (digits + 2 == end || !Alphabet.isLetterOrDigit(text[digits + 2]));
        return isPair ? digits + 2 - at : 0;
    }

    /** Where the next pair begins behind what divides them; -1 when there is none. */
    private int next(byte[] text, int at, int end) {
        if (at >= end || text[at] != divider || !DIVIDES[divider & 0xff]) {
            return -1;
        }
        int next = at + 1;
        while (next < end && next <= at + 2 && (text[next] == ' ' || text[next] == '\n')) {
            next++;
        }
        return next;
    }

    private boolean decode(History history, boolean isLast) {
        byte[] text = history.bytes();
        int end = history.length();
        int first = history.index(place);
        int at = first;
        int count = 0;
        boolean isOver = false;
        while (count < OUTPUT_BYTES) {
            if (!isLast && at + 2 * MAX_PAIR_BYTES > end) {
                break;
            }
            int length = pair(text, at, end);
            isOver = length == 0;
            if (isOver) {
                break;
            }
            out[count++] = (byte) Escapes.hex(text, at + length - 2, 2);
            int next = next(text, at + length, end);
            at = next < 0 ? at + length : next;
            isOver = next < 0;
            if (isOver) {
                break;
            }
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
