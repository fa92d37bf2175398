package clawsec.detect.decode;

/**
 * Finds hexadecimal digits in pairs with something between, as {@code 73 6b 2d}, {@code 73:6b:2d}
 * and {@code 0x73, 0x6b}, and decodes them if text comes out. Confined to its scan.
 */
public final class PairReader {
    /** Fewer pairs are left. */
    static final int MIN_PAIRS = 8;

    /** A glance is taken at every so many bytes; that many pairs are longer. */
    private static final int STEP_BYTES = 16;

    /** The most bytes of a pair and what stands between it and the next. */
    private static final int MAX_PAIR_BYTES = 7;

    /** So many bytes hold the beginning of one, unless it has a prefix. */
    private static final int NEAR_BYTES = 4;

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
        byte[] text = history.bytes();
        int end = history.length();
        int at = history.index((place + STEP_BYTES - 1) & -STEP_BYTES);
        for (; at + 2 * MAX_PAIR_BYTES < end; at += STEP_BYTES) {
            if (!isPromising(text, at, end)) {
                continue;
            }
            if (at + LOOK_BYTES > end && !isLast) {
                break;
            }
            int from = start(text, at, end);
            if (from >= 0) {
                place = history.base() + from;
                isOpen = true;
                sink.beginRun(Notation.HEX, place);
                return true;
            }
        }
        place = history.base() + at;
        return false;
    }

    /** Whether a pair with another behind it is near, or a prefix. */
    private boolean isPromising(byte[] text, int at, int end) {
        for (int i = at; i < at + MAX_PAIR_BYTES; i++) {
            if (text[i] == '0' && text[i + 1] == 'x') {
                return true;
            }
            boolean isNear = i < at + NEAR_BYTES;
            if (isNear && DIVIDES[text[i + 2] & 0xff] && pair(text, i, end) == 2) {
                divider = text[i + 2];
                int next = next(text, i + 2, end);
                if (next >= 0 && pair(text, next, end) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where pairs begin that give text, from what precedes an index on; -1 if they do not. */
    private int start(byte[] text, int at, int end) {
        for (int from = Math.max(0, at - STEP_BYTES - MAX_PAIR_BYTES); from <= at + 6; from++) {
            boolean isBehindWord = from > 0 && Alphabet.isLetterOrDigit(text[from - 1]);
            if (isBehindWord || pair(text, from, end) == 0) {
                continue;
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
                int next = next(text, index + length, end);
                if (next < 0) {
                    break;
                }
                index = next;
            }
            if (count >= MIN_PAIRS && TextLook.percentText(out, count) >= TextLook.ENOUGH) {
                return from;
            }
        }
        return -1;
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
