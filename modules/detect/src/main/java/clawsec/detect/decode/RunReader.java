package clawsec.detect.decode;

/**
 * Finds runs of characters that may be binary data written as text, looks whether text comes out,
 * and decodes them if so. A run is as long as its characters are of the {@link Alphabet}; one of
 * base64 goes on behind a line break.
 *
 * <p>Where sixteen characters follow each other, {@link Signs} tell. Of a run the first characters
 * are decoded on trial. A picture, a font, a signature or a word does not give text; a run of which
 * the beginning does not is looked at again every {@link #BLOCK_CHARACTERS}, and one that stops
 * giving text is left.
 *
 * <p>What is given depends on the text, not on the pieces it comes in. Confined to its scan.
 */
public final class RunReader {
    /** A shorter run is left. */
    public static final int MIN_CHARACTERS = 16;

    /** That many are decoded on trial, or as many as the run has. */
    static final int LOOK_CHARACTERS = 64;

    /** After that many the look is repeated. */
    static final int BLOCK_CHARACTERS = 1024;

    /** How often a look is tried in one run, each behind a slash, or {@code 0x}. */
    static final int MAX_LOOKS = 8;

    private static final int OUTPUT_BYTES = 256;

    /** How far behind a line break a run may go on. */
    private static final int MAX_INDENT = 16;

    private enum State {
        SEARCH,
        LOOK,
        SKIP,
        DECODE
    }

    private final RunSink sink;
    private final byte[] out = new byte[OUTPUT_BYTES];
    private State state = State.SEARCH;
    private RunCode code = RunCode.BASE64;

    /** Up to where the text is read; while searching, where the next run may begin. */
    private long place;

    /** Where the run begins that is looked at or decoded. */
    private long start;

    /** Where the next look is due. */
    private long blockEnd;

    private int looks;

    /** Whether the characters looked at are letters of both cases. */
    private boolean isMixed;

    private boolean isCompressed;
    private int pending;
    private int pendingBits;

    /** Where the line began that is decoded. */
    private long lineStart;

    /** Characters of the first line; 0 before its end. */
    private long lineLength;

    public RunReader(RunSink sink) {
        this.sink = sink;
    }

    /**
     * Reads what is new of a text.
     *
     * @param isFlush whether to decide by what is there
     * @param isEnd whether the text ends there; what is read next is another one
     */
    public void read(History history, boolean isFlush, boolean isEnd) {
        byte[] text = history.bytes();
        boolean goesOn = true;
        while (goesOn) {
            goesOn =
                    switch (state) {
                        case SEARCH -> search(history, text);
                        case LOOK -> look(history, text, isFlush || isEnd, isEnd);
                        case SKIP -> skip(history);
                        case DECODE -> decode(history, text, isFlush || isEnd);
                    };
        }
        if (isEnd) {
            if (state == State.DECODE) {
                sink.endRun();
            }
            state = State.SEARCH;
            place = 0;
        }
    }

    /** Whether what a run stands for is compressed text. */
    public static boolean isPacked(byte[] bytes) {
        return TextLook.isCompressed(bytes, bytes.length)
                || DeflateLook.isText(bytes, 0, bytes.length);
    }

    /** Whether there is a run that would be decoded if the text ended here. */
    public boolean isPending() {
        return state == State.LOOK && place - start >= MIN_CHARACTERS;
    }

    private boolean search(History history, byte[] text) {
        Signs signs = history.signs();
        int end = history.length();
        int at = history.index(place);
        int from = signs.nextRun(at, MIN_CHARACTERS);
        while (from < end) {
            int to = signs.runEnd(from, end);
            boolean isWhole = to < end && to - from <= LOOK_CHARACTERS;
            if (!isWhole || !Alphabet.isWords(text, from, to)) {
                startLook(history.base() + from, 0);
                place = history.base() + to;
                return true;
            }
            at = to + 1;
            from = signs.nextRun(at, MIN_CHARACTERS);
        }
        // A run may have begun that is not long enough yet.
        from = Math.max(at, end - MIN_CHARACTERS);
        for (int to = signs.runEnd(from, end); to < end; to = signs.runEnd(from, end)) {
            from = to + 1;
        }
        place = history.base() + from;
        return false;
    }

