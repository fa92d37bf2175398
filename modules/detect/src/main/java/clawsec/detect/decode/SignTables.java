package clawsec.detect.decode;

/**
 * The signs that decoders go by, as up to four bytes in a row of certain sets. A sign says that
 * there may be something, its absence that there is nothing.
 *
 * <pre>{@code
 * escape     %41   \n   \x4   &lt   &#6   =3D   =⏎            at the first byte
 * shell      c''a   ca''t   |\cat   c^a   `ec   {ca   $IFS     at the byte before the quote, the
 *                                                             backslash and so on
 * pair       "73 "   "x73,"                                   at the byte before the digits
 * dump       "10: "                                           at the last digits of an offset
 * }</pre>
 *
 * <p>Kinds of signs are numbered: eight of escapes, six of a shell, one of dumps, one of pairs. The
 * byte that a sign is about, the first of an escape and the second of others, is one of ASCII. Any
 * other byte beyond ASCII counts as the one of its lower seven bits.
 */
final class SignTables {
    /** Bytes of the longest sign. */
    static final int POSITIONS = 4;

    static final int KINDS = 16;

    /** The bits of {@link #allowed} of one position that are signs of escapes. */
    static final int ESCAPE = 0xff;

    static final int SHELL = 0x7700;
    static final int DUMP = 0x0800;
    static final int PAIR = 0x8000;

    /** Bits of {@link #classes}: a character of {@link Alphabet}. */
    static final int MEMBER = 1;

    /** The first byte of a character that may be a lookalike. */
    static final int FOREIGN = 2;

    /** Zero, or the first byte of gzip. */
    static final int BINARY = 4;

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String LETTER = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGIT = "0123456789";
    private static final String UPPER_HEX = DIGIT + "ABCDEF";
    private static final String HEX = UPPER_HEX + "abcdef";
    private static final String QUOTES = "'\"";
    private static final String WORD = LETTER + DIGIT + "_/-+";

    /** Any byte. */
    private static final String ANY = "";

    /** By byte: for each position sixteen bits, of the kinds of signs that may have it there. */
    private static final long[] ALLOWED = new long[256];

    private static final byte[] CLASSES = new byte[256];

    static {
        add(0, "%", HEX, HEX, ANY);
        add(1, "%\\", "ux", HEX + "{", ANY);
        add(2, "\\", "\"\\/'bfnrt", ANY, ANY);
        add(3, "&", "#", DIGIT + "xX", ANY);
        add(4, "&", LETTER, LETTER, ANY);
        add(5, "=", UPPER_HEX, UPPER_HEX, ANY);
        add(6, "=\\", "\r\n", ANY, ANY);
        add(7, "\\", "0123", "01234567", ANY);
        String quoted = LETTER + DIGIT + "_/-.$\\" + QUOTES;
        add(8, WORD + "\n|>" + QUOTES, QUOTES, quoted + "{", ANY);
        add(9, ANY, "\\", without(LETTER, "bnrt"), ANY);
        add(10, "| \n" + LETTER, "\\", "bnrt", LETTER + " ");
        add(11, HEX, HEX, ":", " ");
        add(12, ANY, "`{^", LETTER, ANY);
        add(13, quoted + "}", QUOTES, LETTER + DIGIT, ANY);
        add(14, ANY, "$", "'\"({@*_" + DIGIT + LETTER, ANY);
        String between = without(ascii(), LETTER + DIGIT);
        add(15, between + "x", HEX, HEX, between);
        for (int value = 0; value < 256; value++) {
            CLASSES[value] = (byte) (Alphabet.isMember((byte) value) ? MEMBER : 0);
        }
        CLASSES[0] |= BINARY;
        CLASSES[0x1f] |= BINARY;
        // The first bytes in UTF-8 of characters that may be lookalikes: not those of ideographs.
        for (int first = 0xc2; first <= 0xf3; first++) {
            if (first < 0xe0 || (first > 0xe0 && first < 0xe4) || first >= 0xef) {
                CLASSES[first] |= FOREIGN;
            }
        }
    }

    private SignTables() {}

    /** By byte, for each position {@link #KINDS} bits, the first position's lowest. */
    static long allowed(int value) {
        return ALLOWED[value];
    }

    static byte classes(int value) {
        return CLASSES[value];
    }

    private static void add(int kind, String... sets) {
        for (int position = 0; position < POSITIONS; position++) {
            for (int value = 0; value < 256; value++) {
                String set = sets[position];
                boolean isForeign = value >= 128 && position == decisive(kind);
                if (!isForeign && (set.isEmpty() || set.indexOf(value % 128) >= 0)) {
                    ALLOWED[value] |= 1L << (position * KINDS + kind);
                }
            }
        }
    }

    /** The position of the byte that a sign is about, which is one of ASCII. */
    private static int decisive(int kind) {
        return (1 << kind & ESCAPE) != 0 ? 0 : 1;
    }

    private static String ascii() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 128; c++) {
            all.append(c);
        }
        return all.toString();
    }

    private static String without(String set, String others) {
        StringBuilder rest = new StringBuilder();
        set.chars().filter(c -> others.indexOf(c) < 0).forEach(c -> rest.append((char) c));
        return rest.toString();
    }
}
