package clawsec.http.hpack;

import java.io.ByteArrayOutputStream;

/**
 * The Huffman code of RFC 7541 appendix B. It is canonical: codes of one length count up with their
 * symbols, and go on where those of the length before ended; so the lengths alone say it all.
 */
final class HuffmanCode {
    /** The symbol that no string holds; the first bits of its code are padding. */
    static final int EOS = 256;

    /** By length from 5 on the symbols whose codes have it, as ranges. */
    private static final int[][] RANGES = {
        {48, 50, 97, 97, 99, 99, 101, 101, 105, 105, 111, 111, 115, 116},
        {
            32, 32, 37, 37, 45, 47, 51, 57, 61, 61, 65, 65, 95, 95, 98, 98, 100, 100, 102, 104, 108,
            110, 112, 112, 114, 114, 117, 117
        },
        {58, 58, 66, 87, 89, 89, 106, 107, 113, 113, 118, 122},
        {38, 38, 42, 42, 44, 44, 59, 59, 88, 88, 90, 90},
        {},
        {33, 34, 40, 41, 63, 63},
        {39, 39, 43, 43, 124, 124},
        {35, 35, 62, 62},
        {0, 0, 36, 36, 64, 64, 91, 91, 93, 93, 126, 126},
        {94, 94, 125, 125},
        {60, 60, 96, 96, 123, 123},
        {},
        {},
        {},
        {92, 92, 195, 195, 208, 208},
        {128, 128, 130, 131, 162, 162, 184, 184, 194, 194, 224, 224, 226, 226},
        {
            153, 153, 161, 161, 167, 167, 172, 172, 176, 177, 179, 179, 209, 209, 216, 217, 227,
            227, 229, 230
        },
        {
            129, 129, 132, 134, 136, 136, 146, 146, 154, 154, 156, 156, 160, 160, 163, 164, 169,
            170, 173, 173, 178, 178, 181, 181, 185, 187, 189, 190, 196, 196, 198, 198, 228, 228,
            232, 233
        },
        {
            1, 1, 135, 135, 137, 141, 143, 143, 147, 147, 149, 152, 155, 155, 157, 158, 165, 166,
            168, 168, 174, 175, 180, 180, 182, 183, 188, 188, 191, 191, 197, 197, 231, 231, 239, 239
        },
        {
            9, 9, 142, 142, 144, 145, 148, 148, 159, 159, 171, 171, 206, 206, 215, 215, 225, 225,
            236, 237
        },
        {199, 199, 207, 207, 234, 235},
        {
            192, 193, 200, 202, 205, 205, 210, 210, 213, 213, 218, 219, 238, 238, 240, 240, 242,
            243, 255, 255
        },
        {203, 204, 211, 212, 214, 214, 221, 223, 241, 241, 244, 248, 250, 254},
        {2, 8, 11, 12, 14, 21, 23, 31, 127, 127, 220, 220, 249, 249},
        {},
        {10, 10, 13, 13, 22, 22, EOS, EOS}
    };

    private static final int SHORTEST = 5;
    private static final int[] CODES = new int[EOS + 1];
    private static final byte[] LENGTHS = new byte[EOS + 1];

    static {
        int code = 0;
        int length = SHORTEST;
        for (int[] ranges : RANGES) {
            for (int i = 0; i < ranges.length; i += 2) {
                for (int symbol = ranges[i]; symbol <= ranges[i + 1]; symbol++) {
                    CODES[symbol] = code++;
                    LENGTHS[symbol] = (byte) length;
                }
            }
            code <<= 1;
            length++;
        }
    }

    private HuffmanCode() {}

    /** The bits of a symbol's code, the last one lowest. */
    static int code(int symbol) {
        return CODES[symbol];
    }

    /** How many bits it has. */
    static int length(int symbol) {
        return LENGTHS[symbol];
    }

    /** How many bytes a string takes, padding included. */
    static int encodedBytes(String text) {
        long bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits += LENGTHS[text.charAt(i) & 0xff];
        }
        return (int) ((bits + 7) / 8);
    }

    static void encode(String text, ByteArrayOutputStream out) {
        long held = 0;
        int heldBits = 0;
        for (int i = 0; i < text.length(); i++) {
            int symbol = text.charAt(i) & 0xff;
            held = held << LENGTHS[symbol] | CODES[symbol];
            heldBits += LENGTHS[symbol];
            while (heldBits >= 8) {
                heldBits -= 8;
                out.write((int) (held >>> heldBits));
            }
        }
        if (heldBits > 0) {
            // RFC 7541 §5.2: padded with the first bits of EOS, which are ones.
            out.write((int) (held << 8 - heldBits) | 0xff >>> heldBits);
        }
    }
}
