package clawsec.detect.expression;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often byte strings are expected in the traffic of agents, as shares of the places in a text.
 * What is known is counted once, in {@code traffic.txt}: which byte follows which, and the four
 * bytes that are most common, since words such as "token" or "http" are far more common than their
 * letters are.
 */
public final class Rarity {
    /** The first and the last printable byte; all others fall into two classes. */
    private static final int FIRST = ' ';

    private static final int LAST = '~';
    private static final int CONTROL = LAST - FIRST + 1;
    private static final int HIGH = CONTROL + 1;
    static final int CLASSES = HIGH + 1;

    /** Bytes in a class of several that are expected to share it. */
    private static final int[] SHARING = {3, 64};

    /** A character of the file is this and minus twice the binary logarithm of a share. */
    static final char CERTAIN = '!';

    /** The most of what follows three bytes that one byte is expected to be. */
    private static final double NEARLY_ALWAYS = 0.95;

    /** The fewest bytes kept of a literal that holds letters outside ASCII. */
    private static final int FEWEST_OUTSIDE_ASCII = 12;

    /** Minus the binary logarithm of the share of none of its bytes. */
    private static final int OTHER_LETTER = 8;

    private Rarity() {}

    /** A byte's share of all bytes. */
    public static double ofByte(int value) {
        return Counted.TRAFFIC.single[classOf(value)] / sharing(value);
    }

    /** A literal's share: that of its first four bytes, less for each further one. */
    public static double of(Literal literal) {
        return isAscii(literal) ? ofAscii(literal) : ofOther(literal);
    }

    /**
     * The shares were counted in texts that are nearly all ASCII and tell no word of another script
     * from another: a letter of such a script is common on its pages, a word is rare.
     */
    private static double ofOther(Literal literal) {
        return Math.max(ofAscii(literal), Math.pow(2, -literal.length() - OTHER_LETTER));
    }

    private static double ofAscii(Literal literal) {
        if (literal.length() < Literals.ANCHOR_LENGTH) {
            return ofThree(literal, literal.length());
        }
        double share = ofFour(literal, Literals.ANCHOR_LENGTH);
        for (int end = Literals.ANCHOR_LENGTH + 1; end <= literal.length(); end++) {
            share = longer(share, ofFour(literal, end), literal, end);
        }
        return share;
    }

    /** The share of the last bytes of a literal. */
    public static double ofAnchor(Literal literal) {
        return literal.length() < Literals.ANCHOR_LENGTH
                ? of(literal)
                : ofFour(literal, literal.length());
    }

    /** A literal up to the end of its rarest bytes; of two equal ones, the later. */
    static Literal cutAfterRarest(Literal literal) {
        if (literal.length() <= Literals.ANCHOR_LENGTH) {
            return literal;
        }
        int best = leastBytes(literal);
        if (literal.length() <= best) {
            return literal;
        }
        double share = ofFour(literal, best);
        double least = 2 * share;
        for (int end = best + 1; end <= literal.length(); end++) {
            double four = ofFour(literal, end);
            share = longer(share, four, literal, end);
            if (four + share <= least) {
                least = four + share;
                best = end;
            }
        }
        return literal.firstBytes(best);
    }

    /**
     * The fewest bytes that are kept of a literal. The shares say little of text outside ASCII, of
     * which four bytes are one or two letters, so that half of a page in that language had them.
     */
    private static int leastBytes(Literal literal) {
        return isAscii(literal) ? Literals.ANCHOR_LENGTH : FEWEST_OUTSIDE_ASCII;
    }

    private static boolean isAscii(Literal literal) {
        return literal.text().chars().allMatch(value -> value <= LAST);
    }

    /** The share of a literal with one more byte, at the end of its last four. */
    private static double longer(double share, double four, Literal literal, int end) {
        double less = Math.min(four / ofThree(literal, end - 1), NEARLY_ALWAYS);
        return Math.min(share * less, four);
    }

    private static double ofFour(Literal literal, int end) {
        int start = end - Literals.ANCHOR_LENGTH;
        double counted = counted(Counted.TRAFFIC.fours, literal, start, end, 0);
        // What was not counted is rarer than all that was.
        return counted > 0 ? counted : Math.min(chain(literal, start, end), Counted.TRAFFIC.least);
    }

