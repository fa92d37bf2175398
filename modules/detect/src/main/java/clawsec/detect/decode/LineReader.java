package clawsec.detect.decode;

import java.util.Arrays;

/**
 * Reads lines as a shell would, where one shows a sign of being obfuscated; what stands in a string
 * of JSON is a line too. A line that is too long is read in parts. Confined to its scan.
 */
public final class LineReader {
    /** A longer line is read in parts of this many bytes. */
    public static final int MAX_LINE_BYTES = 4096;

    /** How far ahead a sign is looked at. */
    private static final int NEAR_BYTES = 32;

    /** With what the commands begin of which a shell's output is known. */
    private static final String OUTPUT_COMMANDS = "bceprwx/";

    private static final boolean[] SIGNS = new boolean[256];

    static {
        for (char sign : "\n$`^\\'\"{".toCharArray()) {
            SIGNS[sign] = true;
        }
    }

    private final Sink sink;
    private final Decoder shell = new ShellWords();
    private byte[] line = new byte[0];
    private int length;
    private long place;
    private boolean hasSign;

    /** Takes what lines stand for. */
    public interface Sink {
        /** Whether a line of so many bytes may be read, which takes long. */
        boolean mayRead(int bytes);

        /**
         * A line that reads otherwise.
         *
         * @param from the place of its first byte
         */
        void line(byte[] raw, byte[] read, long from);
    }

    public LineReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads what is new of a text.
     *
     * @param isFlush whether to decide by what is there; the line goes on
     * @param isEnd whether the text ends there; what is read next is another one
     */
    public void read(History history, boolean isFlush, boolean isEnd) {
        byte[] text = history.bytes();
        int end = history.length();
        boolean isLast = isFlush || isEnd;
        int from = history.index(place);
        int at = from;
        while (at < end) {
            int limit = Math.min(end, from + MAX_LINE_BYTES - length);
            at = next(text, at, limit);
            boolean isSeparator = at < limit && isSeparator(text, at);
            if (at < limit && !isSeparator) {
                if (!isLast && end - at <= NEAR_BYTES) {
                    break;
                }
                hasSign |= isSign(text, at, end);
                at++;
            } else if (isSeparator || length + at - from == MAX_LINE_BYTES) {
                take(text, from, at);
                endLine(history.base() + at);
                at += isSeparator ? 1 : 0;
                from = at;
            }
        }
        take(text, from, at);
        place = history.base() + at;
        if (isLast) {
            endLine(place);
        }
        if (isEnd) {
            place = 0;
        }
    }

    private static int next(byte[] text, int from, int to) {
        int at = from;
        while (at < to && !SIGNS[text[at] & 0xff]) {
            at++;
        }
        return at;
    }

    /** Whether a line ends: at a line break, and where a string of JSON begins. */
    private static boolean isSeparator(byte[] text, int at) {
        if (text[at] == '\n') {
            return true;
        }
        if (text[at] != '"' || at == 0) {
            return false;
        }
        boolean isBehindSpace = text[at - 1] == ' ' && at > 1;
        return ":,{[".indexOf(text[isBehindSpace ? at - 2 : at - 1]) >= 0;
    }

    /** Whether a sign is worth a closer look at its line; most quotes are not. */
    private static boolean isSign(byte[] text, int at, int end) {
        if (at + 1 >= end || at == 0) {
            return true;
        }
        byte before = text[at - 1];
        byte after = text[at + 1];
        return switch (text[at]) {
            case '\'', '"' -> isWordPart(text, at, end);
            case '\\' ->
                    Alphabet.isLetter(after)
                            && ("bfnrtu".indexOf(after) < 0 || (before == '|' || before == ' '));
            case '^' -> Alphabet.isLetter(before) && Alphabet.isLetter(after);
            case '`' ->
                    Alphabet.isLetter(before)
                            ? Alphabet.isLetter(after)
                            : OUTPUT_COMMANDS.indexOf(after) >= 0;
            case '{' -> Alphabet.isLetter(after) && " \n;|&`".indexOf(before) >= 0;
            default -> isExpansion(text, at, end);
        };
    }

    private static boolean isExpansion(byte[] text, int at, int end) {
        byte after = text[at + 1];
        byte next = at + 2 < end ? text[at + 2] : 0;
        return switch (after) {
            case '\'' -> true;
            case '@', '*' -> Alphabet.isLetter(next);
            case '(' -> OUTPUT_COMMANDS.indexOf(next) >= 0;
            case '{' -> "I@*#!".indexOf(next) >= 0 || isBehindAssignment(text, at);
            case 'I' -> next == 'F' || isBehindAssignment(text, at);
            default ->
                    after >= '1' && after <= '9'
                            ? Alphabet.isLetter(next)
                            : Alphabet.isLetter(after) && isBehindAssignment(text, at);
        };
    }

    /** Whether a variable may have been set a little before. */
    private static boolean isBehindAssignment(byte[] text, int at) {
        for (int i = at - 1; i > 0 && i > at - 2 * NEAR_BYTES; i--) {
            if (text[i] == '=' && Alphabet.isLetterOrDigit(text[i - 1])) {
                return true;
            }
        }
        return false;
    }

    /** Whether something short is quoted, with a word going on at least on one side. */
    private static boolean isWordPart(byte[] text, int at, int end) {
        int close = at + 1;
        int limit = Math.min(end - 1, at + NEAR_BYTES - 1);
        while (close < limit && text[close] != text[at]) {
            if (text[close] == ' ' || text[close] == '\n') {
                return false;
            }
            close++;
        }
        if (close >= limit) {
            return close == end - 1;
        }
        byte before = text[at - 1];
        byte after = text[close + 1];
        if (Alphabet.isLetterOrDigit(after)) {
            return Alphabet.isMember(before) || " \n;|&(`".indexOf(before) >= 0;
        }
        return (Alphabet.isMember(before) || before == '\n' || before == '|')
                && (after == ' ' || after == '\n' || after == '|');
    }

    private void take(byte[] text, int from, int to) {
        int count = to - from;
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.clamp(2L * (length + count), 256, MAX_LINE_BYTES));
        }
        System.arraycopy(text, from, line, length, count);
        length += count;
    }

    /** Whether there are control characters that no command has. */
    private boolean isBinary() {
        for (int i = 0; i < length; i++) {
            if (line[i] >= 0 && line[i] < '\b') {
                return true;
            }
        }
        return false;
    }

    private void endLine(long end) {
        if (hasSign
                && !isBinary()
                && ShellWords.firstSign(line, 0, length) >= 0
                && sink.mayRead(length)) {
            int count = length;
            shell.decode(line, 0, count)
                    .ifPresent(read -> sink.line(Arrays.copyOf(line, count), read, end - count));
        }
        length = 0;
        hasSign = false;
    }
}
