package clawsec.detect.expression;

/**
 * Finds the leftmost and of those the longest match, once a {@link Seeker} has seen the first place
 * where any match ends:
 *
 * <pre>{@code
 *       back: where does a match start that ends here?
 *       ◄───────────┤
 * ──────┼───────────┼──────────────
 *       ├───────────┴──────────► on: where does that one end at last?
 * ├─────┴──────────────────────► rival: does one end that starts still earlier?
 * }</pre>
 *
 * <p>None of these has to tell apart where its matches started. Should a rival end, one more look
 * back over all of it shows the leftmost start. Resumable at any byte; places are counted from the
 * start of the text, whose bytes are handed over with the place of their first.
 */
public final class Tracker {
    private static final long NEVER = Long.MAX_VALUE;

    private final Seeker seeker;
    private final Seeker reversed;
    private final Walk back;
    private final Walk on;
    private final Walk rival;
    private final int longestUndecidedBytes;
    private final int limitBytes;
    private long from;
    private long place;

    /** Of the matches that end first. */
    private long firstStart;

    private long matchStart;
    private boolean hadRival;
    private boolean hasRival;
    private long decidedAt;

    /**
     * Needs {@link #start} before it reads.
     *
     * @param reversed the seeker of the reversed expression
     * @param longestUndecidedBytes as {@link Extent} has it
     * @param limitBytes a match that could go on is cut at this length
     */
    public Tracker(Seeker seeker, Seeker reversed, int longestUndecidedBytes, int limitBytes) {
        this.seeker = seeker;
        this.reversed = reversed;
        this.back = new Walk(reversed, true);
        this.on = new Walk(seeker, false);
        this.rival = new Walk(seeker, false);
        this.longestUndecidedBytes = longestUndecidedBytes;
        this.limitBytes = limitBytes;
    }

    /**
     * Begins with a match that ends, the first one to do so.
     *
     * @param state of the seeker that saw it
     * @param from matches start there or later
     * @param end where it ends
     * @param isAtEnd whether the text ends there too
     */
    public void start(
            SeekState state, byte[] text, long base, long from, long end, boolean isAtEnd) {
        this.from = from;
        place = end;
        decidedAt = NEVER;
        boolean isByNext = !seeker.endsWhatever(state, end);
        firstStart = leftmost(text, base, end, isAtEnd, isByNext);
        matchStart = firstStart;
        hasRival = false;
        on.start(matchStart);
        rival.start(from);
        if (seeker.mayGoOn(state, isByNext)) {
            startOn(text, base);
            startRival(text, base);
        }
        on.end = end;
        hadRival = hasRival;
        decide(end);
    }

    private void startRival(byte[] text, long base) {
        if (from < matchStart) {
            rival.startAnywhere(text, base, matchStart);
            rival.read(text, base, place);
            hasRival = rival.isAlive();
        }
    }

    /** Where the leftmost match starts of those that end at a place. */
    private long leftmost(byte[] text, long base, long end, boolean isAtEnd, boolean isByNext) {
        back.start(end);
        back.read(text, base, isByNext ? startsAt(text, base, end, isAtEnd) : Stations.ALWAYS);
        back.read(text, base, from);
        back.readEdge(text, base);
        return started();
    }

    private long started() {
        if (!back.hasEnded()) {
            throw new IllegalStateException("a match ends and does not start");
        }
        return back.end;
    }

    /** Where reading backwards may start: a group of columns of {@link Stations}. */
    private int startsAt(byte[] text, long base, long end, boolean isAtEnd) {
        boolean isWord = !isAtEnd && back.wordBefore().contains(text[(int) (end - base)] & 0xff);
        return isWord ? Stations.AFTER_WORD : Stations.AFTER_OTHER;
    }

    private void startOn(byte[] text, long base) {
        on.start(matchStart);
        boolean isAfterWord = Words.endsBefore(text, (int) (matchStart - base), on.wordBefore());
        on.read(text, base, isAfterWord ? Stations.AFTER_WORD : Stations.AFTER_OTHER);
        on.read(text, base, Math.min(place, matchStart + limitBytes));
    }

