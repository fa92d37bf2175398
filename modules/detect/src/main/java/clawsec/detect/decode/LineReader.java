package clawsec.detect.decode;

import java.util.Arrays;

/**
 * Reads lines as a shell would, where one shows a sign of being obfuscated; what stands in a string
 * of JSON is a line too. Of a line that is long, what is read begins {@link #LOOK_BACK_BYTES}
 * before the sign, with a whole word if there is one, and has {@link #MAX_LINE_BYTES} at most.
 * Confined to its scan.
 */
public final class LineReader {
    /** A longer line is read in parts of this many bytes. */
    public static final int MAX_LINE_BYTES = 4096;

    /** The most bytes of a line before its first sign. */
    static final int LOOK_BACK_BYTES = 384;

    /** From how far before its first sign on bytes are given that stand before a line. */
    private static final int LEAD_BYTES = History.LOOK_BACK_BYTES - 64;

    /** How far ahead a sign is looked at. */
    private static final int NEAR_BYTES = 64;

    /** What stands in no secret. */
    private static final String WORD_ENDS = " \t;&|";

    private final Sink sink;
    private final Decoder shell = new ShellWords();

    /** The line with a sign, as far as it was read. */
    private byte[] line = new byte[0];

    /** A line end, and room for what a text begins with. */
    private final byte[] front = new byte[1 + NEAR_BYTES];

    private int length;

    /** What stands before it. */
    private byte[] lead = new byte[0];

    private int leadLength;

    private boolean hasSign;
    private boolean isCut;
    private long place;

    /** Where the last line that was read ended. */
    private long lineEnd;

    /** Takes what lines stand for. */
    public interface Sink {
        /** Whether a line of so many bytes may be read, which takes long. */
        boolean mayRead(int bytes);

        /**
         * A line that reads otherwise.
         *
         * @param lead some bytes before it
         * @param from the place of its first byte
         * @param isCut whether it begins within a word
         */
        void line(byte[] raw, byte[] read, byte[] lead, long from, boolean isCut);
    }

    public LineReader(Sink sink) {
        this.sink = sink;
        front[0] = '\n';
    }

    /**
     * Reads what is new of a text.
     *
     * @param isFlush whether to decide by what is there; the line goes on
     * @param isEnd whether the text ends there; what is read next is another one
     */
    public void read(History history, boolean isFlush, boolean isEnd) {
        boolean isLast = isFlush || isEnd;
        boolean goesOn = true;
        while (goesOn) {
            goesOn = hasSign ? collect(history) : search(history, isLast);
        }
        if (isLast && hasSign) {
            endLine(place);
        }
        if (isEnd) {
            place = 0;
            lineEnd = 0;
        }
    }

    /** Looks for the next sign; true if there is one. */
    private boolean search(History history, boolean isLast) {
        byte[] text = history.bytes();
        int end = history.length();
        int at = history.index(place);
        if (place == 0 && end > 0) {
            if (end <= NEAR_BYTES && !isLast) {
                return false;
            }
            if (beginsWithSign(text, end)) {
                begin(history, 0);
                return true;
            }
            at = 1;
        }
        while (at > 0 && at < end) {
            at = history.signs().nextShell(at - 1, end - 1) + 1;
            if (at == end || (!isLast && end - at <= NEAR_BYTES)) {
                break;
            }
            if (!isSeparator(text, at) && ShellSigns.isSign(text, at, end)) {
                begin(history, at);
                return true;
            }
            at++;
        }
        place = history.base() + Math.min(at, end);
        return false;
    }

    /** Signs are told by what stands before them: here that is the beginning. */
    private boolean beginsWithSign(byte[] text, int end) {
        int count = Math.min(end, NEAR_BYTES);
        System.arraycopy(text, 0, front, 1, count);
        return ShellSigns.isSign(front, 1, count + 1);
    }

    /** Whether there is a sign in a text that is there as a whole, behind a line end. */
    static boolean holdsSign(Signs signs, byte[] text, int from, int to) {
        int at = signs.nextShell(from - 1, to - 1) + 1;
        while (at < to) {
            if (!isSeparator(text, at) && ShellSigns.isSign(text, at, to)) {
                return true;
            }
            at = signs.nextShell(at, to - 1) + 1;
        }
        return false;
    }

    /** Begins a line with what stands before a sign. */
    private void begin(History history, int at) {
        byte[] text = history.bytes();
        int earliest = Math.max(0, Math.max(at - LOOK_BACK_BYTES, history.index(lineEnd)));
        int from = at;
        while (from > earliest && !isSeparator(text, from - 1)) {
            from--;
        }
        isCut = from > 0 ? !isSeparator(text, from - 1) : history.base() > 0;
        if (isCut) {
            int wordEnd = from;
            while (wordEnd < at && WORD_ENDS.indexOf(text[wordEnd]) < 0) {
                wordEnd++;
            }
            isCut = wordEnd == at;
            from = isCut ? from : wordEnd + 1;
        }
        hasSign = true;
        place = history.base() + at;
        int leadStart = Math.max(0, at - LEAD_BYTES);
        lead = lead.length == 0 ? new byte[LEAD_BYTES] : lead;
        leadLength = from - leadStart;
        System.arraycopy(text, leadStart, lead, 0, leadLength);
        take(text, from, at);
    }

    /** Takes the rest of a line; true if it ends. */
    private boolean collect(History history) {
        byte[] text = history.bytes();
        int from = history.index(place);
        int limit = Math.min(history.length(), from + MAX_LINE_BYTES - length);
        int at = from;
        while (at < limit && !isSeparator(text, at)) {
            at++;
        }
        take(text, from, at);
        place = history.base() + at;
        if (at == history.length()) {
            return false;
        }
        endLine(place);
        if (at < limit) {
            place++;
        }
        return true;
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
        if (!isBinary() && sink.mayRead(length)) {
            int count = length;
            shell.decode(line, 0, count)
                    .ifPresent(read ->
                            sink.line(Arrays.copyOf(line, count), read, lead, end - count, isCut));
        }
        length = 0;
        hasSign = false;
        lineEnd = end;
    }
}
