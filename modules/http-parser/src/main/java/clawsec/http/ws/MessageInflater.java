package clawsec.http.ws;

import clawsec.http.content.ContentLimits;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The compressed messages of one direction (RFC 7692 §7.2.2), decoded piece by piece. Java's
 * inflater keeps the largest window there is, so that whichever was agreed on is enough. A block
 * that ends the data (§7.2.3.5) also ends the context: what follows must not refer to what was
 * before. Confined to one thread.
 */
final class MessageInflater {
    /** What came of the input so far. */
    enum Progress {
        OUTPUT,
        UNDECODABLE,
        OVERSIZED,
        NEEDS_INPUT
    }

    /** How the message under way is read. */
    private enum State {
        DECODED,
        /** Not decoded, since it cannot be. */
        AS_IT_CAME,
        /** Decoded for what the next message may refer to, and not given. */
        SKIMMED,
        DROPPED
    }

    /** The first bytes of a message, kept for the case that it is not compressed at all. */
    static final int KEPT_BYTES = 256;

    private static final int BUFFER_BYTES = 8_192;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** RFC 7692 §7.2.2: what the sender took from the end of each message. */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final boolean keepsContext;
    private final ContentLimits limits;
    private @Nullable Inflater inflater;
    private byte[] buffer = {};
    private byte[] kept = {};
    private ByteBuffer input = NOTHING;
    private ByteBuffer output = NOTHING;
    private State state = State.AS_IT_CAME;

    /** What is to be told after the output. */
    private Progress due = Progress.NEEDS_INPUT;

    /** Whether the inflater may hold more output than it had room for. */
    private boolean isFilled;

    /** Of the piece that was taken last: where it begins in the message, and in its buffer. */
    private long pieceStart;

    private int piecePosition;

    /** Whether that is the tail. */
    private boolean isTail;

    private long encodedBytes;
    private long decodedBytes;

    /**
     * @param keepsContext whether a message may refer to the ones before it
     * @param limits of each message
     */
    MessageInflater(boolean keepsContext, ContentLimits limits) {
        this.keepsContext = keepsContext;
        this.limits = limits;
    }

    void beginMessage() {
        state = State.DECODED;
        isTail = false;
        encodedBytes = 0;
        decodedBytes = 0;
    }

    /** Takes the next piece, which must stay as it is until {@link #advance} needs more. */
    void add(ByteBuffer piece) {
        if (encodedBytes < KEPT_BYTES) {
            if (kept.length == 0) {
                kept = new byte[KEPT_BYTES];
            }
            int count = (int) Math.min(piece.remaining(), KEPT_BYTES - encodedBytes);
            piece.get(piece.position(), kept, (int) encodedBytes, count);
        }
        pieceStart = encodedBytes;
        piecePosition = piece.position();
        encodedBytes += piece.remaining();
        take(piece);
    }

    /** The message's last piece was taken; one without any was never compressed. */
    void addTail() {
        if (isInflating() && encodedBytes > 0) {
            isTail = true;
            take(ByteBuffer.wrap(TAIL));
        }
    }

    private void take(ByteBuffer piece) {
        input = piece;
        if (isInflating()) {
            open().setInput(input);
        }
    }

    private boolean isInflating() {
        return state == State.DECODED || state == State.SKIMMED;
    }

    /** Goes on with what was taken; {@link #output} holds a piece after {@code OUTPUT}. */
    Progress advance() {
        if (due != Progress.NEEDS_INPUT) {
            Progress told = due;
            due = Progress.NEEDS_INPUT;
            return told;
        }
        while (isInflating() && (input.hasRemaining() || isFilled)) {
            Progress progress = inflate(open());
            if (progress != Progress.NEEDS_INPUT) {
                return progress;
            }
        }
        boolean isGiven = state == State.AS_IT_CAME && input.hasRemaining();
        output = input;
        input = NOTHING;
        return isGiven ? Progress.OUTPUT : Progress.NEEDS_INPUT;
    }

    /** Valid until the next call of {@link #advance}. */
    ByteBuffer output() {
        return output;
    }

    /** The message has ended, and all of it was given. */
    void endMessage() {
        if (!keepsContext) {
            close();
        }
    }

    /** Frees the native memory. */
    void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
        isFilled = false;
    }

    private Progress inflate(Inflater current) {
        long before = current.getBytesWritten();
        boolean isBroken = false;
        try {
            current.inflate(buffer);
        } catch (DataFormatException e) {
            isBroken = true;
        }
        int count = (int) (current.getBytesWritten() - before);
        isFilled = count == buffer.length;
        boolean isFinished = current.finished();
        // with input and room for output only a preset dictionary can stop it
        isBroken |= count == 0 && !isFinished && input.hasRemaining();
        if (isBroken || isFinished) {
            current.reset();
            current.setInput(input);
            isFilled = false;
        }
        boolean isGiven = state == State.DECODED && count > 0;
        if (isGiven) {
            give(count);
        }
        if (isBroken) {
            giveUp();
        }
        if (isGiven) {
            return Progress.OUTPUT;
        }
        Progress told = due;
        due = Progress.NEEDS_INPUT;
        return told;
    }

    private void give(int count) {
        int granted = (int) Math.min(count, limits.decodedBytes() - decodedBytes);
        decodedBytes += count;
        output = ByteBuffer.wrap(buffer, 0, granted);
        boolean isOversized =
                decodedBytes > limits.decodedBytes()
                        || (decodedBytes > limits.ratioFreeBytes()
                                && decodedBytes > encodedBytes * limits.ratio());
        if (isOversized) {
            due = Progress.OVERSIZED;
            state = keepsContext ? State.SKIMMED : State.DROPPED;
        }
    }

    /** What was read is no compressed data, nor may be what follows in this message. */
    private void giveUp() {
        if (state != State.DECODED) {
            state = State.DROPPED;
            return;
        }
        due = Progress.UNDECODABLE;
        state = State.AS_IT_CAME;
        boolean isKept = pieceStart + input.position() - piecePosition <= KEPT_BYTES;
        if (isTail) {
            isKept = encodedBytes <= KEPT_BYTES;
            input = isKept ? ByteBuffer.wrap(kept, 0, (int) encodedBytes) : NOTHING;
        } else if (isKept) {
            input.position(piecePosition);
            ByteBuffer whole = ByteBuffer.allocate((int) pieceStart + input.remaining());
            input = whole.put(kept, 0, (int) pieceStart).put(input).flip();
        }
    }

    private Inflater open() {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        if (buffer.length == 0) {
            buffer = new byte[BUFFER_BYTES];
        }
        return inflater;
    }
}
