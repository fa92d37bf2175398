package clawsec.detect.decode;

/**
 * {@code =41} and lines joined by {@code =} (RFC 2045 §6.7). Both stand in other text as well, so
 * only hexadecimal digits as encoders write them count, of what an encoder would not leave as it
 * is, or next to others. A value that begins with such digits, as in {@code ?sid=00D5}, is none.
 */
final class QuotedPrintable {
    private static final int LENGTH = 3;

    /** The longest name that is looked for in front of a value. */
    private static final int MAX_NAME_BYTES = 40;

    /** What stands before the name of a value in a URL or a form. */
    private static final String BEFORE_NAMES = "?&;";

    private QuotedPrintable() {}

    static int read(byte[] text, int at, int to, Escape out) {
        if (to - at < 2) {
            return Escape.UNDECIDED;
        }
        if (text[at + 1] == '\n' || text[at + 1] == '\r') {
            return joint(text, at, to, out);
        }
        if (digit(text[at + 1]) < 0) {
            return Escape.NONE;
        }
        if (to - at < LENGTH) {
            return Escape.UNDECIDED;
        }
        int value = value(text, at, to);
        if (value < 0) {
            return Escape.NONE;
        }
        if (value != '='
                && !isBehindAnother(text, at, to)
                && !(isSign(value) && isBeforeWord(text, at, to) && !isValue(value, text, at))) {
            if (to - at < 2 * LENGTH && isNextPossible(text, at + LENGTH, to)) {
                return Escape.UNDECIDED;
            }
            if (value(text, at + LENGTH, to) < 0) {
                return Escape.NONE;
            }
        }
        out.start(Notation.QUOTED_PRINTABLE);
        out.add(value);
        return LENGTH;
    }

    private static int joint(byte[] text, int at, int to, Escape out) {
        if (at > 0 && text[at - 1] == '=') {
            return Escape.NONE;
        }
        int length = 2;
        if (text[at + 1] == '\r') {
            if (to - at < LENGTH) {
                return Escape.UNDECIDED;
            }
            if (text[at + 2] != '\n') {
                return Escape.NONE;
            }
            length = LENGTH;
        }
        out.start(Notation.QUOTED_PRINTABLE);
        return length;
    }

    private static boolean isBehindAnother(byte[] text, int at, int to) {
        return at >= LENGTH && value(text, at - LENGTH, to) >= 0;
    }

    private static boolean isNextPossible(byte[] text, int at, int to) {
        return at >= to || (text[at] == '=' && (at + 1 >= to || digit(text[at + 1]) >= 0));
    }

    /** Whether a value is written so since it would not pass as it is. */
    private static boolean isSign(int value) {
        return value >= 0x80 || !Alphabet.isLetterOrDigit((byte) value);
    }

    private static boolean isBeforeWord(byte[] text, int at, int to) {
        return at + LENGTH < to && Alphabet.isLetter(text[at + LENGTH]);
    }

    /**
     * Whether a value of a URL, a form or a cookie begins there; what begins with a control
     * character behind a name is one anywhere, as in no text a single one stands between words.
     */
    private static boolean isValue(int value, byte[] text, int at) {
        int from = at;
        int earliest = Math.max(0, at - MAX_NAME_BYTES);
        while (from > earliest && isOfName(text[from - 1])) {
            from--;
        }
        if (value < ' ' && !isSpace(value)) {
            return at - from > 1 && (from == 0 || text[from - 1] != '=');
        }
        int before = from > 1 && text[from - 1] == ' ' ? from - 2 : from - 1;
        return from < at && before >= 0 && BEFORE_NAMES.indexOf(text[before]) >= 0;
    }

    private static boolean isSpace(int value) {
        return value == '\t' || value == '\n' || value == '\r';
    }

    private static boolean isOfName(byte character) {
        return Alphabet.isLetterOrDigit(character) || "_-.[]".indexOf(character) >= 0;
    }

    /** The value of the sequence at an index; -1 when there is none, or not all of it. */
    private static int value(byte[] text, int at, int to) {
        if (at + LENGTH > to || text[at] != '=') {
            return -1;
        }
        int high = digit(text[at + 1]);
        int low = digit(text[at + 2]);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    /** Lower case is written by no encoder. */
    private static int digit(byte digit) {
        return digit >= 'a' ? -1 : Escapes.digit(digit);
    }
}
