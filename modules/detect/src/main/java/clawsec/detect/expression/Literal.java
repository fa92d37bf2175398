package clawsec.detect.expression;

/**
 * A byte string that stands in matches.
 *
 * @param text a character a byte (ISO 8859-1), {@link Literals#MIN_LENGTH} or more; letters that
 *     stand in either case are in lower case
 * @param eitherCase bit {@code i} is set when the byte at {@code i} is an ASCII letter that stands
 *     in either case
 * @param reachBytes the most bytes from a match's start to the end of this string in it
 */
public record Literal(String text, int eitherCase, int reachBytes) {
    public Literal {
        if (text.length() < Literals.MIN_LENGTH || text.length() > Literals.MAX_LENGTH) {
            throw new IllegalArgumentException("literal of " + text.length() + " bytes");
        }
    }

    public int length() {
        return text.length();
    }

    /** What is set in a byte before it is compared with {@link #text}: 0x20 or nothing. */
    public int fold(int index) {
        return (eitherCase >>> index & 1) << 5;
    }

    /** Whether the byte may stand at the index. */
    public boolean fits(int index, int value) {
        return (value | fold(index)) == text.charAt(index);
    }

    /** The same string for whoever does not care for matches. */
    public Literal withoutReach() {
        return withReach(length());
    }

    Literal withReach(int bytes) {
        return new Literal(text, eitherCase, bytes);
    }

    Literal firstBytes(int count) {
        return new Literal(
                text.substring(0, count),
                eitherCase & ((1 << count) - 1),
                reachBytes - (length() - count));
    }

    /** Whether every text that holds {@code other} holds this. */
    boolean isInside(Literal other) {
        for (int from = 0; from + length() <= other.length(); from++) {
            if (fitsInto(other, from)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every text that begins with {@code other} begins with this. */
    boolean begins(Literal other) {
        return length() <= other.length() && fitsInto(other, 0);
    }

    private boolean fitsInto(Literal other, int from) {
        for (int i = 0; i < length(); i++) {
            boolean isWider = fold(i) >= other.fold(from + i);
            if (!isWider || !fits(i, other.text.charAt(from + i))) {
                return false;
            }
        }
        return true;
    }
}
