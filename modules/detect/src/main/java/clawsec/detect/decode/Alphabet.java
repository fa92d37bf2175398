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
    private static final int BOTH_CASES = LOWER_CASE | UPPER_CASE;
    private static final int ALL_KINDS = BOTH_CASES | DIGIT | OTHER;

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

    /** The kinds of the characters between two indexes, all of them or up to one of each kind. */
    static int kindsOf(byte[] text, int from, int to) {
        int kinds = 0;
        for (int i = from; i < to && kinds != ALL_KINDS; i++) {
            kinds |= KINDS[text[i] & 0xff];
        }
        return kinds;
    }

    /**
     * Whether there are letters of both cases between two indexes, {@link #BLOCK_BYTES} apart at
     * least, with nothing but characters between.
     */
    static boolean isMixed(byte[] text, int from, int to) {
        long lower = 0;
        long upper = 0;
        for (int at = from; at < to; at += BLOCK_BYTES) {
            long block = (long) LONGS.get(text, Math.min(at, to - BLOCK_BYTES));
            // 0x40 is set in letters and the underscore, 0x20 beside it in those of lower case.
            long isLower = block << 1;
            long isUnderscore = ((block & ONES * 0x1f) + ONES * 5) << 1;
            lower |= block & isLower;
            upper |= block & ~isLower & ~isUnderscore;
        }
        return (lower & ONES * 0x40) != 0 && (upper & ONES * 0x40) != 0;
    }

    /**
     * Whether characters between two indexes, sixteen or more, are words in small or in capital
     * letters, joined by signs of which one is near: nothing that binary data is written as.
     */
    static boolean isWords(byte[] text, int from, int to) {
        return holdsJoint(text, from)
                && !isMixed(text, from, to)
                && nearSlash(text, from, to) + BLOCK_BYTES > to
                && nearSlash(text, to - BLOCK_BYTES, to) == to;
    }

    private static boolean holdsJoint(byte[] text, int at) {
        long first = (long) LONGS.get(text, at);
        long second = (long) LONGS.get(text, at + BLOCK_BYTES);
        return (joints(first) | joints(second)) != 0;
    }

    private static long joints(long block) {
        return zeros(block ^ ONES * '_') | zeros(block ^ ONES * '-') | zeros(block ^ ONES * '+');
    }

    /** The first index from one on with a slash, or an x, or up to seven before it. */
    static int nearSlash(byte[] text, int from, int to) {
        int at = from;
        while (at + BLOCK_BYTES <= to) {
            long block = (long) LONGS.get(text, at);
            if ((zeros(block ^ ONES * '/') | zeros(block ^ ONES * 'x')) != 0) {
                return at;
            }
            at += BLOCK_BYTES;
        }
        return at;
    }

    /** Whether one of some bytes, a multiple of {@link #BLOCK_BYTES} of them, is a character. */
    static boolean holds(byte[] text, int from, int to, char character) {
        long found = 0;
        for (int at = from; at < to; at += BLOCK_BYTES) {
            found |= zeros((long) LONGS.get(text, at) ^ ONES * character);
        }
        return found != 0;
    }

    /** Whether one of the next {@link #BLOCK_BYTES} bytes is zero. */
    static boolean holdsZero(byte[] text, int at) {
        return zeros((long) LONGS.get(text, at)) != 0;
    }
}