    private void startLook(long from, int looksBefore) {
        state = State.LOOK;
        start = from;
        looks = looksBefore;
    }

    /** Decides about the run that begins at {@link #start}. */
    private boolean look(History history, byte[] text, boolean isFlush, boolean isEnd) {
        int from = history.index(start);
        int to = runEnd(history, from);
        boolean isShort = to == history.length() && to - from < LOOK_CHARACTERS;
        if (isShort && (!isFlush || (!isEnd && to - from < MIN_CHARACTERS))) {
            place = history.base() + to;
            return false;
        }
        if (to - from < MIN_CHARACTERS) {
            search(history.base() + to + 1);
        } else if (isGood(text, from, to)) {
            startDecoding();
        } else {
            int next = ++looks < MAX_LOOKS ? nextStart(text, from, to) : -1;
            if (next >= 0) {
                start = history.base() + next;
            } else {
                state = State.SKIP;
                place = history.base() + to;
                blockEnd = start + BLOCK_CHARACTERS;
            }
        }
        return true;
    }

    /** Where a run ends, or the look at it. */
    private static int runEnd(History history, int from) {
        return history.signs().runEnd(from, Math.min(history.length(), from + LOOK_CHARACTERS));
    }

    /** Whether some code makes text of the characters; it becomes {@link #code}. */
    private boolean isGood(byte[] text, int from, int to) {
        int best = TextLook.ENOUGH - 1;
        isMixed = Alphabet.isMixed(text, from, to);
        for (RunCode each : RunCode.all()) {
            if (!each.isPossible(isMixed)) {
                continue;
            }
            int share = share(each, text, from, from + MIN_CHARACTERS);
            if (share >= TextLook.PROMISING && to - from > MIN_CHARACTERS) {
                share = share(each, text, from, to);
            }
            // Last, since it is seldom needed and takes as long as the rest.
            if (share > best && each.isPlausible(Alphabet.kindsOf(text, from, to))) {
                best = share;
                code = each;
            }
        }
        if (best < TextLook.ENOUGH && isMixed && looks == 0 && isDeflate(text, from, to)) {
            code = RunCode.BASE64;
            best = TextLook.COMPRESSED;
        }
        isCompressed = best == TextLook.COMPRESSED;
        return best >= TextLook.ENOUGH;
    }

    /** Whether base64 makes deflated text of the characters, of which some were just decoded. */
    private boolean isDeflate(byte[] text, int from, int to) {
        return DeflateLook.mayBegin(out, 0)
                && DeflateLook.isText(out, 0, RunCode.BASE64.decode(text, from, to, 0, 0, out));
    }

    private int share(RunCode by, byte[] text, int from, int to) {
        int count = by.decode(text, from, to, 0, 0, out);
        return TextLook.isCompressed(out, count)
                ? TextLook.COMPRESSED
                : TextLook.percentText(out, count);
    }

    /**
     * The index behind the next slash, or {@code 0x}, where a code may begin; -1 when there is
     * none. Without letters of both cases only a code that has no slash itself can.
     */
    private int nextStart(byte[] text, int from, int to) {
        int found = -1;
        for (int i = Alphabet.nearSlash(text, from, to); i < to; i++) {
            if (text[i] == '/' || (text[i] == 'x' && i > from && text[i - 1] == '0')) {
                found = i + 1;
                if (isMixed) {
                    return found;
                }
            } else if (found >= 0 && i + 1 - found >= MIN_CHARACTERS) {
                return found;
            }
        }
        return to - from == LOOK_CHARACTERS ? found : -1;
    }

    private void search(long from) {
        state = State.SEARCH;
        place = from;
    }

