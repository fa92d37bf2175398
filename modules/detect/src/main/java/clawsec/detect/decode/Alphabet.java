package clawsec.detect.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The characters that binary data is written with: those of base64 and base64url. */
final class Alphabet {
    /** RFC 4648 §4. */
    static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** RFC 4648 §5. */
    static final String BASE64_URL = BASE64.substring(0, 62) + "-_";

    /** What {@link #isBlock} looks at. */
    static final int BLOCK_BYTES = Long.BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;

    /** The least of the characters. */
    private static final long LEAST = 0x2b2b2b2b2b2b2b2bL;

    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Kinds of characters, as bits. */
    static final int LOWER_CASE = 1;

    static final int UPPER_CASE = 2;

    static final int DIGIT = 4;

    private static final int OTHER = 8;

    private static final byte[] KINDS = new byte[256];

    static {
        (BASE64 + BASE64_URL)
                .chars()
                .forEach(character -> KINDS[character] = (byte) kind(character));
    }

    private Alphabet() {}

    private static int kind(int character) {
        if (character >= 'a' && character <= 'z') {
            return LOWER_CASE;
        }
        if (character >= 'A' && character <= 'Z') {
            return UPPER_CASE;
        }
        return character >= '0' && character <= '9' ? DIGIT : OTHER;
    }

    static boolean isMember(byte character) {
        return KINDS[character & 0xff] != 0;
    }

    static boolean isLetter(byte character) {
        return (kindOf(character) & (LOWER_CASE | UPPER_CASE)) != 0;
    }

    static boolean isLetterOrDigit(byte character) {
        return (kindOf(character) & (LOWER_CASE | UPPER_CASE | DIGIT)) != 0;
    }

    /** The kind of a character; 0 for one that is none of the alphabet. */
    static int kindOf(byte character) {
        return KINDS[character & 0xff];
    }

    /** Whether the next {@link #BLOCK_BYTES} bytes are all characters, or commas. */
    static boolean isBlock(byte[] text, int at) {
        long block = (long) LONGS.get(text, at);
        // Mostly this decides: spaces, quotes and line ends are below all characters.
        if ((((block - LEAST) | block) & HIGH_BITS) != 0) {
            return false;
        }
        // Of bytes below 0x80, a sum has its high bit set when the byte is large enough.
        long letters = within(block | ONES * 0x20, 'a', 'z');
        long digits = within(block, '/', '9');
        long signs = within(block, '+', '-');
        long lines = within(block, '_', '_');
        return ((letters | digits | signs | lines) & HIGH_BITS) == HIGH_BITS;
    }

    /** Whether there are zeros, or bytes with which gzip begins. */
    static boolean holdsBinary(byte[] text, int from, int to) {
        int at = from;
        for (; at + BLOCK_BYTES <= to; at += BLOCK_BYTES) {
            long block = (long) LONGS.get(text, at);
            if ((zeros(block) | zeros(block ^ ONES * 0x1f)) != 0) {
                return true;
            }
        }
        for (; at < to; at++) {
            if (text[at] == 0 || text[at] == 0x1f) {
                return true;
            }
        }
        return false;
    }

    /** Not 0 when a byte is zero. */
    private static long zeros(long block) {
        return (block - ONES) & ~block & HIGH_BITS;
    }

    /** Whether one of the next {@link #BLOCK_BYTES} bytes is zero. */
    static boolean holdsZero(byte[] text, int at) {
        return zeros((long) LONGS.get(text, at)) != 0;
    }

    /** The high bit of each byte says whether it is between two others. */
    private static long within(long block, int least, int most) {
        return (block + ONES * (0x80 - least)) & ~(block + ONES * (0x7f - most));
    }
}
