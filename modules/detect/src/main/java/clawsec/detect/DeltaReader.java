package clawsec.detect;

import clawsec.detect.DeltaNames.Kind;
import clawsec.detect.decode.JsonString;

/**
 * Reads the JSON of one event after another and gives the strings in it that may be pieces of a
 * longer text ({@link DeltaNames}), each with a key that is the same for what stands at the same
 * place from event to event.
 *
 * <p>That place is the path of names and of indexes in arrays, and the indexes that the objects
 * around give themselves: {@code index}, {@code output_index}, {@code item_id} and the like; 0
 * counts as none. They may stand behind the string, so strings are held until the event ends; of
 * events with more than {@link #HELD_BYTES} of them, the rest is given at once by what is known.
 *
 * <p>Nothing is wrong here: what is no JSON gives what looks like it. Confined to its scan.
 */
final class DeltaReader {
    /** Strings of an event are held up to so many bytes, and so many of them. */
    static final int HELD_BYTES = 4096;

    static final int MAX_HELD = 64;

    /** What stands deeper is passed over. */
    static final int MAX_DEPTH = 32;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Sink sink;
    private final DeltaNames names = new DeltaNames();
    private final JsonString string = new JsonString();
    private final byte[] held = new byte[HELD_BYTES];
    private final long[] heldKeys = new long[MAX_HELD];
    private final int[] heldEnds = new int[MAX_HELD];
    private int heldCount;

    /** By depth, objects and lists that are open; an event is a list of one value. */
    private final boolean[] isArray = new boolean[MAX_DEPTH + 1];

    private final boolean[] isDelta = new boolean[MAX_DEPTH + 1];
    private final long[] path = new long[MAX_DEPTH + 1];

    /** What the objects say of themselves; 0 for nothing. */
    private final long[] index = new long[MAX_DEPTH + 1];

    /** How many strings were held when they began. */
    private final int[] firstHeld = new int[MAX_DEPTH + 1];

    /** Of an object the member at hand, of an array the element. */
    private final Kind[] kind = new Kind[MAX_DEPTH + 1];

    private final long[] member = new long[MAX_DEPTH + 1];
    private int depth;
    private State state = State.BETWEEN;
    private boolean isNameDue;
    private long scalar;

    /** The key of a string that is no longer held; 0 while it is. */
    private long givenKey;

    private boolean isBegun;

    private enum State {
        BETWEEN,
        NAME,
        INDEX,
        TEXT,
        PASSED_OVER,
        /** A number that is an index. */
        NUMBER
    }

    /** Takes the strings. */
    interface Sink {
        /**
         * A piece of a string that is not empty.
         *
         * @param key of what it may be a part of
         * @param isFirst whether it is the string's first
         * @param bytes valid during the call
         */
        void text(long key, boolean isFirst, byte[] bytes, int from, int count);
    }

    DeltaReader(Sink sink) {
        this.sink = sink;
        begin();
    }