    private boolean skip(History history) {
        int end = (int) Math.min(history.length(), blockEnd - history.base());
        int at = history.signs().runEnd(history.index(place), end);
        place = history.base() + at;
        if (place == blockEnd) {
            startLook(blockEnd, MAX_LOOKS - 1);
            return true;
        }
        if (at < history.length()) {
            search(place + 1);
            return true;
        }
        return false;
    }

    private void startDecoding() {
        state = State.DECODE;
        place = start;
        blockEnd = start + BLOCK_CHARACTERS;
        pending = 0;
        pendingBits = 0;
        lineStart = start;
        lineLength = 0;
        sink.beginRun(code.notation(), start);
    }

    private boolean decode(History history, byte[] text, boolean isLast) {
        int end = history.length();
        while (true) {
            int at = history.index(place);
            if (place >= blockEnd && !isCompressed) {
                int to = runEnd(history, at);
                if (to == end && to - at < LOOK_CHARACTERS && !isLast) {
                    return false;
                }
                if (to - at >= MIN_CHARACTERS && !isText(text, at, to)) {
                    sink.endRun();
                    state = State.SKIP;
                    blockEnd = place + BLOCK_CHARACTERS;
                    return true;
                }
                blockEnd = place + BLOCK_CHARACTERS;
            }
            int limit = isCompressed ? end : (int) Math.min(end, blockEnd - history.base());
            int to = decodeLine(text, at, limit, history.base());
            place = history.base() + to;
            if (to == end) {
                return false;
            }
            if (to == limit) {
                continue;
            }
            int next = nextLine(text, to, end, isLast);
            if (next < 0) {
                return false;
            }
            if (next == to) {
                endRun(history, text, to);
                return true;
            }
            place = history.base() + next;
            lineStart = place;
        }
    }

    private boolean isText(byte[] text, int from, int to) {
        int count = code.decode(text, from, to, pending, pendingBits, out);
        return count < 0 || TextLook.percentText(out, count) >= TextLook.ENOUGH;
    }

    /** Decodes up to a character that is none of the code; returns its index. */
    private int decodeLine(byte[] text, int from, int to, long base) {
        byte[] table = code.table();
        int bits = code.bits();
        int at = from;
        while (at < to) {
            int chunk = Math.min(to, at + OUTPUT_BYTES);
            int first = at;
            int count = 0;
            while (at < chunk) {
                int value = table[text[at] & 0xff];
                if (value < 0) {
                    break;
                }
                pending = (pending << bits) | value;
                pendingBits += bits;
                if (pendingBits >= 8) {
                    pendingBits -= 8;
                    out[count++] = (byte) (pending >>> pendingBits);
                }
                at++;
            }
            if (at > first) {
                sink.decoded(out, count, base + first, base + at);
            }
            if (at < chunk) {
                return at;
            }
        }
        return at;
    }

    /**
     * Where the run goes on behind a line break; the same index if it does not, -1 if that is not
     * known yet.
     */
    private int nextLine(byte[] text, int at, int end, boolean isLast) {
        long length = place - lineStart;
        if (length < MIN_CHARACTERS || (lineLength > 0 && length != lineLength)) {
            return at;
        }
        int next = at;
        if (next < end && text[next] == '\r') {
            next++;
        }
        if (next < end && text[next] != '\n') {
            return at;
        }
        next++;
        int indented = next + MAX_INDENT;
        while (next < end && next < indented && (text[next] == ' ' || text[next] == '\t')) {
            next++;
        }
        if (next >= end) {
            return isLast ? at : -1;
        }
        if (!code.isCharacter(text[next])) {
            return at;
        }
        if (lineLength == 0) {
            lineLength = length;
            sink.lineEnded();
        }
        return next;
    }

    private void endRun(History history, byte[] text, int at) {
        sink.endRun();
        if (Alphabet.isMember(text[at])) {
            // The first characters of a line of another code may have been taken for one more.
            boolean isOther = lineStart > start && place - lineStart < MIN_CHARACTERS;
            startLook(isOther ? lineStart : history.base() + at, 0);
        } else {
            search(history.base() + at + 1);
        }
    }
}
