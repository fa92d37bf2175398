package clawsec.detect;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.TextScan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds the secrets of short texts, one after another. Confined to one thread at a time. */
final class SecretScan implements MatchSink {
    private static final Matched NOBODY = (rule, start, end) -> {};

    private final Detector detector;
    private final TextScan scan;
    private final Mask mask;
    private Matched matched = NOBODY;

    /** Takes the secrets themselves. */
    private interface Matched {
        void found(CompiledRule rule, long start, long end);
    }

    SecretScan(Detector detector) {
        this.detector = detector;
        List<CompiledRule> rules = detector.compiled();
        boolean[] isSecret = new boolean[detector.patterns().size()];
        for (int i = 0; i < rules.size(); i++) {
            isSecret[i] = rules.get(i).rule().isSecret();
        }
        this.scan = new TextScan(detector.patterns(), isSecret, this);
        this.mask = new Mask(rules);
    }

    /** What is to be hidden of a text that is read to its end, as indexes, in no order. */
    List<Mask.Span> wholeSpans(byte[] text) {
        scan.read(ByteBuffer.wrap(text));
        scan.flush();
        return ended(mask.wholeSpans(scan));
    }

    /** What is to be hidden of a text that may go on. */
    List<Mask.Span> spans(byte[] text) {
        scan.read(ByteBuffer.wrap(text));
        return ended(mask.spans(scan, 0));
    }

    /**
     * What is to be hidden of parts that are read as one text, which may end after each of them;
     * only of secrets that begin in the first and end in another one.
     *
     * @param fronts takes what stays readable of them
     */
    List<Mask.Span> joinedSpans(List<byte[]> parts, List<Mask.Span> fronts) {
        List<Mask.Span> spans = new ArrayList<>();
        int first = parts.getFirst().length;
        matched =
                (rule, start, end) -> {
                    if (start < first && end > first) {
                        long from = Mask.hiddenFrom(rule, scan.window(), start, end);
                        spans.add(new Mask.Span(from, end));
                        fronts.add(new Mask.Span(start, from));
                    }
                };
        for (byte[] part : parts) {
            scan.read(ByteBuffer.wrap(part));
            scan.flush();
        }
        ended(List.of());
        matched = NOBODY;
        return spans;
    }

    private List<Mask.Span> ended(List<Mask.Span> spans) {
        scan.end();
        mask.reset();
        return spans;
    }

    @Override
    public boolean found(int index, long start, long end) {
        if (detector.compiled().get(index).isMeant(scan.window().copy(start, end))) {
            mask.found(index, scan, start, end);
            matched.found(detector.compiled().get(index), start, end);
        }
        return false;
    }

    @Override
    public void ready(int index, long start, long end) {}

    @Override
    public void passed() {
        mask.advance(scan);
    }
}
