package clawsec.detect;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.TextScan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hides the secrets of a URL. Confined to one call. */
final class UrlMask implements MatchSink {
    private final Detector detector;
    private final TextScan scan;
    private final Mask mask;

    private UrlMask(Detector detector) {
        this.detector = detector;
        List<CompiledRule> rules = detector.compiled();
        boolean[] isSecret = new boolean[rules.size()];
        for (int i = 0; i < isSecret.length; i++) {
            isSecret[i] = rules.get(i).rule().isSecret();
        }
        this.scan = new TextScan(detector.patterns(), isSecret, this);
        this.mask = new Mask(rules);
    }

    /** The same URL when it holds no secret. */
    static String masked(String url, Detector detector) {
        UrlMask urlMask = new UrlMask(detector);
        byte[] bytes = url.getBytes(StandardCharsets.UTF_8);
        urlMask.scan.read(ByteBuffer.wrap(bytes));
        urlMask.scan.flush();
        MaskedText text = new MaskedText(bytes, 0, urlMask.mask.spans(urlMask.scan));
        return text.isMasked() ? text.between(0, bytes.length) : url;
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
