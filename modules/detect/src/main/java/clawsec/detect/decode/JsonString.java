package clawsec.detect.decode;

/**
 * Reads one JSON string after another (RFC 8259 §7) in pieces, its escape sequences undone. Without
 * errors: an escape that means nothing stands for what follows the backslash, half of a surrogate
 * pair for U+FFFD. Confined to its reader.
 */
public final class JsonString {
    private static final int MAX_BYTES_A_CHARACTER = 4;
    private static final int REPLACEMENT = 0xFFFD;

    /** Nothing of an escape sequence was read, or its backslash; more are digits that are due. */
    private static final int NONE = 0;

    private static final int BACKSLASH = -1;

    private final byte[] out = new byte[512];
    private int length;
    private int escape = NONE;
    private int unit;
    private int highSurrogate;
    private boolean isEnded;

    public void begin() {
        length = 0;
        escape = NONE;
        highSurrogate = 0;
        isEnded = false;
    }

    /**
     * Passes over what is left of the string.
     *
     * @return the index up to which the text is read
     */
    public int skip(byte[] text, int from, int to) {
        int at = from;
        boolean isEscaped = escape == BACKSLASH;
        while (at < to) {
            byte next = text[at++];
            if (isEscaped) {
                isEscaped = false;
            } else if (next == '\\') {
                isEscaped = true;
            } else if (next == '"') {
                isEnded = true;
                break;
            }
        }
        escape = isEscaped ? BACKSLASH : NONE;
        return at;
    }

    /**
     * Reads on, as far as fits: what was read is in {@link #bytes}.
     *
     * @return as {@link #skip}
     */
    public int read(byte[] text, int from, int to) {
        length = 0;
        int at = from;
        while (at < to && !isEnded && out.length - length >= 2 * MAX_BYTES_A_CHARACTER) {
            byte next = text[at];
            if (escape != NONE) {
                readEscape(next);
                at++;
            } else if (next == '\\') {
                escape = BACKSLASH;
                at++;
            } else {
                endSurrogate();
                if (next == '"') {
                    isEnded = true;
                    at++;
                } else {
                    at = copy(text, at, to);
                }
            }
        }
        return at;
    }

    /** Whether the string ended with what was read last. */
    public boolean isEnded() {
        return isEnded;
    }

    private int copy(byte[] text, int from, int to) {
        int at = from;
        int end = Math.min(to, from + out.length - length);
        while (at < end && text[at] != '"' && text[at] != '\\') {
            out[length++] = text[at++];
        }
        return at;
    }

    /** What the last call read; valid until the next. */
    public byte[] bytes() {
        return out;
    }

    public int length() {
        return length;
    }

    private void readEscape(byte next) {
        if (escape != BACKSLASH) {
            readDigit(next);
        } else if (next == 'u') {
            escape = 4;
            unit = 0;
        } else {
            escape = NONE;
            endSurrogate();
            out[length++] =
                    switch (next) {
                        case 'n' -> '\n';
                        case 't' -> '\t';
                        case 'r' -> '\r';
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        default -> next;
                    };
        }
    }

    private void readDigit(byte next) {
        unit = unit << 4 | Math.max(0, Character.digit(next, 16));
        escape--;
        if (escape > 0) {
            return;
        }
        char character = (char) unit;
        if (highSurrogate != 0 && Character.isLowSurrogate(character)) {
            encode(Character.toCodePoint((char) highSurrogate, character));
            highSurrogate = 0;
            return;
        }
        endSurrogate();
        if (Character.isHighSurrogate(character)) {
            highSurrogate = character;
        } else {
            encode(Character.isLowSurrogate(character) ? REPLACEMENT : character);
        }
    }

    private void endSurrogate() {
        if (highSurrogate != 0) {
            highSurrogate = 0;
            encode(REPLACEMENT);
        }
    }

    private void encode(int codePoint) {
        length += Utf8.put(codePoint, out, length);
    }
}
