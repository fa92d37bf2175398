package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import clawsec.detect.expression.SeekState;
import clawsec.detect.expression.Seeker;
import clawsec.detect.expression.Tracker;
import org.jspecify.annotations.Nullable;

/**
 * The search for one pattern in one text. It sleeps until a literal of the pattern was seen, then
 * reads from as far back as a match with that literal can start, and sleeps again when nothing is
 * alive. It reads in two ways: it seeks with the fast automaton until a match may end, then tracks
 * from as far back as that match can start until the leftmost longest one is certain, and goes on
 * after it. Confined to its scan.
 */
final class Run {
    private static final long NONE = -1;

    /** The fewest bytes of a match that count before its literal was seen: more than a word. */
    private static final int LEAST_BEFORE_LITERAL = 16;

    private final int index;
    private final Pattern pattern;
    private final Seeker seeker;
    private final SeekState state;
    private @Nullable Tracker tracker;
    private boolean isAwake;
    private boolean isTracking;

    /** Up to where it has read. */
    private long place;

    /** Matches start here or later. */
    private long floor;

    /** The end of the latest match. */
    private long taken;

    /** It does not sleep before this place. */
    private long settled;

    private long readBytes;

    /** Whether its scan has it among those that are awake; one that fell asleep may still be. */
    private boolean isListed;

    Run(int index, Pattern pattern) {
        this.index = index;
        this.pattern = pattern;
        this.seeker = pattern.seeker();
        this.state = seeker.state();
    }

    /**
     * Takes note of a literal. If no match is under way, a pattern whose matches begin with their
     * literal is read from there, and dropped at once if it cannot begin there.
     */
    void wake(long literalEnd, Literal literal) {
        boolean isAtStart = pattern.literals().isAtStart();
        long from = literalEnd - (isAtStart ? literal.length() : pattern.reachBytes());
        settled = Math.max(settled, isAtStart ? from + 1 : literalEnd);
        if (!isAwake) {
            isAwake = true;
            place = Math.max(place, from);
            floor = place;
            seeker.clear(state);
        }
    }

    /** The index of its pattern. */
    int pattern() {
        return index;
    }

    /** Up to where it has read. */
    long place() {
        return place;
    }

    boolean isListed() {
        return isListed;
    }

    void list(boolean isInList) {
        isListed = isInList;
    }

    boolean isAwake() {
        return isAwake;
    }

    /** Whether a match was seen, though it may get longer. */
    boolean isTracking() {
        return isTracking;
    }

    /**
     * Reads ahead for a match that was seen.
     *
     * @param to a place up to which it may
     * @return the place at which the match is certain and followed by some bytes; {@link
     *     Long#MAX_VALUE} when it is not certain there
     */
    long readyAt(Window text, long to, int followingBytes) {
        Tracker tracker = tracking();
        tracker.read(text.bytes(), text.base(), to);
        long decided = tracker.decidedAt();
        return decided > to
                ? Long.MAX_VALUE
                : Math.max(decided, tracker.matchEnd() + followingBytes);
    }

    /** The first place whose byte is still needed. */
    long keepFrom() {
        return isTracking ? Math.min(place, tracking().keepFrom()) : place;
    }

    /** How many bytes it has read so far, repeated reading counted again. */
    long readBytes() {
        return readBytes + (tracker == null ? 0 : tracker.readBytes());
    }

    /** Reads up to the place {@code to}. */
    void read(Window text, long to, Waiting found) {
        while (isAwake && place < to) {
            if (isTracking) {
                track(text, to, found);
            } else {
                seek(text, to);
            }
        }
    }

    /** Whether a match was seen or would be if the text ended here. */
    boolean isPending() {
        return isAwake && (isTracking || seeker.endsAtEnd(state, place));
    }

    /** Takes matches as they are here, as if the text ended. */
    void conclude(Window text, Waiting found) {
        long end = place;
        while (isPending()) {
            if (!isTracking) {
                startTracking(text, true);
            }
            tracking().end(text.bytes(), text.base());
            take(found);
            read(text, end, found);
        }
    }

