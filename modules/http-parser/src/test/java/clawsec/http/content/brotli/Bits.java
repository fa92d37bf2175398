package clawsec.http.content.brotli;

import java.util.Arrays;

/** A stream put together by hand, bit by bit as RFC 7932 lists its fields. */
final class Bits {
    /** Insert-and-copy symbols without extra bits, with a distance of their own. */
    static final int COPY_2 = 128;

    static final int COPY_4 = 128 + 2;
    static final int INSERT_1_COPY_2 = 128 + 8;
    static final int INSERT_5_COPY_2 = 128 + 5 * 8;

    /** The first two bits of a simple prefix code. */
    private static final int SIMPLE = 1;

    private byte[] bytes = new byte[64];
    private int at;

    /** A stream with the smallest number of header bits: a window of 64 KB. */
    static Bits stream() {
        return new Bits().put(0, 1);
    }

    Bits put(int value, int count) {
        for (int i = 0; i < count; i++, at++) {
            if (at / 8 == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * at / 8);
            }
            bytes[at / 8] |= (byte) ((value >> i & 1) << at % 8);
        }
        return this;
    }

    Bits align() {
        at = (at + 7) / 8 * 8;
        return this;
    }

    Bits put(String text) {
        for (char each : text.toCharArray()) {
            put(each, 8);
        }
        return this;
    }

    /** A prefix code of one symbol. */
    Bits single(int symbol, int alphabetBits) {
        return put(SIMPLE, 2).put(0, 2).put(symbol, alphabetBits);
    }

    /** A compressed meta-block that is not the last, up to its prefix codes. */
    Bits compressed(int length) {
        return put(0, 1).put(0, 2).put(length - 1, 16).put(0, 1).put(0, 3).put(0, 6).put(0, 4);
    }

    /** A compressed meta-block whose three codes have one symbol each. */
    Bits compressed(int length, int literal, int command, int distance) {
        return compressed(length).single(literal, 8).single(command, 10).single(distance, 6);
    }

    /** A compressed meta-block that is one reference to a word of four letters, from the start. */
    Bits word(int number, int length) {
        int symbol = 0;
        while (firstDistance(symbol + 1) <= number + 1) {
            symbol++;
        }
        return compressed(length, 'x', COPY_4, 16 + symbol)
                .put(number + 1 - firstDistance(symbol), 1 + symbol / 2);
    }

    /** RFC 7932 §4, without postfix bits and direct distances. */
    private static int firstDistance(int symbol) {
        return ((2 + (symbol & 1)) << 1 + symbol / 2) - 3;
    }

    Bits uncompressed(String text) {
        put(0, 1).put(0, 2).put(text.length() - 1, 16).put(1, 1);
        return align().put(text);
    }

    Bits metadata(String text) {
        int lengthBytes = text.length() > 256 ? 2 : 1;
        put(0, 1).put(3, 2).put(0, 1).put(lengthBytes, 2).put(text.length() - 1, 8 * lengthBytes);
        return align().put(text);
    }

    /** The last meta-block, which is empty. */
    byte[] end() {
        return put(3, 2).whole();
    }

    /** What was put so far, filled up to a byte. */
    byte[] whole() {
        return Arrays.copyOf(bytes, (at + 7) / 8);
    }
}
