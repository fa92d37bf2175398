package clawsec.http.content.brotli;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one brotli stream (RFC 7932), pushed piece by piece and resumable at any byte. Every call
 * gives the sink all output that the input so far determines. Never throws for what the bytes are.
 * Confined to one thread at a time.
 */
public final class BrotliDecoder {
    /** How far a call came. */
    public enum Outcome {
        /** All input is consumed, and the stream goes on. */
        NEEDS_INPUT,
        /** The stream is whole; what follows it is not consumed. */
        FINISHED,
        /** The stream broke a rule: {@link #fault()}. Its next byte is not consumed. */
        BROKEN,
        /** The sink wanted no more. */
        STOPPED
    }

    private static final int SCRATCH_BYTES = 4_096;

    private final BitInput in = new BitInput();
    private final Predicate<ByteBuffer> sink;
    private final Consumer<ByteBuffer> metadata;
    private @Nullable Window window;
    private @Nullable MetaBlockReader metaBlocks;
    private byte[] scratch = {};
    private Outcome outcome = Outcome.NEEDS_INPUT;

    /**
     * A decoder that gives its output in pieces, each valid during the call only.
     *
     * @param sink gets the output; false when it wants no more, which ends decoding
     * @param metadata gets what metadata blocks hold, in array-backed buffers, in order with the
     *     output; after the last piece of a block an empty buffer
     */
    public BrotliDecoder(Predicate<ByteBuffer> sink, Consumer<ByteBuffer> metadata) {
        this.sink = sink;
        this.metadata = metadata;
    }

    /** Consumes {@code in} up to the end of the stream, or up to where it stops for good. */
    public Outcome decode(ByteBuffer input) {
        while (outcome == Outcome.NEEDS_INPUT && input.hasRemaining()) {
            if (input.hasArray()) {
                int from = input.arrayOffset() + input.position();
                in.open(input.array(), from, from + input.remaining());
                input.position(input.limit());
            } else {
                if (scratch.length == 0) {
                    scratch = new byte[SCRATCH_BYTES];
                }
                int size = Math.min(scratch.length, input.remaining());
                input.get(scratch, 0, size);
                in.open(scratch, 0, size);
            }
            outcome = run();
            int unread = in.close();
            if (outcome != Outcome.NEEDS_INPUT) {
                // never more than came with this call: what an earlier one left over belonged to
                // the item that waited for more
                input.position(input.position() - unread);
            }
        }
        return outcome;
    }

    /** The first rule that the stream broke. */
    public Optional<Fault> fault() {
        return Optional.ofNullable(in.fault());
    }

    private Outcome run() {
        if (metaBlocks == null || window == null) {
            int bits = windowBits();
            if (bits == 0) {
                in.refuse(Fault.LARGE_WINDOW);
                return Outcome.BROKEN;
            }
            window = new Window(bits, sink);
            metaBlocks = new MetaBlockReader(in, window, metadata);
        }
        boolean isWhole = metaBlocks.read();
        window.flush();
        if (window.isStopped()) {
            return Outcome.STOPPED;
        }
        if (isWhole) {
            return Outcome.FINISHED;
        }
        return in.fault() == null ? Outcome.NEEDS_INPUT : Outcome.BROKEN;
    }

    /** RFC 7932 §9.1: one, four or seven bits of the first byte; 0 for what is not among them. */
    private int windowBits() {
        in.refill();
        if (in.take(1) == 0) {
            return 16;
        }
        int bits = in.take(3);
        if (bits > 0) {
            return 17 + bits;
        }
        bits = in.take(3);
        return switch (bits) {
            case 0 -> 17;
            case 1 -> 0;
            default -> 8 + bits;
        };
    }
}
