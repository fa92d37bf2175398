package clawsec.detect.decode;

/** An escape sequence that was read: what it is written as, and the bytes it stands for. Reused. */
public final class Escape {
    /** There is no escape sequence. */
    static final int NONE = 0;

    /** There may be one; the bytes that decide are not there yet. */
    static final int UNDECIDED = -1;

    private static final int MAX_BYTES = 16;

    private final byte[] bytes = new byte[MAX_BYTES];
    private int count;
    private Notation notation = Notation.PERCENT;
    private boolean isSpelling;

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

    /** Whether it is another spelling beyond ASCII, which hides nothing written otherwise. */
    public boolean isSpelling() {
        return isSpelling;
    }

    /** Stands for nothing so far. */
    void start(Notation notation) {
        this.notation = notation;
        isSpelling = false;
        count = 0;
    }

    /** Stands for nothing so far, and will for nothing of ASCII. */
    void startSpelling() {
        start(Notation.UNICODE);
        isSpelling = true;
    }

    void add(int value) {
        bytes[count++] = (byte) value;
    }

    /** Adds a character in UTF-8; one that is none becomes U+FFFD. */
    void addCharacter(int codePoint) {
        count += Utf8.put(codePoint, bytes, count);
    }
}
