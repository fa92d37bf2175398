package clawsec.detect.expression;

/**
 * Which bytes may follow a literal in a match of its expression, at each of the first places after
 * it. A text whose bytes do not fit need not be read further. Immutable.
 */
public final class Sequel {
    /** Whatever it is. */
    public static final Sequel ANY = new Sequel();

    /** Places that are looked at; a bit for each in a byte. */
    private static final int MAX_LENGTH = 8;

    /** By byte, bit {@code i} is set when it may stand at the place {@code i}. */
    private final byte[] allowed = new byte[256];

    /** Places that not every byte may stand at come before this one. */
    private final int length;

    private Sequel() {
        length = 0;
    }

    private Sequel(Sequel a, Sequel b) {
        for (int value = 0; value < allowed.length; value++) {
            allowed[value] = (byte) (a.allowed[value] | b.allowed[value]);
        }
        length = Math.min(a.length, b.length);
    }

    /** The beginning of what may follow. */
    public Sequel(Continuation continuation) {
        length = continuation.places(allowed, MAX_LENGTH);
    }

    /** What may follow one literal or the other. */
    public Sequel or(Sequel other) {
        return new Sequel(this, other);
    }

    /** Whether a byte may stand at the first place. */
    public boolean mayBeginWith(int value) {
        return length == 0 || (allowed[value] & 1) != 0;
    }

    /**
     * Where it shows that the bytes from one index to another do not follow the literal in a match.
     *
     * @return the index of the byte that cannot stand there; {@code to} when none of them is known
     *     not to
     */
    public int misfit(byte[] text, int from, int to) {
        int end = Math.min(to, from + length);
        for (int i = from; i < end; i++) {
            if ((allowed[text[i] & 0xff] >>> (i - from) & 1) == 0) {
                return i;
            }
        }
        return to;
    }
}
