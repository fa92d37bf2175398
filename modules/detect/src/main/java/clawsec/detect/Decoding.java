package clawsec.detect;

import clawsec.detect.decode.Escape;
import clawsec.detect.decode.History;
import clawsec.detect.decode.Notation;
import clawsec.detect.decode.RunReader;
import clawsec.detect.decode.Unescaper;
import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a text decodes to: the text without its escape sequences, and what its runs of characters
 * stand for, each read as a layer below. Confined to its scan.
 */
final class Decoding implements Unescaper.Sink, RunReader.Sink {
    private static final int BUFFER_BYTES = 2048;

    private final Layer source;
    private final Message message;
    private final History history = new History();
    private final Unescaper unescaper = new Unescaper(this);
    private final RunReader runReader = new RunReader(this);
    private @Nullable Layer unescaped;
    private @Nullable Layer run;

    /** Bytes of the stretch that the layer below has not read. */
    private byte[] buffer = new byte[0];

    private int buffered;

    /** Bytes of the stretch so far. */
    private long stretchBytes;

    private Notation runNotation = Notation.BASE64;
    private long runStart;
    private boolean isStretchCut;
    private boolean isRunCut;

    Decoding(Layer source, Message message) {
        this.source = source;
        this.message = message;
    }

    /**
     * Takes in the next bytes of the text; what is returned is to be scanned, then {@link #read}
     * called.
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
    }

    boolean isPending() {
        return runReader.isPending()
                || (unescaped != null && unescaped.isPending())
                || (run != null && run.isPending());
    }

    void flush() {
        runReader.read(history, true, false);
        if (unescaped != null) {
            unescaped.flush();
        }
        if (run != null) {
            run.flush();
        }
    }

    /** The text ended. */
    void end() {
        unescaper.read(history, true);
        if (unescaped != null) {
            unescaped.settleDoubts();
        }
        runReader.read(history, true, true);
        history.reset();
    }

    @Override
    public void beginStretch(boolean isCut) {
        if (unescaped == null) {
            unescaped = source.inner(false);
            buffer = new byte[BUFFER_BYTES];
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
        Layer below = stretch();
        Via how = source.viaIn(from, to).then(escape.notation());
        long offset = source.offsetOf(from, to);
        below.novelty().add(stretchBytes, escape.count(), isGlued, how, to - 1, offset);
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

    @Override
    public void beginRun(Notation notation, long place) {
        if (run == null) {
            run = source.inner(true);
        }
        run.begin(false);
        runNotation = notation;
        runStart = place;
        isRunCut = false;
    }

    @Override
    public void decoded(byte[] bytes, int count, long from, long to) {
        Layer below = run();
        if (isRunCut) {
            return;
        }
        if (below.novelty().isEmpty()) {
            findNew(below, from, to, count);
        }
        isRunCut = !message.budget().spend(count);
        if (!isRunCut) {
            below.read(ByteBuffer.wrap(bytes, 0, count));
        }
    }

    /** Takes note of where what is new in the run begins. */
    private void findNew(Layer below, long from, long to, int count) {
        long first = source.novelty().placeInRun(runStart, to);
        if (first < 0) {
            return;
        }
        long place = 0;
        if (first - runStart >= RunReader.MIN_CHARACTERS) {
            place = below.place() + (first <= from ? 0 : (first - from) * count / (to - from));
        }
        Via how = source.novelty().viaOfRun(runStart, to).orElseThrow().then(runNotation);
        below.novelty().addAllFrom(place, how, runStart, source.offsetOfRun(runStart, to));
    }

    @Override
    public void lineEnded() {
        run().flush();
    }

    @Override
    public void endRun() {
        run().end();
    }

    private Layer stretch() {
        if (unescaped == null) {
            throw new IllegalStateException("no stretch began");
        }
        return unescaped;
    }

    private Layer run() {
        if (run == null) {
            throw new IllegalStateException("no run began");
        }
        return run;
    }
}