    private static double ofThree(Literal literal, int end) {
        int start = end - Literals.MIN_LENGTH;
        double counted = counted(Counted.TRAFFIC.threes, literal, start, end, 0);
        return Math.max(counted, chain(literal, start, end));
    }

    /** The sum over both cases of each letter that stands in either. */
    private static double counted(
            Map<Integer, Double> shares, Literal literal, int index, int end, int before) {
        if (index == end) {
            return shares.getOrDefault(before, 0.0);
        }
        int value = literal.text().charAt(index);
        double share = counted(shares, literal, index + 1, end, before << 8 | value);
        return literal.fold(index) == 0
                ? share
                : share + counted(shares, literal, index + 1, end, before << 8 | (value ^ 0x20));
    }

    /** Follows both cases of each byte from byte to byte. */
    private static double chain(Literal literal, int from, int to) {
        double lower = 0;
        double upper = 0;
        for (int i = from; i < to; i++) {
            int value = literal.text().charAt(i);
            boolean isEither = literal.fold(i) != 0;
            int before = i == from ? -1 : literal.text().charAt(i - 1);
            double nextLower = follow(lower, upper, before, value);
            double nextUpper = isEither ? follow(lower, upper, before, value ^ 0x20) : 0;
            lower = nextLower;
            upper = nextUpper;
        }
        return lower + upper;
    }

    private static double follow(double lower, double upper, int before, int value) {
        if (before < 0) {
            return ofByte(value);
        }
        int column = classOf(value);
        double share = lower * Counted.TRAFFIC.next[classOf(before)][column];
        share += upper == 0 ? 0 : upper * Counted.TRAFFIC.next[classOf(before ^ 0x20)][column];
        return share / sharing(value);
    }

    static int classOf(int value) {
        if (value > LAST) {
            return HIGH;
        }
        return value < FIRST ? CONTROL : value - FIRST;
    }

    private static int sharing(int value) {
        int group = classOf(value);
        return group < CONTROL ? 1 : SHARING[group - CONTROL];
    }

    /**
     * What the file holds.
     *
     * @param single by class, its share
     * @param next by class, and the class of the next byte, that one's share
     * @param fours the shares of four bytes each, first byte highest
     * @param threes the sums of them by their first three bytes
     * @param least of the shares of four bytes
     */
    private record Counted(
            double[] single,
            double[][] next,
            Map<Integer, Double> fours,
            Map<Integer, Double> threes,
            double least) {
        static final Counted TRAFFIC = read();

        private static Counted read() {
            try (InputStream in = Rarity.class.getResourceAsStream("traffic.txt")) {
                if (in == null) {
                    throw new IllegalStateException("traffic.txt is not in the module");
                }
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                return parse(text.lines().dropWhile(line -> !line.isEmpty()).skip(1).toList());
            } catch (IOException e) {
                throw new IllegalStateException("traffic.txt in the module is broken", e);
            }
        }

        /**
         * The shares of bytes; a line for each byte, the shares of those after it; then lines of
         * four bytes each that have the share which the line begins with.
         */
        private static Counted parse(List<String> lines) {
            double[][] next = new double[CLASSES][];
            for (int row = 0; row < CLASSES; row++) {
                next[row] = shares(lines.get(1 + row));
            }
            Map<Integer, Double> fours = new HashMap<>();
            Map<Integer, Double> threes = new HashMap<>();
            double least = 1;
            for (String line : lines.subList(1 + CLASSES, lines.size())) {
                least = Math.min(least, share(line.charAt(0)));
                for (int at = 1; at + Literals.ANCHOR_LENGTH < line.length(); ) {
                    int four = 0;
                    for (int i = 0; i < Literals.ANCHOR_LENGTH; i++) {
                        four = four << 8 | line.charAt(at++);
                    }
                    fours.put(four, share(line.charAt(0)));
                    threes.merge(four >>> 8, share(line.charAt(0)), Double::sum);
                }
            }
            return new Counted(shares(lines.getFirst()), next, fours, threes, least);
        }

        private static double[] shares(String line) {
            return line.chars().limit(CLASSES).mapToDouble(c -> share((char) c)).toArray();
        }

        private static double share(char c) {
            return Math.pow(2, (CERTAIN - c) / 2.0);
        }
    }
}