    /** Reads a piece of an event. */
    void read(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            at =
                    switch (state) {
                        case BETWEEN -> readBetween(text, at, to);
                        case NUMBER -> readNumber(text, at, to);
                        case PASSED_OVER -> string.skip(text, at, to);
                        case NAME, INDEX, TEXT -> readString(text, at, to);
                    };
            if (state == State.PASSED_OVER && string.isEnded()) {
                state = State.BETWEEN;
            }
        }
    }

    /** The event ended. */
    void end() {
        if (state == State.NUMBER) {
            takeIndex();
        }
        giveHeld();
        begin();
    }

    private void begin() {
        state = State.BETWEEN;
        depth = 0;
        isArray[0] = true;
        isDelta[0] = false;
        path[0] = 0;
        index[0] = 0;
        member[0] = 0;
        kind[0] = Kind.TEXT;
        isNameDue = false;
        givenKey = 0;
    }

    private int readBetween(byte[] text, int from, int to) {
        int at = from;
        while (at < to && state == State.BETWEEN) {
            byte next = text[at++];
            switch (next) {
                case '{', '[' -> open(next == '[');
                case '}', ']' -> close();
                case ',' -> next();
                case ':' -> isNameDue = false;
                case '"' -> beginString();
                default -> {
                    if (next > ' ' && !isNameDue && isIndexDue()) {
                        state = State.NUMBER;
                        scalar = 0;
                        at--;
                    }
                }
            }
        }
        return at;
    }

    private boolean isIndexDue() {
        return depth <= MAX_DEPTH && kind[depth] == Kind.INDEX && !isArray[depth];
    }

    private void open(boolean isList) {
        depth++;
        isNameDue = !isList;
        if (depth > MAX_DEPTH) {
            return;
        }
        isArray[depth] = isList;
        isDelta[depth] = isDelta[depth - 1] || kind[depth - 1] == Kind.DELTA;
        path[depth] = mix(path[depth - 1], member[depth - 1]);
        index[depth] = 0;
        firstHeld[depth] = heldCount;
        member[depth] = isList ? 1 : 0;
        // Strings in a list are what its name says.
        kind[depth] = isList ? kind[depth - 1] : Kind.UNKNOWN;
    }

    private void close() {
        if (depth == 0) {
            return;
        }
        if (depth <= MAX_DEPTH) {
            applyIndex(depth);
        }
        depth--;
        isNameDue = false;
    }

    /** Tells the strings held in an object which one it is. */
    private void applyIndex(int at) {
        if (index[at] != 0) {
            for (int i = firstHeld[at]; i < heldCount; i++) {
                heldKeys[i] = mix(heldKeys[i], index[at] + at);
            }
        }
    }

    private void next() {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (isArray[depth]) {
            member[depth]++;
        } else {
            isNameDue = true;
        }
    }

    private void beginString() {
        string.begin();
        if (depth > MAX_DEPTH) {
            state = State.PASSED_OVER;
        } else if (isNameDue) {
            names.begin();
            state = State.NAME;
        } else if (isIndexDue()) {
            scalar = 0;
            state = State.INDEX;
        } else {
            Kind its = kind[depth];
            boolean isText =
                    its == Kind.TEXT
                            || its == Kind.DELTA
                            || (isDelta[depth] && its == Kind.UNKNOWN);
            state = isText ? State.TEXT : State.PASSED_OVER;
            isBegun = false;
        }
    }

    private int readString(byte[] text, int from, int to) {
        int at = string.read(text, from, to);
        int count = string.length();
        switch (state) {
            case NAME -> names.add(string.bytes(), 0, count);
            case INDEX -> addScalar(string.bytes(), count);
            default -> addText(string.bytes(), count);
        }
        if (string.isEnded()) {
            endString();
        }
        return at;
    }

    private void endString() {
        switch (state) {
            case NAME -> {
                member[depth] = names.hash();
                kind[depth] = names.kind();
            }
            case INDEX -> takeIndex();
            default -> givenKey = 0;
        }
        state = State.BETWEEN;
    }

    private int readNumber(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            byte next = text[at];
            if (next == ',' || next == '}' || next == ']' || next <= ' ') {
                takeIndex();
                state = State.BETWEEN;
                break;
            }
            scalar = mix(scalar, next);
            at++;
        }
        return at;
    }

    private void addScalar(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            scalar = mix(scalar, bytes[i]);
        }
    }

    private void takeIndex() {
        if (scalar != mix(0, '0') && scalar != 0) {
            // In whatever order they stand.
            index[depth] += mix(scalar, member[depth]);
        }
    }

    private void addText(byte[] bytes, int count) {
        if (count == 0) {
            return;
        }
        if (givenKey != 0) {
            sink.text(givenKey, false, bytes, 0, count);
            return;
        }
        int used = heldCount == 0 ? 0 : heldEnds[heldCount - 1];
        boolean isNew = !isBegun;
        if (used + count > HELD_BYTES || (isNew && heldCount == MAX_HELD)) {
            giveHeldEarly();
            sink.text(givenKey, isNew, bytes, 0, count);
            isBegun = true;
            return;
        }
        System.arraycopy(bytes, 0, held, used, count);
        if (isNew) {
            heldKeys[heldCount++] = textKey();
            isBegun = true;
        }
        heldEnds[heldCount - 1] = used + count;
    }

    /** The key of the string at hand by its path. */
    private long textKey() {
        return mix(path[depth], member[depth]);
    }

    /** Gives what is held by the indexes known so far, and the string at hand from now on. */
    private void giveHeldEarly() {
        long key = textKey();
        for (int at = depth; at >= 0; at--) {
            applyIndex(at);
            key = index[at] == 0 ? key : mix(key, index[at] + at);
            firstHeld[at] = 0;
        }
        giveHeld();
        givenKey = key == 0 ? 1 : key;
    }

    private void giveHeld() {
        int from = 0;
        for (int i = 0; i < heldCount; i++) {
            sink.text(heldKeys[i], true, held, from, heldEnds[i] - from);
            from = heldEnds[i];
        }
        heldCount = 0;
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * MIX;
        return mixed ^ mixed >>> 32;
    }
}
