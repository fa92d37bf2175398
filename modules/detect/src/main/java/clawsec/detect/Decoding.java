package clawsec.detect;

import clawsec.detect.decode.History;
import clawsec.detect.decode.LineReader;
import clawsec.detect.decode.PackedReader;
import clawsec.detect.decode.PairReader;
import clawsec.detect.decode.RunReader;
import clawsec.detect.decode.Unescaper;
import clawsec.detect.decode.WideReader;
import java.nio.ByteBuffer;

/**
 * What a text decodes to: the text without its escape sequences, what its runs of characters stand
 * for, its characters of two or four bytes, and what is compressed in it, each read as a layer
 * below. Confined to its scan.
 */
final class Decoding {
    private final History history = new History();
    private final StretchLayer stretches;
    private final Unescaper unescaper;
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

    Decoding(Layer source, Message message) {
        this.stretches = new StretchLayer(source, message);
        this.unescaper = new Unescaper(stretches);
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

    /** As {@link History#holdsForm}. */
    void holdsForm(long from, long to) {
        history.holdsForm(from, to);
    }

    /** Reads what was added. */
    void read() {
        unescaper.read(history, false);
        stretches.advance();
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
                || stretches.isPending()
                || runs.isPending()
                || pairs.isPending()
                || wide.isPending()
                || packed.isPending();
    }

    void flush() {
        lineReader.read(history, true, false);
        pairReader.read(history, true, false);
        runReader.read(history, true, false);
        stretches.flush();
        runs.flush();
        pairs.flush();
        wide.flush();
        packed.flush();
    }

    /** The text ended. */
    void end() {
        unescaper.read(history, true);
        stretches.advance();
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
        stretches.recycle(keepsBelow);
        runs.recycle(keepsBelow);
        pairs.recycle(keepsBelow);
        shell.recycle(keepsBelow);
        wide.recycle(keepsBelow);
        packed.recycle(keepsBelow);
    }
}
