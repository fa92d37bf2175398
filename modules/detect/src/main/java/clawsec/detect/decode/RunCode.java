package clawsec.detect.decode;

import java.util.Arrays;

/**
 * Codes that write any bytes with the characters of {@link Alphabet}, a fixed number of bits a
 * character: hexadecimal, base32 (RFC 4648 §6) in either case, base64 and base64url (§4, §5).
 */
enum RunCode {
    HEX(Notation.HEX, 4, "0123456789abcdef", "0123456789ABCDEF"),
    BASE32(
            Notation.BASE32,
            5,
            "abcdefghijklmnopqrstuvwxyz234567",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    BASE64(Notation.BASE64, 6, Alphabet.BASE64, Alphabet.BASE64_URL);

    private static final RunCode[] ALL = values();

    private final Notation notation;
    private final int bits;
    private final byte[] values = new byte[256];

    /**
     * @param alphabets strings with a character for each value
     */
    RunCode(Notation notation, int bits, String... alphabets) {
        this.notation = notation;
        this.bits = bits;
        Arrays.fill(values, (byte) -1);
        for (String alphabet : alphabets) {
            for (int value = 0; value < alphabet.length(); value++) {
                values[alphabet.charAt(value)] = (byte) value;
            }
        }
    }

    /** All codes, the one with the fewest characters first; not to be changed. */
    static RunCode[] all() {
        return ALL;
    }

    Notation notation() {
        return notation;
    }

    /**
     * Whether text can be written with characters of some kinds: of sixteen, some are sure to be of
     * the kinds this asks for.
     *
     * @param kinds as bits, those of {@link Alphabet}
     */
    boolean isPlausible(int kinds) {
        int letters = kinds & (Alphabet.LOWER_CASE | Alphabet.UPPER_CASE);
        return switch (this) {
            case HEX -> (kinds & Alphabet.DIGIT) != 0;
            case BASE32 -> letters == Alphabet.LOWER_CASE || letters == Alphabet.UPPER_CASE;
            case BASE64 -> letters == (Alphabet.LOWER_CASE | Alphabet.UPPER_CASE);
        };
    }

    /** As {@link #isPlausible}, by whether there are letters of both cases alone. */
    boolean isPossible(boolean isMixed) {
        return switch (this) {
            case HEX -> true;
            case BASE32 -> !isMixed;
            case BASE64 -> isMixed;
        };
    }

    /** Bits that a character stands for. */
    int bits() {
        return bits;
    }

    /** By character the bits it stands for, -1 for one that is none; not to be changed. */
    byte[] table() {
        return values;
    }

    boolean isCharacter(byte character) {
        return values[character & 0xff] >= 0;
    }

    /**
     * Decodes all characters between two indexes.
     *
     * @param pending bits from characters before
     * @param pendingBits how many they are, below 8
     * @return how many bytes were put to {@code out}; -1 when a character is none of this code
     */
    int decode(byte[] text, int from, int to, int pending, int pendingBits, byte[] out) {
        if (this == BASE64 && pendingBits == 0) {
            return decodeFours(text, from, to, out);
        }
        return decodeOnes(text, from, to, pending, pendingBits, out, 0);
    }

    /** Four characters of base64 make three bytes. */
    private int decodeFours(byte[] text, int from, int to, byte[] out) {
        int count = 0;
        int at = from;
        for (; at + 4 <= to; at += 4) {
            int three =
                    (values[text[at] & 0xff] << 18)
                            | (values[text[at + 1] & 0xff] << 12)
                            | (values[text[at + 2] & 0xff] << 6)
                            | values[text[at + 3] & 0xff];
            if (three < 0) {
                return -1;
            }
            out[count] = (byte) (three >>> 16);
            out[count + 1] = (byte) (three >>> 8);
            out[count + 2] = (byte) three;
            count += 3;
        }
        return decodeOnes(text, at, to, 0, 0, out, count);
    }

    private int decodeOnes(
            byte[] text, int from, int to, int pending, int pendingBits, byte[] out, int first) {
        int held = pending;
        int heldBits = pendingBits;
        int count = first;
        for (int i = from; i < to; i++) {
            int value = values[text[i] & 0xff];
            if (value < 0) {
                return -1;
            }
            held = (held << bits) | value;
            heldBits += bits;
            if (heldBits >= 8) {
                heldBits -= 8;
                out[count++] = (byte) (held >>> heldBits);
            }
        }
        return count;
    }
}
