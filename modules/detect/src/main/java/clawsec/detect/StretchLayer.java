package clawsec.detect;

import clawsec.detect.decode.Escape;
import clawsec.detect.decode.FurtherLook;
import clawsec.detect.decode.Novelty;
import clawsec.detect.decode.Unescaper;
import clawsec.detect.decode.Via;
import clawsec.detect.engine.Sieve;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads stretches of a text without their escape sequences as a layer below it. In most there is
 * nothing to find: they are collected and looked at together, and only what may hold something is
 * read. Of one that grows long and holds nothing so far, the end is kept. Confined to its scan.
 *
 * <pre>{@code
 * buffer   padding ⏎ stretch ⏎ stretch ⏎ stretch ⏎ the one that is open, unless it is read ...
 * }</pre>
 */
final class StretchLayer implements Unescaper.Sink {
    /** Of a stretch that is longer and not read, so many bytes are kept at most. */
    static final int MOST_COLLECTED_BYTES = 2048;

    /** What is kept of it, for a match whose literal is not there yet. */
    static final int KEPT_BYTES = 512;

    private static final int FIRST = Sieve.PADDING_BYTES;
    private static final int END = FIRST + 6144;
    private static final int PADDING_BYTES =
            Math.max(Sieve.PADDING_BYTES, FurtherLook.PADDING_BYTES);

    /** What stands between two stretches. */
    private static final byte DIVIDER = '\n';

    private static final int MOST_COLLECTED = 64;

    private final Layer source;
    private final Message message;
    private @Nullable Layer below;

    /** The stretches collected and the one that is open; what is not read of one that is read. */
    private byte[] buffer = new byte[0];

    private int buffered = FIRST;

    /** What is new in what is collected, by index of the buffer. */
    private final Novelty novelty = new Novelty();

    /** By stretch collected, where it begins; then the one that is open. */
    private final int[] starts = new int[MOST_COLLECTED + 1];

    /** By stretch, whether the source goes on to the left. */
    private final boolean[] isCut = new boolean[MOST_COLLECTED + 1];

    /** By stretch, whether more was undone in it than spellings, which hide nothing else. */
    private final boolean[] mayDecode = new boolean[MOST_COLLECTED + 1];

    /** By stretch, where the last of what is new in it ends. */
    private final int[] newEnds = new int[MOST_COLLECTED];

    private final boolean[] isWorthReading = new boolean[MOST_COLLECTED];
    private int collected;

    private boolean isOpen;

    /** Whether the stretch that is open is read; then nothing is collected. */
    private boolean isRead;

    /** Bytes so far of the stretch that is read. */
    private long stretchBytes;

    private boolean isOverBudget;

    StretchLayer(Layer source, Message message) {
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

    /** The source was read on: what was unescaped of it, and may hold something, is read too. */
    void advance() {
        settle();
        if (isRead) {
            give();
        }
        if (below != null) {
            below.settleDoubts();
        }
        source.keepsMore(isOpen);
    }

    @Override
    public void beginStretch(boolean isCutOff) {
        if (buffer.length == 0) {
            buffer = new byte[END + PADDING_BYTES];
            Arrays.fill(buffer, DIVIDER);
        }
        starts[collected] = buffered;
        isCut[collected] = isCutOff;
        mayDecode[collected] = false;
        isOpen = true;
    }

    @Override
    public void copied(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int count = Math.min(to - at, room());
            System.arraycopy(text, at, buffer, buffered, count);
            buffered += count;
            stretchBytes += isRead ? count : 0;
            at += count;
        }
    }

    @Override
    public void unescaped(Escape escape, long from, long to, boolean isGlued) {
        Via how = source.viaIn(from, to).then(escape.notation());
        long offset = source.offsetOf(from, to);
        room();
        mayDecode[collected] |= !escape.isSpelling();
        if (isRead) {
            below().novelty().add(stretchBytes, escape.count(), isGlued, how, from, to - 1, offset);
        } else {
            novelty.add(buffered, escape.count(), isGlued, how, from, to - 1, offset);
        }
        copied(escape.bytes(), 0, escape.count());
    }

    @Override
    public void endStretch() {
        isOpen = false;
        if (isRead) {
            give();
            below().end();
            isRead = false;
            return;
        }
        newEnds[collected++] = (int) novelty.lastEnd();
        buffer[buffered++] = DIVIDER;
        if (collected == MOST_COLLECTED || buffered == END) {
            settle();
        }
    }

