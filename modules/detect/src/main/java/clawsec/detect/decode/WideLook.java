package clawsec.detect.decode;

import java.util.Arrays;

/**
 * Whether bytes look like text in characters of two or four bytes (UTF-16 and UTF-32), also where
 * no byte is zero: nearly all characters are of scripts in use, few scripts at once, and the bytes
 * are no UTF-8. Two random bytes are such a character about every third time.
 */
final class WideLook {
    /** What is looked at. */
    static final int LOOK_BYTES = 64;

    static final int NONE = 0;

    /** Added to the bytes of a character whose first byte is the highest. */
    static final int BIG_ENDIAN = 8;

    private static final int KANA = 0x30;

    /** The byte order mark. */
    static final int MARK = 0xfeff;

    private static final int[] FORMS = {2, 2 | BIG_ENDIAN, 4, 4 | BIG_ENDIAN};

    /** Fewer characters prove nothing. */
    static final int LEAST_CHARACTERS = 6;

    /** So many characters may hold one that does not fit. */
    private static final int CHARACTERS_A_MISFIT = 16;

    /** Kinds of characters, as bits. */
    private static final int ASCII = 1;

    private static final int LETTER = 2;
    private static final int IDEOGRAPH = 4;
    private static final int HANGUL = 8;
    private static final int SIGN = 16;

    /** What {@link #mayBegin} looks at. */
    private static final int FIRST_BYTES = 12;

    private static final boolean[] HIGH_BYTES = new boolean[256];

    static {
        for (int value = 0; value < 0x10000; value++) {
            HIGH_BYTES[value >>> 8] |= isPlausible(value) || value == MARK;
        }
        Arrays.fill(HIGH_BYTES, 0xd8, 0xe0, true);
    }

    private WideLook() {}

    /** The form of bytes: those of a character, {@link #BIG_ENDIAN} added or not, or none. */
    static int form(byte[] bytes, int from, int to) {
        return isUtf8(bytes, from, to) ? NONE : form(bytes, from, to, LEAST_CHARACTERS);
    }

    /** The form that a byte order mark at the beginning of a text tells of. */
    static int formOfMark(byte[] bytes, int to) {
        // Those of four bytes first: one of them begins with one of two bytes.
        for (int i = FORMS.length - 1; i >= 0; i--) {
            int unit = FORMS[i] & ~BIG_ENDIAN;
            if (unit <= to && value(bytes, 0, unit, FORMS[i] > BIG_ENDIAN) == MARK) {
                return FORMS[i];
            }
        }
        return NONE;
    }

    /** As {@link TextLook#percentText}, of bytes that are no UTF-8. */
    static int percent(byte[] bytes, int count) {
        if (!mayBegin(bytes, Math.min(count, FIRST_BYTES))
                || form(bytes, 0, count, 1) == NONE
                || isUtf8(bytes, 0, count)) {
            return 0;
        }
        return form(bytes, 0, count, LEAST_CHARACTERS) == NONE ? TextLook.PROMISING : 100;
    }

    /** Whether every second byte is one of those that are high in a character. */
    private static boolean mayBegin(byte[] bytes, int count) {
        boolean isLittle = true;
        boolean isBig = true;
        for (int i = 0; i + 1 < count; i += 2) {
            isBig &= HIGH_BYTES[bytes[i] & 0xff];
            isLittle &= HIGH_BYTES[bytes[i + 1] & 0xff];
        }
        return isLittle | isBig;
    }

    private static int form(byte[] bytes, int from, int to, int least) {
        for (int form : FORMS) {
            if (isForm(form, bytes, from, to, least)) {
                return form;
            }
        }
        return NONE;
    }

    private static boolean isForm(int form, byte[] bytes, int from, int to, int least) {
        int unit = form & ~BIG_ENDIAN;
        int count = 0;
        int misfits = 0;
        int kinds = 0;
        boolean isProved = false;
        for (int at = from; at + unit <= to; at += unit) {
            int value = value(bytes, at, unit, form > BIG_ENDIAN);
            int kind = kind(value);
            kinds |= kind;
            count++;
            misfits += kind == 0 ? 1 : 0;
            isProved |= (kind & (LETTER | HANGUL | IDEOGRAPH)) != 0 && !isTwoAscii(value);
            boolean isMixed = (kinds & HANGUL) != 0 && (kinds & IDEOGRAPH) != 0;
            if (isMixed || misfits > (to - from) / unit / CHARACTERS_A_MISFIT) {
                return false;
            }
        }
        return isProved && count >= least;
    }

    static int value(byte[] bytes, int at, int unit, boolean isBigEndian) {
        int value = 0;
        for (int i = 0; i < unit; i++) {
            value = (value << 8) | (bytes[isBigEndian ? at + i : at + unit - 1 - i] & 0xff);
        }
        return value;
    }

    /** Whether a character is of a script in use, or a sign that stands in text. */
    static boolean isPlausible(int value) {
        return kind(value) != 0;
    }

    static boolean isAscii(int value) {
        return (value >= ' ' && value <= '~') || (value >= '\t' && value <= '\r');
    }

    /** Whether a character is a letter of Greek, Cyrillic, Armenian, Hebrew or Arabic. */
    static boolean isLetter(int value) {
        return value >= 0x370 && value < 0x700;
    }

    private static int kind(int value) {
        if (value < 0x80) {
            return isAscii(value) ? ASCII : 0;
        }
        if (value < 0x2000) {
            boolean isLatin = value >= 0xa0 && value < 0x250;
            boolean isIndic = value >= 0x900 && value < 0xe80;
            boolean isExtended = value >= 0x1e00 || (value >= 0x10a0 && value < 0x1100);
            return isLatin || isLetter(value) || isIndic || isExtended ? LETTER : 0;
        }
        if ((value >= 0x2010 && value < 0x2040) || value == 0x20ac || value == 0x2116) {
            return SIGN;
        }
        if (value >= 0xac00 && value < 0xd7a4) {
            return HANGUL;
        }
        if ((value >= 0x4e00 && value < 0xa000) || (value >= 0x3040 && value < 0x3100)) {
            return IDEOGRAPH;
        }
        boolean isSign = (value >= 0x3000 && value < 0x3040) || (value > 0xff00 && value < 0xfff0);
        return isSign ? SIGN : 0;
    }

    /** Whether two characters of ASCII would make an ideograph; kana would be digits. */
    private static boolean isTwoAscii(int value) {
        return isAscii(value >>> 8) && isAscii(value & 0xff) && value >>> 8 != KANA;
    }

    /** Whether all is characters of UTF-8, but for one that is cut. */
    private static boolean isUtf8(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int length = Utf8.length(bytes, at, to);
            boolean isControl = length == 1 && !isAscii(bytes[at]) && bytes[at] != 0x1b;
            if (isControl) {
                return false;
            }
            if (length == 0) {
                return to - at < 4 && Utf8.lengthBy(bytes[at] & 0xff) > to - at;
            }
            at += length;
        }
        return true;
    }
}
