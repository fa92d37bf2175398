package clawsec.detect.expression;

/**
 * The longest match that starts at a known place: reads each of its bytes once, and shows when it
 * cannot get longer. Resumable at any byte; confined to its scan.
 */
public final class Trail {
    private final Seeker seeker;
    private final Walk walk;
    private final int limitBytes;
    private long start;

    /**
     * Needs {@link #start} before it reads.
     *
     * @param limitBytes a match that could go on is cut at this length
     */
    public Trail(Seeker seeker, int limitBytes) {
        this.seeker = seeker;
        this.walk = new Walk(seeker, false);
        this.limitBytes = limitBytes;
    }

    /**
     * Begins anew with the byte at a place, with which a match may start.
     *
     * @param text the bytes; its index 0 is at {@code base}
     */
    public void start(byte[] text, long base, long place) {
        start = place;
        walk.start(place);
        boolean isAfterWord =
                Words.endsBefore(text, (int) (place - base), seeker.tables().wordBefore);
        walk.read(text, base, isAfterWord ? Stations.AFTER_WORD : Stations.AFTER_OTHER);
    }

    /** Reads up to a place, or until the match cannot get longer; nothing read already. */
    public void read(byte[] text, long base, long to) {
        long last = Math.min(to, start + limitBytes);
        if (last > walk.place) {
            walk.read(text, base, last);
        }
    }

    /** The place from which on nothing changes any more; {@link Long#MAX_VALUE} if unknown. */
    public long decidedAt() {
        boolean goesOn = walk.isAlive() && walk.place - start < limitBytes;
        return goesOn ? Long.MAX_VALUE : walk.place;
    }

    /** Whether a match ended so far. */
    public boolean hasEnded() {
        return walk.hasEnded();
    }

    /** Whether one did, or would if the text ended where it is read up to. */
    public boolean wouldEnd() {
        return walk.hasEnded() || (walk.isAlive() && seeker.endsAtEnd(walk.state(), walk.place));
    }

    /** The text ended, where it is read up to. */
    public void readEnd() {
        walk.readEnd();
    }

    /** Where it starts. */
    public long start() {
        return start;
    }

    /** The place after the last byte of the longest match so far. */
    public long end() {
        return walk.end;
    }

    /** Forgets the text. */
    public void release() {
        walk.release();
    }

    /** How many bytes it has read so far. */
    public long readBytes() {
        return walk.readBytes;
    }
}
