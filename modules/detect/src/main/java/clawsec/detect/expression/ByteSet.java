package clawsec.detect.expression;

/** A set of byte values (0 to 255), as four words of 64 bits, lowest first. */
public record ByteSet(long word0, long word1, long word2, long word3) {
    public static final ByteSet EMPTY = new ByteSet(0, 0, 0, 0);
    public static final ByteSet ALL = EMPTY.complement();
    static final ByteSet DIGIT = range('0', '9');
    static final ByteSet UPPER = range('A', 'Z');
    static final ByteSet LOWER = range('a', 'z');

    /**
     * What {@code \w} and {@code \b} take for part of a word: ASCII letters, digits, underscore.
     */
    public static final ByteSet WORD = DIGIT.or(UPPER).or(LOWER).or(of('_'));

    /** The same without underscore, which joins words to names. */
    static final ByteSet WORD_OF_NAME = DIGIT.or(UPPER).or(LOWER);

    static final ByteSet SPACE = range('\t', '\r').or(of(' '));

    public static ByteSet of(int value) {
        return range(value, value);
    }

    /** The values from {@code low} to {@code high}, both included. */
    public static ByteSet range(int low, int high) {
        long[] words = new long[4];
        for (int value = low; value <= high; value++) {
            words[value >>> 6] |= 1L << (value & 63);
        }
        return new ByteSet(words[0], words[1], words[2], words[3]);
    }

    public boolean contains(int value) {
        long word =
                switch (value >>> 6) {
                    case 0 -> word0;
                    case 1 -> word1;
                    case 2 -> word2;
                    default -> word3;
                };
        return (word >>> (value & 63) & 1) != 0;
    }

    public boolean isEmpty() {
        return (word0 | word1 | word2 | word3) == 0;
    }

    public int size() {
        return Long.bitCount(word0)
                + Long.bitCount(word1)
                + Long.bitCount(word2)
                + Long.bitCount(word3);
    }

    public ByteSet or(ByteSet other) {
        return new ByteSet(
                word0 | other.word0, word1 | other.word1, word2 | other.word2, word3 | other.word3);
    }

    public ByteSet and(ByteSet other) {
        return new ByteSet(
                word0 & other.word0, word1 & other.word1, word2 & other.word2, word3 & other.word3);
    }

    public ByteSet complement() {
        return new ByteSet(~word0, ~word1, ~word2, ~word3);
    }

    /** This set and, for each ASCII letter in it, the same letter in the other case. */
    public ByteSet inBothCases() {
        long letters = LOWER.word1 | UPPER.word1;
        long swapped = 0;
        for (long rest = word1 & letters; rest != 0; rest &= rest - 1) {
            swapped |= 1L << (Long.numberOfTrailingZeros(rest) ^ 0x20);
        }
        return new ByteSet(word0, word1 | swapped, word2, word3);
    }
}
