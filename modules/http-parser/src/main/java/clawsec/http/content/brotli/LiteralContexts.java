package clawsec.http.content.brotli;

/**
 * The context of a literal by its two predecessors (RFC 7932 §7.1), in one form for the four modes:
 * a table of what the last byte gives, one of what the byte before gives, both put together by or.
 */
final class LiteralContexts {
    /** Entries of one mode: 256 for the last byte, then 256 for the one before. */
    static final int MODE_SIZE = 512;

    static final int BEFORE = 256;

    private static final int MODES = 4;

    /** Lut0 of RFC 7932 §7.1 for ASCII, in fours: character 'A' + n for 4 × n. */
    private static final String ASCII =
            "AAAAAAAAABBAABAAAAAAAAAAAAAAAAAA"
                    + "CDEDDFDEGHDDIDJDLLLLLLLLLLIIGKHD"
                    + "DMNNNMNNNMNNNNNMNNNNNMNNNNNGDHDD"
                    + "DOPPPOPPPOPPPPPOPPPPPOPPPPPGDHDA";

    /** All modes, by their number in the stream: LSB6, MSB6, UTF8, Signed. */
    static final byte[] TABLE = table();

    private LiteralContexts() {}

    private static byte[] table() {
        byte[] table = new byte[MODES * MODE_SIZE];
        for (int octet = 0; octet < BEFORE; octet++) {
            table[octet] = (byte) (octet & 0x3f);
            table[MODE_SIZE + octet] = (byte) (octet >>> 2);
            table[2 * MODE_SIZE + octet] = (byte) lut0(octet);
            table[2 * MODE_SIZE + BEFORE + octet] = (byte) lut1(octet);
            table[3 * MODE_SIZE + octet] = (byte) (lut2(octet) << 3);
            table[3 * MODE_SIZE + BEFORE + octet] = (byte) lut2(octet);
        }
        return table;
    }

    /** For the last byte of UTF-8 text: what kind of character, or of a longer one's bytes. */
    static int lut0(int octet) {
        if (octet < ASCII.length()) {
            return (ASCII.charAt(octet) - 'A') << 2;
        }
        return (octet < 0xc0 ? 0 : 2) | (octet & 1);
    }

    /** For the byte before it: white space and the like, punctuation, capital or digit, letter. */
    static int lut1(int octet) {
        if (octet >= 'a' && octet <= 'z') {
            return 3;
        }
        if ((octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9') || octet >= 0xe0) {
            return 2;
        }
        return octet > ' ' && octet < 0x7f ? 1 : 0;
    }

    /** For signed numbers: how large. */
    static int lut2(int octet) {
        if (octet == 0 || octet == 0xff) {
            return octet & 7;
        }
        if (octet < 0x40) {
            return octet < 0x10 ? 1 : 2;
        }
        if (octet >= 0xc0) {
            return octet < 0xf0 ? 5 : 6;
        }
        return octet < 0x80 ? 3 : 4;
    }
}
