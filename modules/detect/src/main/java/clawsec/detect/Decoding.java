package clawsec.detect;

import clawsec.detect.decode.Escape;
import clawsec.detect.decode.History;
import clawsec.detect.decode.LineReader;
import clawsec.detect.decode.PackedReader;
import clawsec.detect.decode.PairReader;
import clawsec.detect.decode.RunReader;
import clawsec.detect.decode.Unescaper;
import clawsec.detect.decode.Via;
import clawsec.detect.decode.WideReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a text decodes to: the text without its escape sequences, what its runs of characters stand
 * for, its characters of two or four bytes, and what is compressed in it, each read as a layer
 * below. Confined to its scan.
 */
final class Decoding implements Unescaper.Sink {
    private static final int BUFFER_BYTES = 2048;

    private final Layer source;
    private final Message message;
    private final History history = new History();
    private final Unescaper unescaper = new Unescaper(this);
    private final RunLayer runs;
    private final RunReader runReader;
    private final ShellLayer shell;
    private final LineReader lineReader;
    private final RunLayer pairs;
    private final PairReader pairReader;
    private final RunLayer wide;
    private final WideReader wideReader;
    private final RunLayer packed;
    private final PackedReader packedReader;
    private @Nullable Layer unescaped;

    /** Bytes of the stretch that the layer below has not read. */
    private byte[] buffer = new byte[0];

    private int buffered;

    /** Bytes of the stretch so far. */
    private long stretchBytes;

    private boolean isStretchCut;

    Decoding(Layer source, Message message) {
        this.source = source;
        this.message = message;
        this.runs = new RunLayer(source, message);
        this.runReader = new RunReader(runs);
        this.shell = new ShellLayer(source, message);
        this.lineReader = new LineReader(shell);
        this.pairs = new RunLayer(source, message);
        this.pairReader = new PairReader(pairs);
        this.wide = new RunLayer(source, message);
        this.wideReader = new WideReader(wide);
        this.packed = new RunLayer(source, message);
        this.packedReader = new PackedReader(packed, message.detector().config().contentLimits());
    }

    /**
     * Takes in the next bytes of the text.
     *
     * @return what was taken, to be scanned before {@link #read} is called
     */
    ByteBuffer add(ByteBuffer piece) {
        return history.add(piece);
    }

    /** Reads what was added. */
    void read() {
        unescaper.read(history, false);
        if (unescaped != null) {
            give();
            unescaped.settleDoubts();
        }
        runReader.read(history, false, false);
        lineReader.read(history, false, false);
        pairReader.read(history, false, false);
        wideReader.read(history, false);
        packedReader.read(history, false);
        if (packed.isCut()) {
            packedReader.stop();
        }
    }

    boolean isPending() {
        return runReader.isPending()
                || (unescaped != null && unescaped.isPending())
                || runs.isPending()
                || pairs.isPending()
                || wide.isPending()
                || packed.isPending();
    }

    void flush() {
        lineReader.read(history, true, false);
        pairReader.read(history, true, false);
        runReader.read(history, true, false);
        if (unescaped != null) {
            unescaped.flush();
        }
        runs.flush();
        pairs.flush();
        wide.flush();
        packed.flush();
    }

    /** The text ended. */
    void end() {
        unescaper.read(history, true);
        if (unescaped != null) {
            unescaped.settleDoubts();
        }
        runReader.read(history, true, true);
        lineReader.read(history, false, true);
        pairReader.read(history, true, true);
        wideReader.read(history, true);
        packedReader.read(history, true);
        history.reset();
    }

    /** As {@link Layer#recycle}. */
    void recycle(boolean keepsBelow) {
        packedReader.stop();
        if (unescaped != null) {
            unescaped.recycle(false);
            unescaped = keepsBelow ? unescaped : null;
        }
        runs.recycle(keepsBelow);
        pairs.recycle(keepsBelow);
        shell.recycle(keepsBelow);
        wide.recycle(keepsBelow);
        packed.recycle(keepsBelow);
    }

    @Override
    public void beginStretch(boolean isCut) {
        if (unescaped == null) {
            unescaped = source.inner(false);
            buffer = buffer.length == 0 ? new byte[BUFFER_BYTES] : buffer;
        }
        unescaped.begin(isCut);
        stretchBytes = 0;
        isStretchCut = false;
    }

    @Override
    public void copied(byte[] text, int from, int to) {
        stretchBytes += to - from;
        int at = from;
        while (at < to) {
            int count = Math.min(to - at, buffer.length - buffered);
            System.arraycopy(text, at, buffer, buffered, count);
            buffered += count;
            at += count;
            if (buffered == buffer.length) {
                give();
            }
        }
    }

    @Override
    public void unescaped(Escape escape, long from, long to, boolean isGlued) {
        Via how = source.viaIn(from, to).then(escape.notation());
        long offset = source.offsetOf(from, to);
        stretch().novelty().add(stretchBytes, escape.count(), isGlued, how, to - 1, offset);
        copied(escape.bytes(), 0, escape.count());
    }

    @Override
    public void endStretch() {
        give();
        stretch().end();
    }

    private void give() {
        if (buffered > 0 && !isStretchCut) {
            isStretchCut = !message.budget().spend(buffered);
            if (!isStretchCut) {
                stretch().read(ByteBuffer.wrap(buffer, 0, buffered));
            }
        }
        buffered = 0;
    }

    private Layer stretch() {
        if (unescaped == null) {
            throw new IllegalStateException("no stretch began");
        }
        return unescaped;
    }
}
