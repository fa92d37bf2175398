package clawsec.detect.decode;

import java.util.Arrays;

/** Whether bytes look like text, or like something that holds text. */
final class TextLook {
    /** Percent of bytes that make them worth decoding: of random bytes 40 look like text. */
    static final int ENOUGH = 75;

    /** Percent of the first bytes that make more of them worth a look. */
    static final int PROMISING = 60;

    /** Stands for more than all. */
    static final int COMPRESSED = 101;

    /** Kinds of bytes, as bits: characters of ASCII. */
    private static final int TEXT = 1;

    private static final int ZERO = 2;

    /** Not the first byte of a character. */
    private static final int LATER = 4;

    /** The first of several bytes; beside {@link #LATER}. */
    private static final int FIRST = 8;

    private static final byte[] KINDS = new byte[256];

    static {
        Arrays.fill(KINDS, ' ', 0x7f, (byte) TEXT);
        for (char space : "\n\r\t".toCharArray()) {
            KINDS[space] = TEXT;
        }
        KINDS[0] = ZERO;
        Arrays.fill(KINDS, 0x80, 0xc0, (byte) LATER);
        for (int first = 0xc0; first < 0x100; first++) {
            KINDS[first] = (byte) (Utf8.lengthBy(first) > 0 ? FIRST : 0);
        }
    }

    private TextLook() {}

    /**
     * How many percent of bytes decoded on trial are text: characters of UTF-8, or ASCII with zeros
     * between, as in UTF-16; 0 when there are none. Other UTF-16 and UTF-32 is all text.
     */
    static int percentText(byte[] bytes, int count) {
        if (count <= 0) {
            return 0;
        }
        int characters = 0;
        int zeros = 0;
        int joined = 0;
        int before = 0;
        for (int i = 0; i < count; i++) {
            int kind = KINDS[bytes[i] & 0xff];
            characters += kind & TEXT;
            zeros += kind >>> 1 & 1;
            joined |= before & kind << 1;
            before = kind;
        }
        if ((joined & FIRST) != 0) {
            characters += longCharacters(bytes, count);
        }
        int percent = 100 * (characters + Math.min(zeros, 3 * characters)) / count;
        return percent >= ENOUGH ? percent : Math.max(percent, WideLook.percent(bytes, count));
    }

    /** The bytes of characters beyond ASCII. */
    private static int longCharacters(byte[] bytes, int count) {
        int characters = 0;
        for (int i = 0; i < count; i++) {
            if ((KINDS[bytes[i] & 0xff] & FIRST) != 0) {
                int length = Utf8.length(bytes, i, count);
                characters += length;
                i += Math.max(0, length - 1);
            }
        }
        return characters;
    }

    /**
     * Whether bytes begin like data compressed by gzip (RFC 1952) or zlib (RFC 1950), or like a zip
     * archive.
     */
    static boolean isCompressed(byte[] bytes, int count) {
        if (count < 3) {
            return false;
        }
        if (isZipEntry(bytes, 0, count)) {
            return true;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean isGzip = first == 0x1f && second == 0x8b && bytes[2] == 8;
        return isGzip || isZlib(bytes[0], bytes[1]);
    }

    /** Whether the header of an entry of a zip archive begins at an index (APPNOTE 4.3.7). */
    static boolean isZipEntry(byte[] bytes, int at, int to) {
        return at + 4 <= to
                && bytes[at] == 'P'
                && bytes[at + 1] == 'K'
                && bytes[at + 2] == 3
                && bytes[at + 3] == 4;
    }

    /** RFC 1950 §2.2: deflate with a window of 32 KiB, no preset dictionary, the right check. */
    static boolean isZlib(byte first, byte second) {
        int check = ((first & 0xff) << 8) | (second & 0xff);
        return first == 0x78 && (second & 0x20) == 0 && check % 31 == 0;
    }
}
