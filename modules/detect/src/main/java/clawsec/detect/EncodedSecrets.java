package clawsec.detect;

import clawsec.detect.decode.Escape;
import clawsec.detect.decode.History;
import clawsec.detect.decode.Notation;
import clawsec.detect.decode.RunReader;
import clawsec.detect.decode.RunSink;
import clawsec.detect.decode.Unescaper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what of a short text must not be shown because it can be decoded to a secret. Used for what
 * is about to be shown, so it may be slow. Reused, confined to one thread at a time.
 */
final class EncodedSecrets implements Unescaper.Sink, RunSink {
    private static final int FIRST_BYTES = 256;

    /** Characters of an encoded secret that stay readable, where less than that is shown anyway. */
    private static final int SHOWN_CHARACTERS = 4;

    private final Detector detector;
    private final int depth;
    private final SecretScan secrets;
    private final History history = new History();
    private final Unescaper unescaper = new Unescaper(this);
    private final RunReader runReader = new RunReader(this);
    private @Nullable EncodedSecrets inner;
    private List<Mask.Span> found = new ArrayList<>();

    private byte[] decoded = new byte[FIRST_BYTES];

    /** By decoded byte, where in the text what it is made from begins. */
    private int[] madeFrom = new int[FIRST_BYTES];

    /** By decoded byte, where that ends. */
    private int[] madeTo = new int[FIRST_BYTES];

    private int decodedBytes;
    private int textBytes;
    private byte[] run = new byte[FIRST_BYTES];
    private int runBytes;
    private long runStart;
    private long runEnd;

    EncodedSecrets(Detector detector) {
        this(detector, 1);
    }

    private EncodedSecrets(Detector detector, int depth) {
        this.detector = detector;
        this.depth = depth;
        this.secrets = new SecretScan(detector);
    }

    /**
     * What is to be hidden, as indexes of the text, in no order.
     *
     * @param text not longer than a snippet and what is kept around it, or a URL
     */
    List<Mask.Span> spans(byte[] text) {
        found = new ArrayList<>();
        if (depth > detector.config().decodeLimits().depth()) {
            return found;
        }
        textBytes = text.length;
        ByteBuffer in = ByteBuffer.wrap(text);
        while (in.hasRemaining()) {
            history.add(in);
            unescaper.read(history, false);
            runReader.read(history, false, false);
        }
        unescaper.read(history, true);
        runReader.read(history, true, true);
        history.reset();
        return found;
    }

    @Override
    public void beginStretch(boolean isCut) {
        decodedBytes = 0;
    }

    @Override
    public void copied(byte[] text, int from, int to) {
        int place = (int) history.place(from);
        for (int i = from; i < to; i++) {
            add(text[i], place, ++place);
        }
    }

    @Override
    public void unescaped(Escape escape, long from, long to, boolean isGlued) {
        for (int i = 0; i < escape.count(); i++) {
            add(escape.bytes()[i], (int) from, (int) to);
        }
    }

    @Override
    public void endStretch() {
        boolean isLast = decodedBytes > 0 && madeTo[decodedBytes - 1] == textBytes;
        for (Mask.Span span : within(Arrays.copyOf(decoded, decodedBytes), isLast)) {
            if (span.from() < span.to()) {
                found.add(new Mask.Span(madeFrom[(int) span.from()], madeTo[(int) span.to() - 1]));
            }
        }
    }

    @Override
    public void beginRun(Notation notation, long place) {
        runStart = place;
        runBytes = 0;
    }

    @Override
    public void decoded(byte[] bytes, int count, long from, long to) {
        if (runBytes + count > run.length) {
            run = Arrays.copyOf(run, Math.max(2 * run.length, runBytes + count));
        }
        System.arraycopy(bytes, 0, run, runBytes, count);
        runBytes += count;
        runEnd = to;
    }

    @Override
    public void lineEnded() {}

    /** Hides from where the first secret begins: nobody reads the rest anyway. */
    @Override
    public void endRun() {
        byte[] text = Arrays.copyOf(run, runBytes);
        long first = Long.MAX_VALUE;
        if (RunReader.isPacked(text)) {
            first = SHOWN_CHARACTERS;
        }
        for (Mask.Span span : within(text, runEnd == textBytes)) {
            first = span.from() < span.to() ? Math.min(first, span.from()) : first;
        }
        if (first < runBytes) {
            long from = runStart + first * (runEnd - runStart) / runBytes;
            found.add(new Mask.Span(from, runEnd));
        }
    }

    /**
     * @param isLast whether it may go on, so that a secret may be incomplete
     */
    private List<Mask.Span> within(byte[] text, boolean isLast) {
        List<Mask.Span> spans =
                new ArrayList<>(isLast ? secrets.spans(text) : secrets.wholeSpans(text));
        if (inner == null) {
            inner = new EncodedSecrets(detector, depth + 1);
        }
        spans.addAll(inner.spans(text));
        return spans;
    }

    private void add(byte value, int from, int to) {
        if (decodedBytes == decoded.length) {
            decoded = Arrays.copyOf(decoded, 2 * decodedBytes);
            madeFrom = Arrays.copyOf(madeFrom, 2 * decodedBytes);
            madeTo = Arrays.copyOf(madeTo, 2 * decodedBytes);
        }
        decoded[decodedBytes] = value;
        madeFrom[decodedBytes] = from;
        madeTo[decodedBytes++] = to;
    }
}
