package clawsec.detect.engine;

import clawsec.detect.expression.Literals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The search for patterns in one text after another, each handed over in pieces. What is found, and
 * at which place of the text the sink hears of it, does not depend on where the pieces are cut:
 * everything that is awake reads in step, in strides so short that no match can become ready inside
 * one.
 *
 * <pre>{@code
 *      match          context
 * ─────┤▒▒▒▒▒▒▒▒├──────────────┤──────────────
 *                  ▲           ▲
 *       found: certain where   ready: the later of this place
 *       it ends                and the one where it was found
 * }</pre>
 *
 * <p>Confined to one thread at a time.
 */
public final class TextScan {
    /** Bytes on either side that are kept for whoever shows a match. */
    public static final int CONTEXT_BYTES = 50;

    /** Bytes that are kept before those, for whoever has to understand them. */
    public static final int MARGIN_BYTES = 256;

    /** Bytes that are kept behind where the text is read, and when more are asked for. */
    private static final int KEPT_BYTES = 640;

    private static final int MORE_KEPT_BYTES = 1536;

    /** So many searches for single patterns are kept from one message to the next. */
    private static final int MAX_KEPT_RUNS = 16;

    private static final @Nullable Run[] NONE = {};

    private final PatternSet patterns;
    private final boolean[] isWanted;
    private final MatchSink sink;
    private final Window text = new Window();

    /** By pattern; made when the first one wakes. */
    private @Nullable Run[] runs = NONE;

    /** Those that were made. */
    private final List<Run> made = new ArrayList<>(0);

    private final List<Run> awake = new ArrayList<>();
    private final List<Match> waiting = new ArrayList<>();
    private final Waiting found = this::found;
    private final Hits hits = new Hits();
    private final Lookout lookout = new Lookout();
    private final Recent recent = new Recent(hits);

    /** By pattern that is nothing but its literals, where its latest match ends. */
    private long[] wholeEnds = {};

    private long place;
    private int keptBytes = KEPT_BYTES;

    /** Up to where everything that is awake has read. */
    private long strideStart;

    /** Up to where literals were looked for: those after {@link #place} are in {@link #hits}. */
    private long filtered;

    /**
     * @param isWanted by pattern, whether it is looked for; not to be changed, for it is not copied
     */
    public TextScan(PatternSet patterns, boolean[] isWanted, MatchSink sink) {
        this.patterns = patterns;
        this.isWanted = isWanted;
        this.sink = sink;
    }

