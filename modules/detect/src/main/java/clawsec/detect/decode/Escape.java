package clawsec.detect.decode;

/** An escape sequence that was read: what it is written as, and the bytes it stands for. Reused. */
public final class Escape {
    /** There is no escape sequence. */
    static final int NONE = 0;

    /** There may be one; the bytes that decide are not there yet. */
    static final int UNDECIDED = -1;

    /** Stands for nothing: what is around it is joined. */
    private static final int MAX_BYTES = 16;

    private final byte[] bytes = new byte[MAX_BYTES];
    private int count;
    private Notation notation = Notation.PERCENT;

    /** Not to be changed; {@link #count} of them are meant. */
    public byte[] bytes() {
        return bytes;
    }

    public int count() {
        return count;
    }

    public Notation notation() {
        return notation;
    }

    /** Stands for nothing so far. */
    void start(Notation notation) {
        this.notation = notation;
        count = 0;
    }

    void add(int value) {
        bytes[count++] = (byte) value;
    }

    /** Adds a character in UTF-8; one that is none becomes U+FFFD. */
    void addCharacter(int codePoint) {
        boolean isNone =
                codePoint > Character.MAX_CODE_POINT
                        || (codePoint >= Character.MIN_SURROGATE
                                && codePoint <= Character.MAX_SURROGATE);
        int value = isNone ? 0xfffd : codePoint;
        if (value < 0x80) {
            add(value);
        } else if (value < 0x800) {
            add(0xc0 | (value >> 6));
            add(0x80 | (value & 0x3f));
        } else if (value < 0x10000) {
            add(0xe0 | (value >> 12));
            add(0x80 | ((value >> 6) & 0x3f));
            add(0x80 | (value & 0x3f));
        } else {
            add(0xf0 | (value >> 18));
            add(0x80 | ((value >> 12) & 0x3f));
            add(0x80 | ((value >> 6) & 0x3f));
            add(0x80 | (value & 0x3f));
        }
    }
}
