package clawsec.detect;

import clawsec.detect.decode.LineReader;
import clawsec.detect.decode.Notation;
import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines as a shell would as a layer below a text, if they may hold something then. Confined
 * to its scan.
 */
final class ShellLayer implements LineReader.Sink {
    /** Reading a line takes as long as other decodings of so many times its bytes. */
    private static final int COST = 8;

    private final Layer source;
    private final Message message;
    private @Nullable Layer below;

    ShellLayer(Layer source, Message message) {
        this.source = source;
        this.message = message;
    }

    @Override
    public boolean mayRead(int bytes) {
        return message.budget().spend(bytes * COST);
    }

    @Override
    public void line(byte[] raw, byte[] read, byte[] lead, long from, boolean isCut) {
        long to = from + raw.length;
        // What ends the lines around it may be what is new: a line break that was escaped.
        if (!source.novelty().isIn(Math.max(0, from - 1), to + 1)
                || !source.isAcross(Math.max(0, from - 1), to + 1)
                || !message.budget().spend(read.length)
                || !message.firstLook().mayHold(read)) {
            return;
        }
        if (below == null) {
            below = source.inner(true);
        }
        Via how = source.viaIn(Math.max(0, from - 1), to + 1).then(Notation.SHELL);
        below.begin(isCut);
        below.beginBeside(raw, lead);
        below.novelty().addAllFrom(0, how, from, source.offsetOf(from, to));
        below.read(ByteBuffer.wrap(read));
        below.end();
    }

    /** As {@link Layer#recycle}. */
    void recycle(boolean keepsBelow) {
        if (below != null) {
            below.recycle(false);
            below = keepsBelow ? below : null;
        }
    }
}
