package clawsec.detect.expression;

import clawsec.detect.expression.Node.Boundary;
import clawsec.detect.expression.Node.Bytes;
import clawsec.detect.expression.Node.Choice;
import clawsec.detect.expression.Node.Repeat;
import clawsec.detect.expression.Node.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the notation described in the package's overview, by recursive descent. */
public final class ExpressionParser {
    /** Groups inside groups, at most. */
    static final int MAX_DEPTH = 50;

    /** The largest number in a repetition. */
    static final int MAX_COUNT = 4096;

    /** Begins an expression about words, in which a space stands for {@link #GAP}. */
    private static final String OF_WORDS = "(?w)";

    /**
     * What parts two words of a sentence: white space, with what stands at the ends of emphasized
     * words, and at the beginnings of lines of quotations, comments, lists and tables. No literal
     * is looked for in it.
     */
    private static final String GAP = "(?:[*_~`]{0,2}\\s[\\s*_~`>#/|%;+-]{0,9})";

    private final String text;
    private final boolean ignoresCase;

    /** Whether a space stands for a gap. */
    private final boolean isOfWords;

    private final boolean isInNames;

    /** Whether what stands in groups {@code (?:...)} is read as any bytes. */
    private final boolean looksOutsideOnly;

    private int at;
    private int depth;

    /** Groups {@code (?:...)} that are open. */
    private int plainGroups;

    private ExpressionParser(
            String text, boolean ignoresCase, boolean looksOutsideOnly, boolean isInNames) {
        this.text = text;
        this.ignoresCase = ignoresCase;
        this.isInNames = isInNames;
        this.looksOutsideOnly = looksOutsideOnly;
        this.isOfWords = text.startsWith(OF_WORDS);
        this.at = isOfWords ? OF_WORDS.length() : 0;
    }

    /**
     * Reads a whole expression.
     *
     * @param ignoresCase whether ASCII letters stand for both their cases
     */
    public static Node parse(String text, boolean ignoresCase) throws ExpressionException {
        return parse(text, ignoresCase, false);
    }

    /**
     * The same for what may stand in names.
     *
     * @param isInNames {@link Boundary#isInNames}
     */
    public static Node parse(String text, boolean ignoresCase, boolean isInNames)
            throws ExpressionException {
        return new ExpressionParser(text, ignoresCase, false, isInNames).whole();
    }

    /**
     * Reads a whole expression as one whose matches are all of its own and more: what stands in a
     * group {@code (?:...)} is any bytes, as many. So literals of it are literals of the
     * expression, and none of them is from such a group.
     */
    public static Node parseOutside(String text, boolean ignoresCase) throws ExpressionException {
        return new ExpressionParser(text, ignoresCase, true, false).whole();
    }

    /** Whether {@link #parseOutside} leaves something out. */
    public static boolean hasOutside(String text) {
        return text.contains("(?:") || text.startsWith(OF_WORDS);
    }

    /** An expression without {@code (?w)}, for others that read the same notation. */
    public static String spelledOut(String text) {
        if (!text.startsWith(OF_WORDS)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        boolean isInClass = false;
        for (int i = OF_WORDS.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' && !isInClass) {
                out.append(GAP);
                continue;
            }
            out.append(c);
            if (c == '\\' && i + 1 < text.length()) {
                out.append(text.charAt(++i));
            }
            isInClass = c == '[' || (isInClass && c != ']');
        }
        return out.toString();
    }

    private Node whole() throws ExpressionException {
        Node node = choice();
        if (at < text.length()) {
            throw new ExpressionException("unmatched ')'", at);
        }
        return node;
    }

