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

    /**
     * Writes a character; U+FFFD for one that is none.
     *
     * @return how many bytes it took, 4 at most
     */
    static int put(int codePoint, byte[] out, int at) {
        boolean isNone =
                codePoint > Character.MAX_CODE_POINT
                        || (codePoint >= Character.MIN_SURROGATE
                                && codePoint <= Character.MAX_SURROGATE);
        int value = isNone ? 0xfffd : codePoint;
        if (value < 0x80) {
            out[at] = (byte) value;
            return 1;
        }
        int length = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
        for (int i = length - 1; i > 0; i--) {
            out[at + i] = (byte) (0x80 | (value & 0x3f));
            value >>>= 6;
        }
        out[at] = (byte) ((0xf00 >>> length) | value);
        return length;
    }
}