    /** How many bytes of the stretch that is open may be added, at least one. */
    private int room() {
        int limit = isRead ? END : Math.min(END - 1, starts[collected] + MOST_COLLECTED_BYTES);
        if (buffered == limit) {
            if (!isRead) {
                settle();
            }
            if (!isRead) {
                slide();
                return Math.min(END - 1, starts[0] + MOST_COLLECTED_BYTES) - buffered;
            }
            give();
            return END - buffered;
        }
        return limit - buffered;
    }

    /**
     * Makes room behind the stretch that is open, the only one left, in which nothing is so far.
     */
    private void slide() {
        int from = starts[0];
        if (buffered - from == MOST_COLLECTED_BYTES) {
            message.budget().spend(MOST_COLLECTED_BYTES - KEPT_BYTES);
            int earliest = buffered - KEPT_BYTES;
            int word = Unescaper.wordEnd(buffer, earliest, buffered);
            isCut[0] = word == buffered;
            from = isCut[0] ? earliest : word;
        }
        System.arraycopy(buffer, from, buffer, FIRST, buffered - from);
        novelty.forget(from);
        novelty.moveBack(from - FIRST);
        buffered -= from - FIRST;
        starts[0] = FIRST;
    }

    /** Reads what may hold something of what is collected, and begins so with what is open. */
    private void settle() {
        if (isRead || buffered == FIRST) {
            return;
        }
        Sieve sieve = message.sieve();
        FurtherLook look = message.furtherLook();
        Arrays.fill(buffer, buffered, buffered + PADDING_BYTES, DIVIDER);
        sieve.begin(buffer, starts[0], buffered);
        boolean mayAnyDecode = mayDecode[collected] && isOpen;
        for (int i = 0; i < collected; i++) {
            mayAnyDecode |= mayDecode[i];
        }
        if (mayAnyDecode) {
            look.begin(buffer, starts[0], buffered);
        }
        for (int i = 0; i < collected; i++) {
            int from = starts[i];
            int to = (i + 1 < collected || isOpen ? starts[i + 1] : buffered) - 1;
            isWorthReading[i] =
                    (mayDecode[i] && look.mayDecode(from, to, novelty))
                            || sieve.mayMatch(from, to, newEnds[i]);
        }
        int open = isOpen ? starts[collected] : buffered;
        boolean isOpenWorth =
                open < buffered
                        && ((mayDecode[collected] && look.mayDecode(open, buffered, novelty))
                                || sieve.mayMatch(open, buffered, buffered));
        for (int i = 0; i < collected; i++) {
            int to = (i + 1 < collected || isOpen ? starts[i + 1] : buffered) - 1;
            readWhole(i, to);
        }
        starts[0] = open;
        isCut[0] = isCut[collected];
        mayDecode[0] = mayDecode[collected];
        collected = 0;
        if (isOpenWorth) {
            beginReading();
        } else if (isOpen) {
            novelty.forget(open);
        } else {
            novelty.reset();
            buffered = FIRST;
        }
    }

    private void readWhole(int stretch, int to) {
        int from = starts[stretch];
        if (!message.budget().spend(to - from) || !isWorthReading[stretch]) {
            return;
        }
        Layer layer = begin(isCut[stretch]);
        layer.novelty().addFrom(novelty, from, to);
        layer.read(ByteBuffer.wrap(buffer, from, to - from));
        layer.end();
    }

    /** Begins to read the stretch that is open, the only one left. */
    private void beginReading() {
        Layer layer = begin(isCut[0]);
        layer.novelty().addFrom(novelty, starts[0], buffered);
        novelty.reset();
        stretchBytes = buffered - starts[0];
        isRead = true;
        isOverBudget = false;
    }

    private Layer begin(boolean isCutOff) {
        if (below == null) {
            below = source.inner(false);
        }
        below.begin(isCutOff);
        return below;
    }

    /** Has the bytes of the stretch read that were not. */
    private void give() {
        int count = buffered - starts[0];
        if (count > 0 && !isOverBudget) {
            isOverBudget = !message.budget().spend(count);
            if (!isOverBudget) {
                below().read(ByteBuffer.wrap(buffer, starts[0], count));
            }
        }
        starts[0] = FIRST;
        buffered = FIRST;
    }

    private Layer below() {
        if (below == null) {
            throw new IllegalStateException("no stretch began");
        }
        return below;
    }
}