    private Node choice() throws ExpressionException {
        List<Node> alternatives = new ArrayList<>();
        alternatives.add(sequence());
        while (peek() == '|') {
            at++;
            alternatives.add(sequence());
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Choice(alternatives);
    }

    private Node sequence() throws ExpressionException {
        List<Node> items = new ArrayList<>();
        while (at < text.length() && peek() != '|' && peek() != ')') {
            items.add(repeated(atom()));
        }
        return items.size() == 1 ? items.getFirst() : new Sequence(items);
    }

    private Node repeated(Node atom) throws ExpressionException {
        int start = at;
        Node repeated =
                switch (peek()) {
                    case '?' -> repeat(atom, 0, 1);
                    case '*' -> repeat(atom, 0, Repeat.UNBOUNDED);
                    case '+' -> repeat(atom, 1, Repeat.UNBOUNDED);
                    case '{' -> counted(atom);
                    default -> atom;
                };
        if (at > start) {
            // Written out, what is empty takes nothing, however often: it would pass every limit.
            if (Positions.countWrittenOut(atom) == 0) {
                throw new ExpressionException("nothing to repeat", start);
            }
            if ("?*+{".indexOf(peek()) >= 0) {
                throw new ExpressionException(
                        "lazy, possessive or doubled repetition is not supported", at);
            }
        }
        return repeated;
    }

    private Node repeat(Node atom, int min, int max) {
        at++;
        return new Repeat(atom, min, max);
    }

    private Node counted(Node atom) throws ExpressionException {
        int start = at++;
        int min = number(start);
        int max = min;
        if (peek() == ',') {
            at++;
            max = peek() == '}' ? Repeat.UNBOUNDED : number(start);
        }
        if (peek() != '}') {
            throw new ExpressionException(
                    "repetition is written {n}, {n,} or {n,m}; a brace itself is \\{", start);
        }
        if (max < min) {
            throw new ExpressionException("repetition's end is below its start", start);
        }
        at++;
        return new Repeat(atom, min, max);
    }

    private int number(int start) throws ExpressionException {
        int first = at;
        int value = 0;
        while (at < text.length() && peek() >= '0' && peek() <= '9' && value <= MAX_COUNT) {
            value = value * 10 + (text.charAt(at++) - '0');
        }
        if (at == first) {
            throw new ExpressionException(
                    "repetition is written {n}, {n,} or {n,m}; a brace itself is \\{", start);
        }
        if (value > MAX_COUNT) {
            throw new ExpressionException("repetition exceeds " + MAX_COUNT, start);
        }
        return value;
    }

    private Node atom() throws ExpressionException {
        int start = at;
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group(start);
            case ' ' -> isOfWords ? gap() : literal(start);
            case '[' -> bytes(cased(new ClassReader(start).read()));
            case '.' -> bytes(ByteSet.of('\n').complement());
            case '\\' -> escape(start);
            case '?', '*', '+', '{' -> throw new ExpressionException("nothing to repeat", start);
            case '^', '$' ->
                    throw new ExpressionException(
                            "anchors are not supported; the character itself is \\" + c, start);
            case ']', '}' ->
                    throw new ExpressionException(
                            "unmatched '" + c + "'; the character itself is \\" + c, start);
            default -> literal(start);
        };
    }

    private Node group(int start) throws ExpressionException {
        if (++depth > MAX_DEPTH) {
            throw new ExpressionException("groups nest deeper than " + MAX_DEPTH, start);
        }
        boolean isPlain = peek() == '?';
        if (isPlain) {
            if (!text.startsWith("?:", at)) {
                throw new ExpressionException(
                        "lookaround, flags and named groups are not supported", start);
            }
            at += 2;
            plainGroups++;
        }
        Node inner = choice();
        if (peek() != ')') {
            throw new ExpressionException("unclosed '('", start);
        }
        at++;
        depth--;
        plainGroups -= isPlain ? 1 : 0;
        return inner;
    }

    private Node gap() throws ExpressionException {
        return new ExpressionParser(GAP, ignoresCase, looksOutsideOnly, isInNames).whole();
    }

    private Bytes bytes(ByteSet set) {
        return new Bytes(looksOutsideOnly && plainGroups > 0 ? ByteSet.ALL : set);
    }

