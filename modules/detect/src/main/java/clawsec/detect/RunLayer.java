package clawsec.detect;

import clawsec.detect.decode.Notation;
import clawsec.detect.decode.RunReader;
import clawsec.detect.decode.RunSink;
import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads what runs of a text stand for as a layer below it. Confined to its scan. */
final class RunLayer implements RunSink {
    private final Layer source;
    private final Message message;
    private @Nullable Layer below;
    private Notation notation = Notation.BASE64;
    private long start;
    private boolean isCut;

    RunLayer(Layer source, Message message) {
        this.source = source;
        this.message = message;
    }

    boolean isPending() {
        return below != null && below.isPending();
    }

    void flush() {
        if (below != null) {
            below.flush();
        }
    }

    /** As {@link Layer#recycle}. */
    void recycle(boolean keepsBelow) {
        if (below != null) {
            below.recycle(false);
            below = keepsBelow ? below : null;
        }
    }

    /** Whether the budget allows no more of this run. */
    boolean isCut() {
        return isCut;
    }

    @Override
    public void beginRun(Notation notation, long place) {
        if (below == null) {
            below = source.inner(true);
        }
        below.begin(false);
        this.notation = notation;
        start = place;
        isCut = false;
    }

    @Override
    public void decoded(byte[] bytes, int count, long from, long to) {
        if (isCut) {
            return;
        }
        Layer layer = below();
        if (layer.novelty().isEmpty()) {
            findNew(layer, from, to, count);
        }
        isCut = !message.budget().spend(count);
        if (!isCut) {
            layer.read(ByteBuffer.wrap(bytes, 0, count));
        }
    }

    @Override
    public void lineEnded() {
        below().flush();
    }

    @Override
    public void endRun() {
        below().end();
    }

    /** Takes note of where what is new in the run begins. */
    private void findNew(Layer layer, long from, long to, int count) {
        long first = source.novelty().placeInRun(start, to);
        if (first < 0 || !source.isAcross(start, to)) {
            return;
        }
        long place = 0;
        if (first - start >= RunReader.MIN_CHARACTERS) {
            place = layer.place() + (first <= from ? 0 : (first - from) * count / (to - from));
        }
        Via how = source.novelty().viaOfRun(start, to).orElseThrow().then(notation);
        layer.novelty().addAllFrom(place, how, start, source.offsetOfRun(start, to));
    }

    private Layer below() {
        if (below == null) {
            throw new IllegalStateException("no run began");
        }
        return below;
    }
}
