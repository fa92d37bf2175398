package clawsec.detect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What may be the rest of a secret that is cut over the parts of a URL or of a form: letters and
 * digits in a row that are none of words, names in camel case, numbers and versions. Meant for
 * texts that hold a secret, where hiding too much costs little.
 */
final class SecretPiece {
    /** Fewer characters tell nothing. */
    static final int LEAST_CHARACTERS = 5;

    /** Anything shorter without a break may be a word or a number. */
    private static final int LEAST_JUDGED = 4;

    /** Characters of a word that begins with a capital. */
    private static final int LEAST_WORD = 3;

    private static final int LONGEST_CAPITALS = 12;

    /** No name has as many letters without a break, and hardly a number as many digits. */
    private static final int LONGEST_WORD = 24;

    /** The most digits behind a word. */
    private static final int NUMBER_DIGITS = 4;

    private SecretPiece() {}

    /**
     * Finds them in a part of a text.
     *
     * @param hidden indexes that are hidden of secrets: a piece is hidden from the first in it on,
     *     or all of it if it begins like one
     * @param shown indexes that tell what secrets they are: a piece that has one is not hidden
     */
    static List<Mask.Span> spans(byte[] text, int from, int to, BitSet hidden, BitSet shown) {
        List<Mask.Span> spans = new ArrayList<>();
        int begin = from;
        int at = from;
        while (at <= to) {
            int width = at < to ? width(text, at, to) : 1;
            if (at == to || !isInPiece(value(text, at, to))) {
                int first = hidden.nextSetBit(begin);
                if (first >= 0 && first < at) {
                    // What stands before it is the front of a secret, or as random as the rest.
                    boolean isFront = !isLikely(text, begin, first - Mask.SHOWN_BYTES);
                    spans.add(new Mask.Span(isFront ? first : begin, at));
                } else if (!holds(shown, begin, at) && isLikely(text, begin, at)) {
                    spans.add(new Mask.Span(begin, at));
                }
                begin = at + width;
            }
            at += width;
        }
        return spans;
    }

    /** The indexes of spans. */
    static BitSet indexes(List<Mask.Span> spans, int length) {
        BitSet indexes = new BitSet();
        for (Mask.Span span : spans) {
            long from = Math.clamp(span.from(), 0, length);
            indexes.set((int) from, (int) Math.clamp(span.to(), from, length));
        }
        return indexes;
    }

    private static boolean holds(BitSet indexes, int from, int to) {
        int first = indexes.nextSetBit(from);
        return first >= 0 && first < to;
    }

    /** Whether letters and digits stand there as in a random text. */
    private static boolean isLikely(byte[] text, int from, int to) {
        StringBuilder kinds = new StringBuilder();
        int characters = 0;
        boolean isRandom = false;
        for (int at = from; at < to; at += width(text, at, to)) {
            int kind = kind(value(text, at, to));
            if (kind == 0) {
                isRandom |= !isWordOrNumber(kinds);
                kinds.setLength(0);
            } else {
                kinds.append((char) kind);
                characters++;
            }
        }
        isRandom |= !isWordOrNumber(kinds);
        return isRandom && characters >= LEAST_CHARACTERS && !isVersion(text, from, to);
    }

    /**
     * Whether it is a number, or words of small letters, each but the first behind a capital, or of
     * capitals alone, and perhaps a short number behind them.
     *
     * @param kinds of its characters
     */
    private static boolean isWordOrNumber(CharSequence kinds) {
        int length = kinds.length();
        if (length < LEAST_JUDGED || isAll(kinds, 'A') && length <= LONGEST_CAPITALS) {
            return true;
        }
        if (length > LONGEST_WORD || isAll(kinds, '0')) {
            return length <= LONGEST_WORD;
        }
        int at = 0;
        while (at < length && kinds.charAt(at) != '0') {
            int begin = at++;
            while (at < length && kinds.charAt(at) == 'a') {
                at++;
            }
            if (kinds.charAt(begin) == 'A' && at - begin < LEAST_WORD) {
                return false;
            }
        }
        return at > 0 && length - at <= NUMBER_DIGITS && isAll(kinds.subSequence(at, length), '0');
    }

    private static boolean isAll(CharSequence kinds, char kind) {
        return kinds.chars().allMatch(each -> each == kind);
    }

    /** As {@code v1beta}. */
    private static boolean isVersion(byte[] text, int from, int to) {
        int at = from + 1;
        while (at < to && kind(text[at]) == '0') {
            at++;
        }
        boolean isNumbered = from < to && text[from] == 'v' && at > from + 1;
        while (at < to && kind(text[at]) == 'a') {
            at++;
        }
        return isNumbered && at == to;
    }

    private static int kind(int value) {
        if (value >= '0' && value <= '9') {
            return '0';
        }
        if (value >= 'a' && value <= 'z') {
            return 'a';
        }
        return value >= 'A' && value <= 'Z' ? 'A' : 0;
    }

    private static boolean isInPiece(int value) {
        return kind(value) != 0 || value == '-' || value == '_' || value == '~' || value == '+';
    }

    /** The character at an index, also one that is written with a percent sign. */
    private static int value(byte[] text, int at, int to) {
        return width(text, at, to) == 1
                ? text[at]
                : 16 * Character.digit(text[at + 1], 16) + Character.digit(text[at + 2], 16);
    }

    private static int width(byte[] text, int at, int to) {
        boolean isEscape =
                text[at] == '%'
                        && at + 2 < to
                        && Character.digit(text[at + 1], 16) >= 0
                        && Character.digit(text[at + 2], 16) >= 0;
        return isEscape ? 3 : 1;
    }
}
