package clawsec.detect.decode;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Whether bytes are bare deflate (RFC 1951), which has no magic number, of text. Its first bits
 * rule out nearly all other data; of what is left some is unpacked.
 */
final class DeflateLook {
    /** Bytes that are unpacked at most. */
    static final int MOST_BYTES = 48;

    /** Bytes that the first bits are in. */
    private static final int HEADER_BYTES = 12;

    /** Fewer bytes of text prove nothing. */
    private static final int LEAST_TEXT_BYTES = 16;

    /** With fixed codes text begins with so many literals; other data hardly ever. */
    private static final int LEAST_LITERALS = 6;

    private static final int OUTPUT_BYTES = 64;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;

    private DeflateLook() {}

    /** Whether bytes begin as deflated text does, and give text. */
    static boolean isText(byte[] bytes, int from, int to) {
        if (to - from < HEADER_BYTES || !mayBegin(bytes, from)) {
            return false;
        }
        byte[] out = new byte[OUTPUT_BYTES];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, from, Math.min(MOST_BYTES, to - from));
            int count = inflater.inflate(out);
            // Codes said in full may take all the bytes there are.
            boolean isUndecided = type(bytes, from) == DYNAMIC && to - from >= MOST_BYTES;
            return (count >= LEAST_TEXT_BYTES || (isUndecided && !inflater.finished()))
                    && (count == 0 || TextLook.percentText(out, count) >= TextLook.ENOUGH);
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    /** By the first twelve bytes: a block whose Huffman codes are fixed, or said in full. */
    static boolean mayBegin(byte[] bytes, int from) {
        return switch (type(bytes, from)) {
            case FIXED -> beginsWithText(bytes, from);
            case DYNAMIC -> holdsCodes(bytes, from);
            default -> false;
        };
    }

    /** RFC 1951 §3.2.3. */
    private static int type(byte[] bytes, int from) {
        return bytes[from] >>> 1 & 3;
    }

    /** RFC 1951 §3.2.6: whether the first literals are ASCII, before anything is repeated. */
    private static boolean beginsWithText(byte[] bytes, int from) {
        for (int i = 0; i < LEAST_LITERALS; i++) {
            int literal = (Integer.reverse(bits(bytes, from, 3 + 8 * i, 8)) >>> 24) - 0x30;
            boolean isSpace = literal == '\n' || literal == '\r' || literal == '\t';
            if (!isSpace && (literal < ' ' || literal > '~')) {
                return false;
            }
        }
        return true;
    }

    /** RFC 1951 §3.2.7: whether the lengths of codes for code lengths fill the tree. */
    private static boolean holdsCodes(byte[] bytes, int from) {
        boolean isPossible = bits(bytes, from, 3, 5) < 30 && bits(bytes, from, 8, 5) < 30;
        int count = bits(bytes, from, 13, 4) + 4;
        int taken = 0;
        for (int i = 0; i < count; i++) {
            int length = bits(bytes, from, 17 + 3 * i, 3);
            taken += length == 0 ? 0 : 128 >> length;
        }
        return isPossible && taken == 128;
    }

    private static int bits(byte[] bytes, int from, int at, int count) {
        int first = from + (at >>> 3);
        int two = (bytes[first] & 0xff) | (bytes[first + 1] & 0xff) << 8;
        return two >>> (at & 7) & ((1 << count) - 1);
    }
}
