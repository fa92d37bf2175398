package clawsec.detect;

import clawsec.detect.decode.Novelty;
import clawsec.detect.decode.Via;
import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.TextScan;
import clawsec.detect.engine.Window;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One text of a message at a time, scanned, its secrets masked, its findings reported, what it
 * decodes to read as layers below it. Confined to its scan.
 *
 * <pre>{@code
 * text ─┬─► TextScan ─► Judgement, Mask, Snippet ─► Reporter
 *       └─► Decoding ─► Layer, one deeper ─► ...
 * }</pre>
 *
 * <p>A layer below repeats parts of the text it is made from. What is found in it counts if it
 * touches something {@link Novelty new}.
 */
final class Layer implements MatchSink {
    /** How far back matches are remembered, for the layer below that lags a little. */
    private static final int KEPT_BYTES = 2048;

    private final Message message;
    private final Detector detector;
    private final int depth;
    private final TextScan scan;
    private final Mask mask;
    private final boolean[] isReported;
    private final boolean masksSecrets;
    private final Novelty novelty = new Novelty();
    private final Surroundings surroundings = new Surroundings();

    /** Empty where texts are not decoded any further. */
    private final @Nullable Decoding decoding;

    /** Empty where texts are decoded, and where none ever is. */
    private final @Nullable DeepestLook deepestLook;

    private final LatestMatches matches;

    private final Doubts doubts;

    /** The layer that this one says in plain; empty for one that says something else. */
    private final @Nullable Layer source;

    /** The layer whose text this one's is made from; empty for the outermost. */
    private final @Nullable Layer parent;

    /** How the text was joined of parts, of which only the joints are new; mostly empty. */
    private final @Nullable Via joinedVia;

    private RawForm rawForm = RawForm.NONE;

    private Supplier<List<String>> codings;
    private boolean isHead;

    /** Where the text begins in what the message brought. */
    private long offset;

    private Layer(
            Message message,
            int depth,
            Supplier<List<String>> codings,
            @Nullable Layer parent,
            @Nullable Layer source,
            @Nullable Via joinedVia) {
        this.parent = parent;
        this.source = source;
        this.joinedVia = joinedVia;
        this.message = message;
        this.doubts = new Doubts(message, source);
        this.depth = depth;
        this.codings = codings;
        this.detector = message.detector();
        Direction direction = message.subject().direction();
        this.matches = new LatestMatches(detector.compiled());
        this.mask = new Mask(detector.compiled());
        this.masksSecrets = detector.config().maskSecrets();
        this.isReported = detector.isReported(direction);
        this.scan = new TextScan(detector.patterns(), detector.isWanted(direction), this);
        boolean isDeepest = depth == detector.config().decodeLimits().depth();
        this.decoding = isDeepest ? null : new Decoding(this, message);
        this.deepestLook = isDeepest && depth > 0 ? new DeepestLook(this, message.budget()) : null;
    }

    /** Whether there are layers below. */
    boolean isDecoded() {
        return decoding != null;
    }

    /** The layer of texts as they come. */
    static Layer outermost(Message message) {
        return new Layer(message, 0, List::of, null, null, null);
    }

    /**
     * A layer for what texts of this one decode to.
     *
     * @param isOther whether that is a text of its own, not this one without escape sequences
     */
    Layer inner(boolean isOther) {
        Layer plain = isOther ? null : this;
        return new Layer(message, depth + 1, this::codings, this, plain, null);
    }

    /** A layer for texts that are joined of parts of this one's, each of which it shows. */
    Layer joined(Via via) {
        return new Layer(message, depth + 1, this::codings, this, null, via);
    }

    /**
     * Says what the text is whose pieces come next, all of it new.
     *
     * @param isHead whether it is a head, of which each line stands for itself
     * @param codings content codings that were removed to get it, outermost first; asked at each
     *     finding
     * @param offset where the text begins in what the message brought
     */
    void begin(boolean isHead, Supplier<List<String>> codings, long offset) {
        this.offset = offset;
        this.isHead = isHead;
        this.codings = codings;
        novelty.reset();
        novelty.addAllFrom(0, Via.none(), 0, 0);
    }

