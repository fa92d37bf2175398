package clawsec.detect.engine;

import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.Tracker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The search for one pattern in one text. It sleeps until a literal of the pattern was seen, then
 * reads from as far back as a match with that literal can start, and sleeps again when nothing is
 * alive. It reads in two ways: it seeks with the fast automaton until a match may end, then tracks
 * from as far back as that match can start until the leftmost longest one is certain, and goes on
 * after it. Confined to its scan.
 */
final class Run {
    private final int index;
    private final Pattern pattern;
    private final Automaton automaton;
    private final long[] state;
    private boolean isAwake;
    private @Nullable Tracker tracker;

    /** Up to where it has read. */
    private long place;

    /** Matches start here or later. */
    private long floor;

    /** It does not sleep before this place: the literal that woke it ends there. */
    private long settled;

    /** The furthest it ever read, which a match's decision may have needed. */
    private long furthest;

    Run(int index, Pattern pattern) {
        this.index = index;
        this.pattern = pattern;
        this.automaton = pattern.automaton();
        this.state = new long[automaton.stateLength()];
    }

    /** Takes note of a literal that ends at {@code place}. */
    void wake(long literalEnd) {
        settled = literalEnd;
        if (!isAwake) {
            isAwake = true;
            place = Math.max(place, literalEnd - pattern.literals().reach());
            floor = place;
            Arrays.fill(state, 0);
        }
    }

    boolean isAwake() {
        return isAwake;
    }

    /** Whether a match was seen, though it may get longer. */
    boolean isTracking() {
        return tracker != null;
    }

    /** Where the match seen ends so far. */
    long seenEnd() {
        return tracker == null ? place : tracker.matchEnd();
    }

    /** The first place whose byte is still needed. */
    long keepFrom() {
        return tracker == null ? place : Math.min(place, tracker.matchStart());
    }

    /** Reads up to the place {@code to}. */
    void read(Window text, long to, Waiting found) {
        while (isAwake && place < to) {
            if (tracker == null) {
                seek(text, to);
            } else {
                track(tracker, text, to, found);
            }
        }
    }

    /** Whether a match was seen or would be if the text ended here. */
    boolean isPending() {
        return isAwake && (tracker != null || automaton.endsAtEnd(state));
    }

    /** Takes matches as they are here, as if the text ended. */
    void conclude(Window text, Waiting found) {
        long end = place;
        while (isPending()) {
            Tracker last = tracker == null ? tracker(end) : tracker;
            last.read(text.bytes(), text.base(), end);
            last.end();
            tracker = last;
            track(last, text, end, found);
            read(text, end, found);
        }
    }

    /** Forgets the text. */
    void reset() {
        isAwake = false;
        tracker = null;
        place = 0;
        floor = 0;
        settled = 0;
        furthest = 0;
    }

    /**
     * The earliest place before {@code end} where a match that is not complete starts; -1: none.
     */
    long earliestPartial(Window text, long end) {
        if (tracker != null && tracker.hasMatch()) {
            return tracker.matchStart();
        }
        Tracker partial = tracker(end);
        partial.read(text.bytes(), text.base(), end);
        return partial.earliestAlive();
    }

    private void seek(Window text, long to) {
        long base = text.base();
        int stop =
                automaton.seek(
                        state,
                        text.bytes(),
                        (int) (place - base),
                        (int) (to - base),
                        (int) (settled - base));
        if (stop < 0) {
            place = base + ~stop;
            tracker = tracker(place);
            tracker.read(text.bytes(), base, place);
        } else {
            place = base + stop;
            isAwake = place < settled || !automaton.isIdle(state);
        }
        furthest = Math.max(furthest, place);
    }

    private void track(Tracker current, Window text, long to, Waiting found) {
        current.read(text.bytes(), text.base(), to);
        place = current.place();
        furthest = Math.max(furthest, place);
        if (!current.isDecided()) {
            return;
        }
        tracker = null;
        Arrays.fill(state, 0);
        if (current.hasMatch()) {
            found.add(index, current.matchStart(), current.matchEnd(), furthest);
            floor = current.matchEnd();
            place = floor;
        }
    }

    private Tracker tracker(long end) {
        long from = Math.max(floor, end - pattern.longestUndecidedBytes());
        return new Tracker(automaton, from, Pattern.MAX_MATCH_BYTES);
    }
}
