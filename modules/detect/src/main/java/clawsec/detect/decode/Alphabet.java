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

    /** What {@link #holdsZero} looks at. */
    static final int BLOCK_BYTES = Long.BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;

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

    /** Not 0 when a byte is zero. */
    private static long zeros(long block) {
        return (block - ONES) & ~block & HIGH_BITS;
    }

    /** The kinds of all characters between two indexes. */
    static int kindsOf(byte[] text, int from, int to) {
        int kinds = 0;
        for (int i = from; i < to; i++) {
            kinds |= KINDS[text[i] & 0xff];
        }
        return kinds;
    }

    /** Whether one of the next {@link #BLOCK_BYTES} bytes is zero. */
    static boolean holdsZero(byte[] text, int at) {
        return zeros((long) LONGS.get(text, at)) != 0;
    }
}
