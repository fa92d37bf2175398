package clawsec.detect.decode;

/**
 * Finds text in characters of two or four bytes (UTF-16 and UTF-32, RFC 2781 and Unicode 3.10), of
 * either byte order, and gives it in UTF-8. It begins where eight bytes, at a multiple of eight,
 * are ASCII with zeros between as those forms have them, and ends with a zero, or where characters
 * beyond ASCII do not stop. Confined to its scan.
 */
public final class WideReader {
    private static final int BLOCK_BYTES = 8;
    private static final int OUTPUT_BYTES = 256;

    /** So many characters beyond ASCII in a row are taken for something else. */
    static final int MAX_OTHERS = 64;

    private final RunSink sink;
    private final byte[] out = new byte[OUTPUT_BYTES];
    private long place;
    private boolean isOpen;

    /** Bytes of a character. */
    private int unit;

    private boolean isBigEndian;
    private int others;
    private int highSurrogate;

    public WideReader(RunSink sink) {
        this.sink = sink;
    }

    /**
     * Reads what is new of a text.
     *
     * @param isEnd whether the text ends there; what is read next is another one
     */
    public void read(History history, boolean isEnd) {
        if (!isOpen && !isEnd && !history.isBinary(place)) {
            place = Math.max(place, (history.base() + history.length()) & -BLOCK_BYTES);
            return;
        }
        boolean goesOn = true;
        while (goesOn) {
            goesOn = isOpen ? decode(history) : search(history);
        }
        if (isEnd) {
            if (isOpen) {
                sink.endRun();
            }
            isOpen = false;
            place = 0;
        }
    }

    private boolean search(History history) {
        byte[] text = history.bytes();
        int end = history.length();
        int at = history.index((place + BLOCK_BYTES - 1) & -BLOCK_BYTES);
        while (at + BLOCK_BYTES <= end) {
            if (Alphabet.holdsZero(text, at) && isWide(text, at)) {
                int from = at;
                while (from >= unit && isAscii(text, from - unit)) {
                    from -= unit;
                }
                place = history.base() + from;
                isOpen = true;
                others = 0;
                highSurrogate = 0;
                sink.beginRun(unit == 2 ? Notation.UTF_16 : Notation.UTF_32, place);
                addBefore(text, from);
                return true;
            }
            at += BLOCK_BYTES;
        }
        place = history.base() + at;
        return false;
    }

    /** Little-endian text at an odd place looks big-endian, but for its first character. */
    private void addBefore(byte[] text, int from) {
        if (isBigEndian && unit == 2 && from > 0 && text[from - 1] > ' ') {
            out[0] = text[from - 1];
            sink.decoded(out, 1, place, place);
        }
    }

    /** Whether eight bytes are ASCII of one form, which is noted. */
    private boolean isWide(byte[] text, int at) {
        return isForm(text, at, 2, false)
                || isForm(text, at, 2, true)
                || isForm(text, at, 4, false)
                || isForm(text, at, 4, true);
    }

    private boolean isForm(byte[] text, int at, int unitBytes, boolean isBig) {
        unit = unitBytes;
        isBigEndian = isBig;
        for (int i = 0; i < BLOCK_BYTES; i += unitBytes) {
            if (!isAscii(text, at + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAscii(byte[] text, int at) {
        int value = value(text, at);
        return (value >= ' ' && value <= '~') || (value >= '\t' && value <= '\r');
    }

    private int value(byte[] text, int at) {
        int value = 0;
        for (int i = 0; i < unit; i++) {
            value = (value << 8) | (text[isBigEndian ? at + i : at + unit - 1 - i] & 0xff);
        }
        return value;
    }

    private boolean decode(History history) {
        byte[] text = history.bytes();
        int first = history.index(place);
        int at = first;
        int count = 0;
        boolean isOver = false;
        while (at + unit <= history.length() && count + 4 <= OUTPUT_BYTES) {
            int value = value(text, at);
            others = value < 0x80 ? 0 : others + 1;
            isOver = value == 0 || others > MAX_OTHERS || value < 0;
            if (isOver) {
                break;
            }
            count += put(value, count);
            at += unit;
        }
        if (at > first) {
            place = history.base() + at;
            sink.decoded(out, count, history.base() + first, place);
        }
        if (isOver) {
            sink.endRun();
            isOpen = false;
            place = (place & -BLOCK_BYTES) + BLOCK_BYTES;
        }
        return isOver || at > first;
    }

    private int put(int value, int count) {
        if (unit == 2 && value >= Character.MIN_HIGH_SURROGATE) {
            if (value <= Character.MAX_HIGH_SURROGATE) {
                highSurrogate = value;
                return 0;
            }
            if (value <= Character.MAX_LOW_SURROGATE && highSurrogate > 0) {
                int pair = Character.toCodePoint((char) highSurrogate, (char) value);
                highSurrogate = 0;
                return Utf8.put(pair, out, count);
            }
        }
        return Utf8.put(value, out, count);
    }
}
