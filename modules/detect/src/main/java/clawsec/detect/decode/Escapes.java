package clawsec.detect.decode;

import java.util.Arrays;

/**
 * Escape sequences of every kind: where one may begin, and what it stands for. A text of one kind
 * often carries those of others, so all kinds are read in one pass.
 */
final class Escapes {
    /** The most bytes that have to be there to decide about a sequence. */
    static final int MAX_BYTES = 12;

    private static final byte[] DIGITS = new byte[256];

    static {
        Arrays.fill(DIGITS, (byte) -1);
        for (int value = 0; value < 16; value++) {
            DIGITS[Character.forDigit(value, 16)] = (byte) value;
            DIGITS[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
        }
    }

    private Escapes() {}

    /**
     * Reads the sequence at an index.
     *
     * @param isEnd whether the text ends at {@code to}
     * @return its length, or {@link Escape#NONE} or {@link Escape#UNDECIDED}
     */
    static int read(byte[] text, int at, int to, boolean isEnd, Escape out) {
        int length =
                switch (text[at]) {
                    case '%' -> PercentEscape.read(text, at, to, out);
                    case '\\' -> BackslashEscape.read(text, at, to, out);
                    case '&' -> HtmlEscape.read(text, at, to, out);
                    case '=' -> QuotedPrintable.read(text, at, to, out);
                    default -> Lookalike.read(text, at, to, isEnd, out);
                };
        return length == Escape.UNDECIDED && isEnd ? Escape.NONE : length;
    }

    /** The value of hexadecimal digits; negative when one is none. */
    static int hex(byte[] text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = digit(text[i]);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    /** The value of a hexadecimal digit; -1 for anything else. */
    static int digit(byte digit) {
        return DIGITS[digit & 0xff];
    }
}
