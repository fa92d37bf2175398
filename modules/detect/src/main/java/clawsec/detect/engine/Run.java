package clawsec.detect.engine;

import clawsec.detect.expression.Literal;
import clawsec.detect.expression.SeekState;
import clawsec.detect.expression.Seeker;
import clawsec.detect.expression.Tracker;
import clawsec.detect.expression.Trail;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The search for one pattern in one text. It sleeps until a literal of the pattern was seen, then
 * reads from as far back as a match with that literal can start, and sleeps again when nothing is
 * alive. It reads in three ways:
 *
 * <ul>
 *   <li>Where matches begin with their literal, it follows the trail of the first one that may be:
 *       until that cannot go on, nothing else is the leftmost match. Each byte is read once.
 *   <li>When that comes to nothing and several others began meanwhile, or where it is not known at
 *       which byte a match starts, it seeks with an automaton for all of them until one may end,
 *   <li>then tracks from as far back as that one can start until the leftmost longest is certain.
 * </ul>
 *
 * <p>Confined to its scan.
 */
final class Run {
    private static final long NONE = -1;

    /** The fewest bytes of a match that count before its literal was seen: more than a word. */
    private static final int LEAST_BEFORE_LITERAL = 10;

    private final int index;
    private final Pattern pattern;
    private final Seeker seeker;
    private final SeekState state;
    private final Trails trails;
    private @Nullable Tracker tracker;
    private boolean isAwake;
    private boolean isTracking;
    private boolean isFollowing;

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
        this.trails = new Trails(seeker);
    }

    /**
     * Takes note of a literal. If no match is under way, a pattern whose matches begin with their
     * literal is read from there, and dropped at once if it cannot begin there.
     */
    void wake(Window text, long literalEnd, Literal literal) {
        if (pattern.literals().isAtStart()) {
            wakeAt(text, literalEnd - literal.length());
        } else {
            settled = Math.max(settled, literalEnd);
            if (!isAwake) {
                isAwake = true;
                seekFrom(Math.max(place, literalEnd - pattern.reachBytes()));
            }
        }
    }

    private void wakeAt(Window text, long start) {
        if (start < Math.max(floor, settled)) {
            return;
        }
        settled = start + 1;
        if (isAwake) {
            trails.waiting().add(start);
        } else {
            isAwake = true;
            follow(text, start);
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

    /** Whether a match was seen, though it may get longer or give way to an earlier one. */
    boolean isTracking() {
        return isTracking || (isFollowing && trails.mayHoldMatch());
    }

    /**
     * Reads ahead for a match that was seen.
     *
     * @param to a place up to which it may
     * @return the place at which the match is certain and followed by some bytes, or it turns out
     *     that there is none; {@link Long#MAX_VALUE} when it is not certain there
     */
    long readyAt(Window text, long to, int followingBytes) {
        if (isFollowing) {
            return trails.readyAt(text, to, followingBytes);
        }
        Tracker tracker = tracker();
        tracker.read(text.bytes(), text.base(), to);
        long decided = tracker.decidedAt();
        return decided > to
                ? Long.MAX_VALUE
                : Math.max(decided, tracker.matchEnd() + followingBytes);
    }

    /** The first place whose byte is still needed. */
    long keepFrom() {
        long first = isFollowing ? trails.first().start() : place;
        return isTracking ? Math.min(place, tracker().keepFrom()) : first;
    }

    /** How many bytes it has read so far, repeated reading counted again. */
    long readBytes() {
        return readBytes + trails.first().readBytes() + (tracker == null ? 0 : tracker.readBytes());
    }

    /** Reads up to the place {@code to}. */
    void read(Window text, long to, Waiting found) {
        while (isAwake && place < to) {
            if (isFollowing) {
                follow(text, to, found);
            } else if (isTracking) {
                track(text, to, found);
            } else {
                seek(text, to);
            }
        }
    }

    /** Whether a match was seen or would be if the text ended here. */
    boolean isPending(Window text) {
        if (isFollowing) {
            return trails.endingAt(text, place) != null;
        }
        return isAwake && (isTracking || seeker.endsAtEnd(state, place));
    }

    /** Takes matches as they are here, as if the text ended. */
    void conclude(Window text, Waiting found) {
        long end = place;
        while (isPending(text)) {
            if (isFollowing) {
                Trail ending = Objects.requireNonNull(trails.endingAt(text, place));
                ending.readEnd();
                take(text, ending.start(), ending.end(), found);
            } else {
                if (!isTracking) {
                    startTracking(text, true);
                }
                Tracker tracker = tracker();
                tracker.end(text.bytes(), text.base());
                take(text, tracker.matchStart(), tracker.matchEnd(), found);
            }
            read(text, end, found);
        }
    }

    /** Forgets the text. */
    void reset() {
        isAwake = false;
        isTracking = false;
        isFollowing = false;
        isListed = false;
        trails.reset();
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
        if (isFollowing && trails.first().hasEnded() && refused >= trails.first().start()) {
            return trails.first().start();
        }
        if (isTracking) {
            return tracker().earliestSeen(text.bytes(), text.base(), end);
        }
        boolean isUnderWay =
                isFollowing || (isAwake ? !seeker.isIdle(state) : mayHaveBegun(text, end));
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
        int stop =
                seeker.seek(
                        state,
                        text.bytes(),
                        base,
                        (int) (place - base),
                        (int) (to - base),
                        (int) (settled - base));
        sought(text, base + Math.max(stop, ~stop), stop < 0);
    }

    /** Has read up to a place, where a match ends if so. */
    private void sought(Window text, long to, boolean isEnd) {
        readBytes += to - place;
        place = to;
        if (isEnd) {
            startTracking(text, false);
        } else {
            isAwake = place < settled || !seeker.isIdle(state);
            if (!isAwake) {
                trails.waiting().clear();
            }
        }
    }

    private void seekFrom(long from) {
        isFollowing = false;
        place = from;
        floor = from;
        seeker.clear(state);
    }

    private void follow(Window text, long start) {
        isFollowing = true;
        trails.follow(text, start);
        place = start;
    }

    private void follow(Window text, long to, Waiting found) {
        trails.read(text, to);
        Trail trail = trails.first();
        if (trail.decidedAt() > to) {
            place = to;
        } else if (trail.hasEnded()) {
            take(text, trail.start(), trail.end(), found);
        } else {
            // Should many trails come to nothing one after the other, they are all read at once.
            Starts others = trails.waiting();
            goOn(text, others.count() == 1 && !others.isCrowded());
        }
    }

    /**
     * Turns to the next match that may have begun, if there is one.
     *
     * @param follows whether by its trail, if it is known where that starts
     */
    private void goOn(Window text, boolean follows) {
        Starts starts = trails.waiting();
        if (starts.isEmpty()) {
            isFollowing = false;
            isAwake = false;
        } else if (starts.count() > 0 && follows) {
            follow(text, starts.take());
        } else {
            seekFrom(starts.count() > 0 ? starts.get(0) : floor);
        }
    }

    private void track(Window text, long to, Waiting found) {
        Tracker tracker = tracker();
        tracker.read(text.bytes(), text.base(), to);
        if (tracker.decidedAt() <= to) {
            take(text, tracker.matchStart(), tracker.matchEnd(), found);
        } else {
            place = to;
        }
    }

    /** Hands over the match that is certain and goes on after it. */
    private void take(Window text, long start, long end, Waiting found) {
        found.add(index, start, end);
        isTracking = false;
        taken = end;
        if (pattern.literals().isAtStart()) {
            floor = end;
            trails.waiting().dropBefore(end);
            goOn(text, true);
        } else {
            seekFrom(end);
        }
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
        if (isFollowing) {
            return trails.first().start();
        }
        long longest = end - pattern.longestUndecidedBytes();
        return Math.max(Math.max(floor, longest), seeker.aliveSince(state));
    }

    private Tracker tracker() {
        if (tracker == null) {
            tracker = pattern.tracker();
        }
        return tracker;
    }
}
