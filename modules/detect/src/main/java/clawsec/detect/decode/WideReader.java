package clawsec.detect.decode;

/**
 * Finds text in characters of two or four bytes (UTF-16 and UTF-32, RFC 2781 and Unicode 3.10), of
 * either byte order, and gives it in UTF-8. It begins where a text does, if that begins with a byte
 * order mark or looks like it ({@link WideLook}), and where eight bytes, at a multiple of eight,
 * are ASCII with zeros between as those forms have them, or ASCII and letters of one alphabet. It
 * ends with a zero, and where characters do not fit any more: ideographs that do not stop, too,
 * where it did not begin with the text. Confined to its scan.
 */
public final class WideReader {
    private static final int BLOCK_BYTES = 8;
    private static final int OUTPUT_BYTES = 256;

    /** So many characters beyond ASCII in a row are taken for something else. */
    static final int MAX_OTHERS = 64;

    /** So many that are in no script, in a text that began so. */
    static final int MAX_MISFITS = 8;

    /** How far before what looks like text it may begin. */
    private static final int LOOK_BACK_BYTES = 64;

    private final RunSink sink;
    private final byte[] out = new byte[OUTPUT_BYTES];
    private long place;
    private boolean isOpen;

    /** Whether the text at hand is such a text from its beginning on. */
    private boolean isWhole;

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
        if (place == 0 && !isOpen && !begins(history, isEnd)) {
            return;
        }
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

    /** Looks at how the text begins; false while that cannot be told. */
    private boolean begins(History history, boolean isEnd) {
        int end = history.length();
        if (end < WideLook.LOOK_BYTES && !isEnd) {
            return false;
        }
        byte[] text = history.bytes();
        int form = WideLook.formOfMark(text, end);
        if (form == WideLook.NONE) {
            form = WideLook.form(text, 0, Math.min(end, WideLook.LOOK_BYTES));
        }
        if (form != WideLook.NONE) {
            unit = form & ~WideLook.BIG_ENDIAN;
            isBigEndian = form > WideLook.BIG_ENDIAN;
            isWhole = true;
            open(0);
        }
        return true;
    }

    private void open(long from) {
        place = from;
        isOpen = true;
        others = 0;
        highSurrogate = 0;
        sink.beginRun(unit == 2 ? Notation.UTF_16 : Notation.UTF_32, place);
    }

    private boolean search(History history) {
        byte[] text = history.bytes();
        int end = history.length();
        int at = history.index((place + BLOCK_BYTES - 1) & -BLOCK_BYTES);
        while (at + BLOCK_BYTES <= end) {
            if (Alphabet.holdsZero(text, at) && isWide(text, at)) {
                int from = at;
                int earliest = Math.max(0, at - LOOK_BACK_BYTES);
                while (from - unit >= earliest && isText(value(text, from - unit))) {
                    from -= unit;
                }
                isWhole = false;
                open(history.base() + from);
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

    /** Whether eight bytes are text of one form, which is noted. */
    private boolean isWide(byte[] text, int at) {
        return isForm(text, at, 2, false)
                || isForm(text, at, 2, true)
                || isForm(text, at, 4, false)
                || isForm(text, at, 4, true);
    }

    private boolean isForm(byte[] text, int at, int unitBytes, boolean isBig) {
        unit = unitBytes;
        isBigEndian = isBig;
        boolean holdsAscii = false;
        int alphabet = 0;
        for (int i = 0; i < BLOCK_BYTES; i += unitBytes) {
            int value = value(text, at + i);
            boolean isOtherAlphabet = alphabet != 0 && value >>> 8 != alphabet;
            if (WideLook.isAscii(value)) {
                holdsAscii = true;
            } else if (!WideLook.isLetter(value) || isOtherAlphabet) {
                return false;
            } else {
                alphabet = value >>> 8;
            }
        }
        return holdsAscii;
    }

    private static boolean isText(int value) {
        return WideLook.isAscii(value) || WideLook.isLetter(value);
    }

    private int value(byte[] text, int at) {
        return WideLook.value(text, at, unit, isBigEndian);
    }

    private boolean decode(History history) {
        byte[] text = history.bytes();
        int first = history.index(place);
        int at = first;
        int count = 0;
        boolean isOver = false;
        while (at + unit <= history.length() && count + 4 <= OUTPUT_BYTES) {
            int value = value(text, at);
            boolean fits = value < 0x80 || (isWhole && WideLook.isPlausible(value));
            others = fits ? 0 : others + 1;
            isOver = value == 0 || value < 0 || others > (isWhole ? MAX_MISFITS : MAX_OTHERS);
            if (isOver) {
                break;
            }
            count += value == WideLook.MARK ? 0 : put(value, count);
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