    /** Reads the next piece of the text; consumed, not kept. */
    public void read(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            text.add(piece, keptFrom());
            while (place < text.end()) {
                if (filtered == place) {
                    filter();
                }
                stride();
            }
            sink.passed();
        }
    }

    /** Whether a match is found, or would be if the text ended here, that is not ready. */
    public boolean isPending() {
        if (!waiting.isEmpty()) {
            return true;
        }
        for (int i = 0; i < awake.size(); i++) {
            if (awake.get(i).isPending(text)) {
                return true;
            }
        }
        return false;
    }

    /** Makes everything ready that was found, and finds what would be if the text ended here. */
    public void flush() {
        for (int i = 0; i < awake.size(); i++) {
            awake.get(i).conclude(text, found);
        }
        dropSleepers();
        release(Long.MAX_VALUE);
    }

    /** The text ended; what is read next is another one. */
    public void end() {
        flush();
        for (int i = 0; i < made.size(); i++) {
            made.get(i).reset();
        }
        awake.clear();
        text.reset();
        place = 0;
        keptBytes = KEPT_BYTES;
        filtered = 0;
        recent.clear();
        Arrays.fill(wholeEnds, 0);
    }

    /** Gives back memory that few texts need; between two texts. */
    public void recycle() {
        if (made.size() > MAX_KEPT_RUNS) {
            made.clear();
            runs = NONE;
        }
    }

    /** Whether more bytes than usual are kept behind where the text is read, for who lags. */
    public void keepsMore(boolean isMore) {
        keptBytes = isMore ? MORE_KEPT_BYTES : KEPT_BYTES;
    }

    /** Up to where the text is read. */
    public long place() {
        return place;
    }

    /** The text's latest bytes: all those of matches that are not ready, and their context. */
    public Window window() {
        return text;
    }

    /**
     * The earliest place where a match of a pattern starts that is not complete, or may get longer;
     * -1 when there is none.
     */
    public long earliestPartial(int pattern) {
        Literals literals = patterns.pattern(pattern).literals();
        if (literals.isWhole()) {
            return -1;
        }
        recent.recall(patterns, text, place);
        if (!literals.isAtStart()) {
            wakeRecent(pattern);
            return run(pattern).earliestPartial(text, place, place);
        }
        long recentStart = recent.earliestStart(pattern, patterns, text);
        boolean isMade = runs.length > 0 && runs[pattern] != null;
        return isMade || recentStart < place
                ? run(pattern).earliestPartial(text, place, recentStart)
                : -1;
    }

    /** Of patterns whose matches begin with their literal, all that may have begun. */
    public BitSet underWay() {
        BitSet all = new BitSet(patterns.size());
        for (int i = 0; i < awake.size(); i++) {
            all.set(awake.get(i).pattern());
        }
        recent.recall(patterns, text, place);
        for (int i = 0; i < recent.count(); i++) {
            for (LiteralFilter.Hit hit : patterns.filter().hits(recent.literal(i))) {
                all.set(hit.pattern());
            }
        }
        return all;
    }

    /**
     * Bytes read by the searches for single patterns so far; what the text cost beside the filter.
     */
    public long readBytes() {
        long sum = 0;
        for (Run run : made) {
            sum += run.readBytes();
        }
        return sum;
    }

    /** The place up to which literals may be taken before everything that is awake reads on. */
    private long nextStop() {
        long stop = filtered;
        for (int i = 0; i < waiting.size(); i++) {
            stop = Math.min(stop, waiting.get(i).readyAt());
        }
        for (int i = 0; i < awake.size(); i++) {
            Run run = awake.get(i);
            long latest =
                    run.isTracking()
                            ? run.readyAt(text, filtered, CONTEXT_BYTES)
                            : strideStart + CONTEXT_BYTES;
            stop = Math.min(stop, latest);
        }
        return Math.max(stop, strideStart + 1);
    }

    private void filter() {
        long base = text.base();
        int from = (int) (filtered - base);
        int to = (int) (text.end() - base);
        filtered = base + patterns.filter().read(text.bytes(), from, to, to, hits);
        lookout.begin(filtered - place);
    }

    /**
     * Reads on, to a place that depends on what is awake. Literals before it wake their patterns in
     * order; what is awake already lags behind and reads it all at once.
     */
    private void stride() {
        long base = text.base();
        strideStart = place;
        long stop = nextStop();
        while (hits.hasNext() && base + hits.nextEnd() <= stop) {
            place = base + hits.nextEnd();
            if (wake(hits.take())) {
                stop = Math.max(place, Math.min(stop, strideStart + CONTEXT_BYTES));
            }
        }
        place = stop;
        if (!awake.isEmpty()) {
            for (int i = 0; i < awake.size(); i++) {
                awake.get(i).read(text, place, found);
            }
            dropSleepers();
        }
        if (!waiting.isEmpty()) {
            release(place);
        }
    }

    /**
     * Wakes whoever waited for a literal, unless the bytes around it rule a match out.
     *
     * @return whether it woke any
     */
    private boolean wake(int literal) {
        int end = (int) (place - text.base());
        LiteralFilter filter = patterns.filter();
        Outlook outlook = filter.outlook(literal, patterns);
        boolean wokeAny = false;
        LiteralFilter.Hit[] owners = filter.hits(literal);
        for (int i = 0; i < owners.length; i++) {
            LiteralFilter.Hit hit = owners[i];
            if (!isWanted[hit.pattern()]) {
                continue;
            }
            if (patterns.pattern(hit.pattern()).literals().isWhole()) {
                foundWhole(hit);
                wokeAny = true;
            } else if (mayBegin(hit, end) && mayMatch(hit, outlook.owners()[i], end)) {
                wake(hit, place);
                wokeAny = true;
            }
        }
        return wokeAny;
    }

    /** A literal ends here that is a match, unless it overlaps the one before. */
    private void foundWhole(LiteralFilter.Hit hit) {
        if (wholeEnds.length == 0) {
            wholeEnds = new long[patterns.size()];
        }
        long start = place - hit.literal().length();
        if (start >= wholeEnds[hit.pattern()]) {
            wholeEnds[hit.pattern()] = place;
            found(hit.pattern(), start, place);
        }
    }

    /** Whether the bytes around a literal may be those of a match. */
    private boolean mayMatch(LiteralFilter.Hit hit, Outlook.Owner owner, int end) {
        if (runs.length > 0 && runs[hit.pattern()] != null && run(hit.pattern()).isAwake()) {
            return true;
        }
        int to = (int) (text.end() - text.base());
        return lookout.mayMatch(owner, text.bytes(), end - hit.literal().length(), end, to);
    }

    /** Whether a match may begin with a literal where it does, if it must. */
    private boolean mayBegin(LiteralFilter.Hit hit, int end) {
        Pattern pattern = patterns.pattern(hit.pattern());
        return !pattern.literals().isAtStart()
                || pattern.seeker().mayStart(text.bytes(), end - hit.literal().length());
    }

    /** Wakes a pattern if a literal of it was passed over for what stands after this place. */
    private void wakeRecent(int pattern) {
        for (int i = 0; i < recent.count(); i++) {
            for (LiteralFilter.Hit hit : patterns.filter().hits(recent.literal(i))) {
                if (hit.pattern() == pattern && run(pattern).place() < recent.end(i)) {
                    wake(hit, recent.end(i));
                }
            }
        }
    }

    private void wake(LiteralFilter.Hit hit, long end) {
        Run run = run(hit.pattern());
        if (run.isAwake()) {
            // It sees by itself what starts here when it reads on.
            run.wake(text, end, hit.literal());
            return;
        }
        run.wake(text, end, hit.literal());
        run.read(text, place, found);
        if (run.isAwake() && !run.isListed()) {
            run.list(true);
            awake.add(run);
        }
    }

    private void dropSleepers() {
        for (int i = awake.size() - 1; i >= 0; i--) {
            if (!awake.get(i).isAwake()) {
                awake.remove(i).list(false);
            }
        }
    }

    private Run run(int pattern) {
        if (runs.length == 0) {
            runs = new Run[patterns.size()];
        }
        Run run = runs[pattern];
        if (run == null) {
            run = new Run(pattern, patterns.pattern(pattern));
            runs[pattern] = run;
            made.add(run);
        }
        return run;
    }

    private void found(int pattern, long start, long end) {
        if (sink.found(pattern, start, end)) {
            waiting.add(new Match(pattern, start, end, end + CONTEXT_BYTES));
        }
    }

    private void release(long reached) {
        List<Match> ready = null;
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).readyAt() <= reached) {
                ready = ready == null ? new ArrayList<>(2) : ready;
                ready.add(waiting.remove(i--));
            }
        }
        if (ready != null) {
            ready.sort(Match.ORDER);
            for (Match match : ready) {
                sink.ready(match.pattern(), match.start(), match.end());
            }
        }
    }

    /** The place from which on bytes may still be asked for; those before it can go. */
    public long keptFrom() {
        long first = place - patterns.lookBackBytes();
        for (int i = 0; i < awake.size(); i++) {
            first = Math.min(first, awake.get(i).keepFrom());
        }
        for (int i = 0; i < waiting.size(); i++) {
            first = Math.min(first, waiting.get(i).start());
        }
        return Math.min(first - CONTEXT_BYTES - MARGIN_BYTES, place - keptBytes);
    }
}
