package clawsec.detect.engine;

import clawsec.detect.expression.Seeker;
import clawsec.detect.expression.Trail;
import org.jspecify.annotations.Nullable;

/**
 * Matches of one pattern that may be under way, each from a known start: the first is followed, the
 * others wait for what becomes of it. Confined to its scan.
 */
final class Trails {
    private final Seeker seeker;
    private final Trail first;
    private final Starts waiting = new Starts();

    Trails(Seeker seeker) {
        this.seeker = seeker;
        this.first = new Trail(seeker, Pattern.MAX_MATCH_BYTES);
    }

    /** Follows what may start at a place, which is read already. */
    void follow(Window text, long start) {
        first.start(text.bytes(), text.base(), start);
    }

    /** Reads the first one up to a place, or until nothing can change any more. */
    void read(Window text, long to) {
        first.read(text.bytes(), text.base(), to);
    }

    /** The one that is followed. */
    Trail first() {
        return first;
    }

    /** Where the others start. */
    Starts waiting() {
        return waiting;
    }

    /** Whether a match was seen, or one of those that wait may be hidden by the first. */
    boolean mayHoldMatch() {
        return first.hasEnded() || !waiting.isEmpty();
    }

    /** As {@link Run#readyAt}. */
    long readyAt(Window text, long to, int followingBytes) {
        read(text, to);
        long decided = first.decidedAt();
        boolean isMatch = decided <= to && first.hasEnded();
        return isMatch ? Math.max(decided, first.end() + followingBytes) : decided;
    }

    /** The first that is a match if the text ends at a place; null when none is. */
    @Nullable Trail endingAt(Window text, long place) {
        if (first.wouldEnd()) {
            return first;
        }
        for (int i = 0; i < waiting.count(); i++) {
            Trail other = probe(text, waiting.get(i), place);
            if (other.wouldEnd()) {
                return other;
            }
        }
        return null;
    }

    private Trail probe(Window text, long start, long place) {
        Trail probe = new Trail(seeker, Pattern.MAX_MATCH_BYTES);
        probe.start(text.bytes(), text.base(), start);
        probe.read(text.bytes(), text.base(), place);
        return probe;
    }

    /** Forgets the text. */
    void reset() {
        waiting.clear();
        first.release();
    }
}