    /** Says that the text whose pieces come next holds a form from one place to another. */
    void holdsForm(long from, long to) {
        if (decoding != null) {
            decoding.holdsForm(from, to);
        }
    }

    /**
     * Says that pieces of a text from another layer come next; what is new of it comes to {@link
     * #novelty}.
     *
     * @param isCut whether its beginning may be the rest of a secret
     */
    void begin(boolean isCut) {
        if (isCut && masksSecrets) {
            mask.hideBeginning();
        }
    }

    /**
     * Says that a text comes next of which only what its raw form does not show is new.
     *
     * @param raw not to be changed
     * @param lead what stands before it, likewise
     */
    void beginBeside(byte[] raw, byte[] lead) {
        rawForm = new RawForm(raw, lead);
    }

    /** Reads the next piece of the text; consumed, not kept. */
    void read(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            if (decoding != null) {
                scan.read(decoding.add(piece));
                decoding.read();
            } else if (deepestLook != null) {
                scan.read(deepestLook.add(piece));
                deepestLook.read();
            } else {
                scan.read(piece);
            }
        }
    }

    /** Up to where the text is read. */
    long place() {
        return scan.place();
    }

    /** The text's latest bytes, and whether more of them are kept than usual. */
    Window window() {
        return scan.window();
    }

    void keepsMore(boolean isMore) {
        scan.keepsMore(isMore);
    }

    /** Of a layer that says another one in plain, that one. */
    @Nullable Layer source() {
        return source;
    }

    @Nullable Layer parent() {
        return parent;
    }

    /** Places of secrets that were found in the latest bytes. */
    List<Mask.Span> secrets() {
        return mask.wholeSpans(scan);
    }

    /** What the text was before, and some of what stands before that; empty when not known. */
    byte[] rawText() {
        return rawForm.whole();
    }

    Novelty novelty() {
        return novelty;
    }

    /**
     * Whether what stands between two places is made from what holds a joint, if the text says a
     * joined one in plain: the rest stands in one of the parts, and is found there.
     */
    boolean isAcross(long start, long end) {
        if (joinedVia != null) {
            return novelty.isIn(start, end);
        }
        if (source == null || !isOfJoined()) {
            return true;
        }
        long[] first = new long[1];
        long[] last = new long[1];
        return !novelty.trace(start, start + 1, first, new long[1])
                || !novelty.trace(end - 1, end, new long[1], last)
                || source.isAcross(first[0], last[0]);
    }

    private boolean isOfJoined() {
        return source != null && (source.joinedVia != null || source.isOfJoined());
    }

    /** How what stands between two places came about. */
    Via viaIn(long from, long to) {
        return novelty.viaIn(from, to).orElse(joinedVia == null ? Via.none() : joinedVia);
    }

    /** As {@link Finding#offsetBytes}, of something between two places. */
    long offsetOf(long from, long to) {
        if (depth == 0) {
            return offset + from;
        }
        boolean isJoined = joinedVia != null;
        return Math.max(0, isJoined ? novelty.offsetAt(from) : novelty.offsetIn(from, to));
    }

    /** As {@link #offsetOf}, of a run of characters. */
    long offsetOfRun(long from, long to) {
        return depth == 0 ? offset + from : Math.max(0, novelty.offsetOfRun(from, to));
    }

    /** As {@link MessageScan#isPending}. */
    boolean isPending() {
        return scan.isPending() || !doubts.isEmpty() || (decoding != null && decoding.isPending());
    }

    /** As {@link MessageScan#flush}. */
    void flush() {
        scan.flush();
        doubts.settle();
        if (decoding != null) {
            decoding.flush();
        }
    }

    /** Takes matches as they are here, as if the text ended, but goes on decoding. */
    void flushMatches() {
        scan.flush();
    }

    /** The text ended; what is read next is another one. */
    void end() {
        long read = scan.place();
        scan.end();
        if (depth == 0) {
            message.reporter().endText(read);
        }
        if (decoding != null) {
            decoding.end();
        }
        if (deepestLook != null) {
            deepestLook.end();
        }
        mask.reset();
        matches.clear();
        novelty.reset();
        surroundings.reset();
    }

    /**
     * Frees native memory and what an unusual text made it grow by. No text is being read.
     *
     * @param keepsBelow whether the layers right below stay; those below them go
     */
    void recycle(boolean keepsBelow) {
        scan.recycle();
        rawForm = RawForm.NONE;
        if (decoding != null) {
            decoding.recycle(keepsBelow);
        }
    }

    private List<String> codings() {
        return codings.get();
    }

    @Override
    public boolean found(int index, long start, long end) {
        int marker = index - detector.compiled().size();
        if (marker >= 0) {
            surroundings.mark(marker, start);
            return false;
        }
        CompiledRule compiled = detector.compiled().get(index);
        if (!compiled.isMeant(scan.window().copy(start, end))) {
            return false;
        }
        matches.add(index, start, end);
        if (masksSecrets) {
            mask.found(index, scan, start, end);
        }
        return isReported[index]
                && novelty.isIn(start, end)
                && isAcross(start, end)
                && !rawForm.shows(scan.window().copy(start, end));
    }

    @Override
    public void ready(int index, long start, long end) {
        message.reporter().reached(depth == 0 ? scan.place() : offsetOf(start, end));
        CompiledRule compiled = detector.compiled().get(index);
        if (compiled.isGeneric() && matches.isKnown(start, end)) {
            return;
        }
        byte[] match = scan.window().copy(start, end);
        boolean isQuoted =
                compiled.rule().type() == ThreatType.INJECTION
                        && surroundings.quotes(scan.window(), start, end, scan.place());
        long contextEnd = Math.min(scan.place(), end + TextScan.CONTEXT_BYTES);
        byte[] after = scan.window().copy(end, Math.max(end, contextEnd));
        Optional<Severity> severity =
                Judgement.severity(compiled, message.subject(), match, after, isQuoted);
        if (severity.isPresent() && message.reporter().admits(index, match)) {
            List<String> via = new ArrayList<>(codings());
            via.addAll(novelty.namesIn(start, end));
            doubts.report(
                    new Doubts.Doubt(
                            index,
                            novelty.sourceIn(start, end),
                            severity.get(),
                            snippet(start, end),
                            offsetOf(start, end),
                            via));
        }
    }

    /** Reports what has turned out to be none of the source. */
    void settleDoubts() {
        doubts.settle();
    }

    @Override
    public void passed() {
        mask.advance(scan);
        mask.forget(scan.window().base());
        if (!matches.isEmpty()) {
            long before = Math.min(scan.window().base() + 1, scan.place() - KEPT_BYTES);
            matches.forget(before);
        }
        novelty.forgetButLast(joinedVia != null ? scan.keptFrom() : scan.window().base());
    }

    /** Whether a match of a rule is under way that may come to hold a place. */
    boolean mayMatch(int index, long at) {
        long partial = scan.earliestPartial(index);
        return partial >= 0 && partial <= at;
    }

    /** Whether a match of a rule holds a place. */
    boolean hasMatched(int index, long at) {
        return matches.holds(index, at);
    }

    private String snippet(long start, long end) {
        List<Mask.Span> hidden = new ArrayList<>();
        if (masksSecrets) {
            hidden.addAll(SnippetMask.spans(message, scan, mask, start, end));
            hidden.addAll(SnippetMask.rawSpans(message, this, start, end));
            hidden.addAll(SourceMask.spans(message, this, start, end));
        }
        return Snippet.of(scan.window(), start, end, scan.place(), isHead, hidden);
    }
}