    /** Forgets the text. */
    void reset() {
        isAwake = false;
        isTracking = false;
        isListed = false;
        state.release();
        if (tracker != null) {
            tracker.release();
        }
        place = 0;
        floor = 0;
        taken = 0;
        settled = 0;
    }

    /**
     * The earliest place before {@code end}, up to where all is read, where a match that is not
     * complete starts; -1: none. Where it holds no literal yet, a few bytes do not count.
     *
     * @param refused the earliest place where one may start that was not woken for
     */
    long earliestPartial(Window text, long end, long refused) {
        if (isTracking) {
            return tracking().earliestSeen(text.bytes(), text.base(), end);
        }
        boolean isUnderWay = isAwake ? !seeker.isIdle(state) : mayHaveBegun(text, end);
        if (!isUnderWay && refused >= end) {
            return NONE;
        }
        long known = isUnderWay ? earliestStart(end) : refused;
        long from = Math.max(Math.min(known, Math.max(taken, refused)), text.base());
        long start = tracker().earliestAlive(text.bytes(), text.base(), from, end);
        boolean hasLiteral = start >= refused || (isAwake && start < settled);
        return hasLiteral || start <= end - LEAST_BEFORE_LITERAL ? start : NONE;
    }

    /** Whether a part of a match long enough to count ends here, without its literal. */
    private boolean mayHaveBegun(Window text, long end) {
        long from = Math.max(floor, end - pattern.reachBytes());
        long last = end - LEAST_BEFORE_LITERAL;
        if (pattern.literals().isAtStart() || last < from) {
            return false;
        }
        // While it sleeps the state is free; waking clears it.
        seeker.clear(state);
        int first = (int) (Math.max(from, text.base()) - text.base());
        int stop = (int) (last + 1 - text.base());
        while (first < stop) {
            int at = seeker.seek(state, text.bytes(), text.base(), first, stop, stop);
            readBytes += Math.max(at, ~at) - first;
            first = Math.max(at, ~at);
        }
        return seeker.outlives(state, text.bytes(), text.base(), stop, (int) (end - text.base()));
    }

    private void seek(Window text, long to) {
        long base = text.base();
        long from = place;
        int stop =
                seeker.seek(
                        state,
                        text.bytes(),
                        base,
                        (int) (place - base),
                        (int) (to - base),
                        (int) (settled - base));
        place = base + (stop < 0 ? ~stop : stop);
        readBytes += place - from;
        if (stop < 0) {
            startTracking(text, false);
        } else {
            isAwake = place < settled || !seeker.isIdle(state);
        }
    }

    private void track(Window text, long to, Waiting found) {
        tracking().read(text.bytes(), text.base(), to);
        if (tracking().decidedAt() <= to) {
            take(found);
        } else {
            place = to;
        }
    }

    /** Hands over the match that is certain and goes on after it. */
    private void take(Waiting found) {
        Tracker tracker = tracking();
        found.add(index, tracker.matchStart(), tracker.matchEnd());
        isTracking = false;
        taken = tracker.matchEnd();
        floor = taken;
        place = floor;
        seeker.clear(state);
    }

    /**
     * Begins to track a match that ends here.
     *
     * @param isAtEnd whether the text does too
     */
    private void startTracking(Window text, boolean isAtEnd) {
        tracker().start(state, text.bytes(), text.base(), earliestStart(place), place, isAtEnd);
        isTracking = true;
    }

    /** A place before which no match starts that is under way at {@code end}. */
    private long earliestStart(long end) {
        long longest = end - pattern.longestUndecidedBytes();
        return Math.max(Math.max(floor, longest), seeker.aliveSince(state));
    }

    private Tracker tracker() {
        Tracker made = tracker;
        if (made == null) {
            made = pattern.tracker();
            tracker = made;
        }
        return made;
    }

    private Tracker tracking() {
        if (tracker == null) {
            throw new IllegalStateException("nothing is tracked");
        }
        return tracker;
    }
}
