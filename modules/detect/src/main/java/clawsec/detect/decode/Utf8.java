package clawsec.detect.decode;

/** Characters in UTF-8 (RFC 3629). */
final class Utf8 {
    private Utf8() {}

    /** The bytes of the character at an index; 0 when there is none, or not all of it. */
    static int length(byte[] text, int at, int to) {
        int first = text[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = lengthBy(first);
        if (length == 0 || at + length > to) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The bytes of a character by its first byte; 0 when none begins so. */
    static int lengthBy(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    }

    /** The code point of the {@code length} bytes at an index. */
    static int codePoint(byte[] text, int at, int length) {
        if (length == 1) {
            return text[at];
        }
        int value = text[at] & (0xff >>> (length + 1));
        for (int i = 1; i < length; i++) {
            value = (value << 6) | (text[at + i] & 0x3f);
        }
        return value;
    }
}
