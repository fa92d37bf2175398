package clawsec.detect;

import clawsec.detect.decode.Escape;
import clawsec.detect.decode.History;
import clawsec.detect.decode.Notation;
import clawsec.detect.decode.RunReader;
import clawsec.detect.decode.RunSink;
import clawsec.detect.decode.Unescaper;
import java.nio.ByteBuffer;

/**
 * Counts what in the deepest layer looks encoded once more: escape sequences, by stretches, and
 * runs of characters. Confined to its scan.
 */
final class DeepestLook implements Unescaper.Sink, RunSink {
    private final Layer layer;
    private final DecodeBudget budget;
    private final History history = new History();
    private final Unescaper unescaper = new Unescaper(this);
    private final RunReader runReader = new RunReader(this);
    private boolean isStretchCounted;
    private boolean isRunCounted;
    private long runStart;

    DeepestLook(Layer layer, DecodeBudget budget) {
        this.layer = layer;
        this.budget = budget;
    }

    /** As {@link Decoding#add}. */
    ByteBuffer add(ByteBuffer piece) {
        return history.add(piece);
    }

    /** Reads what was added. */
    void read() {
        unescaper.read(history, false);
        runReader.read(history, false, false);
    }

    /** The text ended. */
    void end() {
        unescaper.read(history, true);
        runReader.read(history, true, true);
        history.reset();
    }

    @Override
    public void beginStretch(boolean isCut) {
        isStretchCounted = false;
    }

    @Override
    public void copied(byte[] text, int from, int to) {}

    @Override
    public void unescaped(Escape escape, long from, long to, boolean isGlued) {
        if (!isStretchCounted && layer.novelty().isIn(from, to)) {
            isStretchCounted = true;
            budget.cut();
        }
    }

    @Override
    public void endStretch() {}

    @Override
    public void beginRun(Notation notation, long place) {
        runStart = place;
        isRunCounted = false;
    }

    @Override
    public void decoded(byte[] bytes, int count, long from, long to) {
        if (!isRunCounted && layer.novelty().placeInRun(runStart, to) >= 0) {
            isRunCounted = true;
            budget.cut();
        }
    }

    @Override
    public void lineEnded() {}

    @Override
    public void endRun() {}
}