    private Node literal(int start) {
        int codePoint = text.codePointAt(start);
        if (codePoint < 0x80) {
            return bytes(cased(ByteSet.of(codePoint)));
        }
        at = start + Character.charCount(codePoint);
        List<Node> bytes = new ArrayList<>(4);
        for (byte b : text.substring(start, at).getBytes(StandardCharsets.UTF_8)) {
            bytes.add(bytes(ByteSet.of(b & 0xff)));
        }
        return new Sequence(bytes);
    }

    private Node escape(int start) throws ExpressionException {
        if (peek() == 'b') {
            at++;
            return new Boundary(isInNames);
        }
        return bytes(cased(escapedSet(start)));
    }

    private ByteSet escapedSet(int start) throws ExpressionException {
        if (at == text.length()) {
            throw new ExpressionException("nothing after '\\'", start);
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'd' -> ByteSet.DIGIT;
            case 'D' -> ByteSet.DIGIT.complement();
            case 'w' -> ByteSet.WORD;
            case 'W' -> ByteSet.WORD.complement();
            case 's' -> ByteSet.SPACE;
            case 'S' -> ByteSet.SPACE.complement();
            case 't' -> ByteSet.of('\t');
            case 'n' -> ByteSet.of('\n');
            case 'r' -> ByteSet.of('\r');
            case 'f' -> ByteSet.of('\f');
            case 'x' -> hex(start);
            default -> {
                if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                    throw new ExpressionException("escape \\" + c + " is not supported", start);
                }
                if (c >= 0x80) {
                    throw new ExpressionException("no escape stands before " + c, start);
                }
                yield ByteSet.of(c);
            }
        };
    }

    private ByteSet hex(int start) throws ExpressionException {
        int high = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new ExpressionException("\\x needs two hexadecimal digits", start);
        }
        at += 2;
        return ByteSet.of(high << 4 | low);
    }

    private ByteSet cased(ByteSet set) {
        return ignoresCase ? set.inBothCases() : set;
    }

    /** The next character; 0 at the end, which no branch looks for. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    /** Reads the rest of {@code [...]}; the opening bracket is read. */
    private final class ClassReader {
        private final int start;

        ClassReader(int start) {
            this.start = start;
        }

        ByteSet read() throws ExpressionException {
            boolean negated = peek() == '^';
            if (negated) {
                at++;
            }
            ByteSet set = ByteSet.EMPTY;
            while (peek() != ']') {
                int itemStart = at;
                ByteSet item = member();
                if (peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                    at++;
                    item = span(item, member(), itemStart);
                }
                set = set.or(item);
            }
            at++;
            if (set.isEmpty()) {
                throw new ExpressionException("empty class", start);
            }
            // A negated class excludes both cases of a letter when case is ignored.
            return negated ? cased(set).complement() : set;
        }

        private ByteSet member() throws ExpressionException {
            if (at == text.length()) {
                throw new ExpressionException("unclosed '['", start);
            }
            char c = text.charAt(at++);
            if (c == '\\') {
                return escapedSet(at - 1);
            }
            if (c == '[' || (c == '&' && peek() == '&')) {
                throw new ExpressionException("write \\" + c + " inside a class", at - 1);
            }
            if (c >= 0x80) {
                throw new ExpressionException("a class holds ASCII and \\xHH alone", at - 1);
            }
            return ByteSet.of(c);
        }

        private ByteSet span(ByteSet low, ByteSet high, int itemStart) throws ExpressionException {
            int first = single(low);
            int last = single(high);
            if (first < 0 || last < first) {
                throw new ExpressionException("bad range", itemStart);
            }
            return ByteSet.range(first, last);
        }

        private static int single(ByteSet set) {
            if (set.size() != 1) {
                return -1;
            }
            int value = 0;
            while (!set.contains(value)) {
                value++;
            }
            return value;
        }
    }
}
