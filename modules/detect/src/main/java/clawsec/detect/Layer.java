package clawsec.detect;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.TextScan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One text of a message at a time, scanned, its secrets masked, its findings reported. Confined to
 * its scan.
 *
 * <pre>{@code
 * text ─► TextScan ─► Judgement, Mask, Snippet ─► Reporter
 * }</pre>
 */
final class Layer implements MatchSink {
    private final Detector detector;
    private final Subject subject;
    private final Reporter reporter;
    private final TextScan scan;
    private final Mask mask;
    private final boolean[] isReported;
    private final boolean masksSecrets;

    /** Where rules matched that know what kind of secret it is. */
    private final List<Mask.Span> known = new ArrayList<>();

    private Supplier<List<String>> via = List::of;
    private boolean isHead;

    Layer(Detector detector, Subject subject, Reporter reporter) {
        this.detector = detector;
        this.subject = subject;
        this.reporter = reporter;
        this.mask = new Mask(detector.compiled());
        this.masksSecrets = detector.config().maskSecrets();
        this.isReported = detector.isReported(subject.direction());
        this.scan = new TextScan(detector.patterns(), detector.isWanted(subject.direction()), this);
    }

    /**
     * Says what the text is whose pieces come next.
     *
     * @param isHead whether it is a head, of which each line stands for itself
     * @param via what was decoded to get it, outermost first; asked at each finding
     */
    void begin(boolean isHead, Supplier<List<String>> via) {
        this.isHead = isHead;
        this.via = via;
    }

    /** Reads the next piece of the text; consumed, not kept. */
    void read(ByteBuffer piece) {
        scan.read(piece);
    }

    /** As {@link MessageScan#isPending}. */
    boolean isPending() {
        return scan.isPending();
    }

    /** As {@link MessageScan#flush}. */
    void flush() {
        scan.flush();
    }

    /** The text ended; what is read next is another one. */
    void end() {
        scan.end();
        mask.reset();
        known.clear();
    }

    @Override
    public boolean found(int index, long start, long end) {
        CompiledRule compiled = detector.compiled().get(index);
        if (!compiled.isMeant(scan.window().copy(start, end))) {
            return false;
        }
        if (compiled.rule().isSecret() && !compiled.isGeneric()) {
            known.add(new Mask.Span(start, end));
        }
        if (masksSecrets) {
            mask.found(index, scan, start, end);
        }
        return isReported[index];
    }

    @Override
    public void ready(int index, long start, long end) {
        CompiledRule compiled = detector.compiled().get(index);
        if (compiled.isGeneric() && isKnown(start, end)) {
            return;
        }
        byte[] match = scan.window().copy(start, end);
        Optional<Severity> severity = Judgement.severity(compiled, subject, match, false);
        if (severity.isPresent()) {
            reporter.report(compiled.rule(), severity.get(), snippet(start, end), start, via.get());
        }
    }

    @Override
    public void passed() {
        mask.advance(scan);
        mask.forget(scan.window().base());
        known.removeIf(span -> span.to() <= scan.window().base());
    }

    private boolean isKnown(long start, long end) {
        for (Mask.Span span : known) {
            if (span.from() < end && span.to() > start) {
                return true;
            }
        }
        return false;
    }

    private String snippet(long start, long end) {
        List<Mask.Span> hidden = masksSecrets ? mask.spans(scan) : List.of();
        return Snippet.of(scan.window(), start, end, scan.place(), isHead, hidden);
    }
}