    /**
     * Reads up to the place {@code to}, or until no byte can change the match any more; nothing
     * where it has read already.
     *
     * @param text the bytes; its index 0 is at {@code base}
     */
    public void read(byte[] text, long base, long to) {
        if (decidedAt != NEVER || to <= place) {
            return;
        }
        long begin = place;
        place = to;
        on.read(text, base, Math.min(to, matchStart + limitBytes));
        if (hasRival) {
            long last = matchStart + longestUndecidedBytes;
            rival.read(text, base, Math.min(to, last));
            if (!rival.isAlive() || rival.place >= last) {
                settle(text, base, false);
            }
        }
        decide(begin);
    }

    /** Whether nothing can change any more, and since which place, which is none before another. */
    private void decide(long begin) {
        if (!hasRival && (!on.isAlive() || on.place - matchStart >= limitBytes)) {
            decidedAt = Math.max(begin, Math.max(on.place, hadRival ? rival.place : 0));
        }
    }

    /** Takes the match with the earliest start, now that none earlier can turn up. */
    private void settle(byte[] text, long base, boolean isAtEnd) {
        hasRival = false;
        if (rival.hasEnded()) {
            matchStart = leftmost(text, base, isAtEnd);
            startOn(text, base);
        }
    }

    /** Where the leftmost match starts of all that end by where the last rival did. */
    private long leftmost(byte[] text, long base, boolean isAtEnd) {
        long last = rival.end;
        boolean isNextKnown = last < place || isAtEnd;
        back.start(last);
        back.read(text, base, isNextKnown ? startsAt(text, base, last, isAtEnd) : Stations.ALWAYS);
        while (back.place > from) {
            back.readEdge(text, base);
            back.read(text, base, startsAt(text, base, back.place, false));
        }
        back.readEdge(text, base);
        return started();
    }

    /** The text ended, where all is read: the match found so far is the one. */
    public void end(byte[] text, long base) {
        on.readEnd();
        if (hasRival) {
            rival.readEnd();
            settle(text, base, true);
            on.readEnd();
        }
        decidedAt = place;
    }

    /**
     * The place from which on {@link #matchStart} and {@link #matchEnd} do not change any more,
     * whatever follows; {@link Long#MAX_VALUE} while it is not known.
     */
    public long decidedAt() {
        return decidedAt;
    }

    public long matchStart() {
        return matchStart;
    }

    /** The place after the match's last byte. */
    public long matchEnd() {
        return on.end;
    }

    /**
     * The earliest start of a match that ended by a place, or that may still end; at a place after
     * which this one is decided.
     */
    public long earliestSeen(byte[] text, long base, long at) {
        if (!hadRival) {
            return firstStart;
        }
        Walk probe = new Walk(seeker, false);
        long earliest = earliest(probe, text, base, at, firstStart);
        return earliest < 0 ? firstStart : earliest;
    }

    /**
     * The earliest start from which a match is still possible where a text is read up to; -1 when
     * there is none. Not while it tracks.
     *
     * @param from no match is, that starts before
     */
    public long earliestAlive(byte[] text, long base, long from, long end) {
        this.from = from;
        return earliest(rival, text, base, end, end);
    }

    private long earliest(Walk walk, byte[] text, long base, long end, long before) {
        long first = from;
        long last = before;
        while (first < last) {
            long middle = last == before ? before - 1 : (first + last) >>> 1;
            walk.start(from);
            walk.startAnywhere(text, base, middle + 1);
            walk.read(text, base, end);
            if (walk.isAlive() || walk.hasEnded()) {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        return last == before ? -1 : last;
    }

    /** Forgets the text. */
    public void release() {
        back.release();
        on.release();
        rival.release();
    }

    /** How many bytes it has read so far, repeated reading counted again. */
    public long readBytes() {
        return back.readBytes + on.readBytes + rival.readBytes;
    }

    /** The first place whose byte is still needed. */
    public long keepFrom() {
        return hasRival ? from : matchStart;
    }
}
