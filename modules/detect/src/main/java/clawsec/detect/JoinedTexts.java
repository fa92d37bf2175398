package clawsec.detect;

import clawsec.detect.decode.Notation;
import clawsec.detect.decode.Via;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the texts that a stream of events brings in pieces, such as what a model says a word at a
 * time: strings at the same place of one JSON after another ({@link DeltaReader}). Of a joined text
 * only what spans a joint counts, for the rest was found in its event. Confined to its scan.
 *
 * <pre>{@code
 * {"index":0,"delta":{"text":"cur"}}  ─┐
 * {"index":1,"delta":{"text":"..."}}   ├─► cur│l h│ttp│ ... ─► Layer
 * {"index":0,"delta":{"text":"l h"}}  ─┘      joints
 * }</pre>
 *
 * <p>Only so many are open at once, and none for long without a piece, for each takes as much
 * memory as a message; when one that was ended so goes on nevertheless, it counts as something that
 * was not decoded. What is read waits until {@link #advance}, since short pieces are read faster
 * together.
 */
final class JoinedTexts implements DeltaReader.Sink {
    /** The most texts of two pieces or more that are open at once. */
    static final int MAX_TEXTS = 8;

    /** Likewise of one piece. */
    static final int MAX_FIRSTS = 8;

    /** A text ends when others had so many pieces since its last one. */
    static final int MAX_PIECES_BETWEEN = 128;

    /** What reads texts is kept from one message to the next, so many. */
    private static final int MAX_SPARE = 2;

    /** So many texts that ended early are remembered. */
    private static final int MAX_ENDED = 64;

    private final Layer text;
    private final Message message;
    private final DeltaReader reader = new DeltaReader(this);
    private final Via via = Via.none().then(Notation.DELTAS);

    /** The one that had a piece last is last; so with the next. */
    private final List<JoinedText> texts = new ArrayList<>(MAX_TEXTS);

    private final List<JoinedText> firsts = new ArrayList<>(MAX_FIRSTS);
    private final List<Layer> spare = new ArrayList<>(MAX_SPARE);
    private final long[] ended = new long[MAX_ENDED];
    private int endedCount;
    private @Nullable JoinedText current;

    /** So many had a text before them. */
    private long pieces;

    /** Where the event began whose JSON is read; -1 between two. */
    private long offset = -1;

    /**
     * @param text of the content
     */
    JoinedTexts(Layer text, Message message) {
        this.text = text;
        this.message = message;
    }

    /**
     * Reads a piece of an event's JSON; consumed.
     *
     * @param contentOffset where the piece is in the content
     */
    void read(ByteBuffer piece, long contentOffset) {
        offset = offset < 0 ? contentOffset : offset;
        if (piece.hasArray()) {
            int from = piece.arrayOffset() + piece.position();
            reader.read(piece.array(), from, from + piece.remaining());
            piece.position(piece.limit());
            return;
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        reader.read(copy, 0, copy.length);
    }

    /** The event ended. */
    void endEvent() {
        reader.end();
        offset = -1;
    }

    @Override
    public void text(long key, boolean isFirst, byte[] bytes, int from, int count) {
        JoinedText joined = isFirst || current == null ? open(key) : current;
        joined.add(bytes, from, count);
        current = joined;
    }

    /** Has what was joined read; it is not kept waiting for more content. */
    void advance() {
        for (int i = 0; i < texts.size(); i++) {
            texts.get(i).read();
        }
    }

    /** As {@link MessageScan#isPending}. */
    boolean isPending() {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isPending()) {
                return true;
            }
        }
        return false;
    }

    /** As {@link MessageScan#flush}. */
    void flush() {
        for (int i = 0; i < texts.size(); i++) {
            texts.get(i).flush();
        }
    }

    /** The stream ended. */
    void end() {
        endEvent();
        while (!texts.isEmpty()) {
            end(texts.getFirst());
        }
        firsts.clear();
        current = null;
        pieces = 0;
        endedCount = 0;
    }

    /** As {@link Scanner#recycle}. */
    void recycle() {
        while (spare.size() > MAX_SPARE) {
            spare.removeLast();
        }
        spare.forEach(layer -> layer.recycle(true));
    }

    /** The text that goes on with a new piece, or begins with it. */
    private JoinedText open(long key) {
        JoinedText open = take(texts, key);
        if (open == null) {
            open = take(firsts, key);
            if (open == null) {
                return begin(key);
            }
            open.readBy(reader());
        }
        open.joint(via, offset);
        texts.add(open);
        open.reach(++pieces);
        if (pieces - texts.getFirst().lastPiece() > MAX_PIECES_BETWEEN) {
            endEarly(texts.getFirst());
        }
        return open;
    }

    private JoinedText begin(long key) {
        if (firsts.size() == MAX_FIRSTS) {
            remember(firsts.removeFirst().key());
        }
        for (int i = 0; i < Math.min(endedCount, MAX_ENDED); i++) {
            if (ended[i] == key) {
                message.budget().cut();
                break;
            }
        }
        JoinedText first = new JoinedText(key);
        firsts.add(first);
        return first;
    }

    /** What reads a text that has got its second piece. */
    private Layer reader() {
        if (texts.size() == MAX_TEXTS) {
            endEarly(texts.getFirst());
        }
        return spare.isEmpty() ? text.joined(via) : spare.removeLast();
    }

    private void endEarly(JoinedText joined) {
        remember(joined.key());
        end(joined);
    }

    private void end(JoinedText joined) {
        texts.remove(joined);
        Layer layer = joined.end();
        if (layer != null) {
            spare.add(layer);
        }
    }

    private void remember(long key) {
        ended[endedCount++ % MAX_ENDED] = key;
    }

    private static @Nullable JoinedText take(List<JoinedText> from, long key) {
        for (int i = from.size() - 1; i >= 0; i--) {
            if (from.get(i).key() == key) {
                return from.remove(i);
            }
        }
        return null;
    }
}
