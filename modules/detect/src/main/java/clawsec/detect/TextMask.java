package clawsec.detect;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.TextScan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hides the secrets of a short text, such as a URL or a line of a log. Confined to one call. */
final class TextMask implements MatchSink {
    private final Detector detector;
    private final TextScan scan;
    private final Mask mask;

    private TextMask(Detector detector) {
        this.detector = detector;
        List<CompiledRule> rules = detector.compiled();
        boolean[] isSecret = new boolean[rules.size()];
        for (int i = 0; i < isSecret.length; i++) {
            isSecret[i] = rules.get(i).rule().isSecret();
        }
        this.scan = new TextScan(detector.patterns(), isSecret, this);
        this.mask = new Mask(rules);
    }

    /** The same text when it holds no secret. */
    static String masked(String text, Detector detector) {
        TextMask textMask = new TextMask(detector);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        textMask.scan.read(ByteBuffer.wrap(bytes));
        textMask.scan.flush();
        MaskedText masked = new MaskedText(bytes, 0, textMask.mask.wholeSpans(textMask.scan));
        return masked.isMasked() ? masked.between(0, bytes.length) : text;
    }

    @Override
    public boolean found(int index, long start, long end) {
        if (detector.compiled().get(index).isMeant(scan.window().copy(start, end))) {
            mask.found(index, scan, start, end);
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
