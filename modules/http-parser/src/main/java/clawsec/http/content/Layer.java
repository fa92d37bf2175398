package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A stage, and the first bytes that it took: text which only claims to be coded may pass for coded
 * data for a while, and what it was decoded to shows nothing of it. So a stage that stops early
 * gives back what it took from the beginning.
 */
final class Layer {
    /** Data that was decoded for so long is what it claims to be. */
    static final int HEAD_BYTES = 4096;

    private final Stage stage;
    private byte[] head = {};

    /** No head is kept, or no longer. */
    private boolean isTrusted;

    Layer(Stage stage, boolean isTrusted) {
        this.stage = stage;
        this.isTrusted = isTrusted;
    }

    Stage stage() {
        return stage;
    }

    /** As {@link Stage#decode}, but that {@link #untouched} says what goes before the rest. */
    Optional<String> decode(ByteBuffer in, Consumer<ByteBuffer> sink, Consumer<ByteBuffer> aside) {
        int from = in.position();
        Optional<String> stopped = stage.decode(in, sink, aside);
        if (isTrusted) {
            return stopped;
        }
        int taken = in.position() - from;
        if (head.length + taken > HEAD_BYTES) {
            isTrusted = true;
            head = new byte[0];
        } else if (stopped.isEmpty()) {
            head = Arrays.copyOf(head, head.length + taken);
            in.get(from, head, head.length - taken, taken);
        } else if (isDoubtful()) {
            in.position(from);
        }
        return stopped;
    }

    /** Whether the stage stopped at what may never have been of its coding. */
    boolean isDoubtful() {
        return !isTrusted && !stage.isProven();
    }

    /** What was taken and is to be given as it came, once the stage has stopped. */
    ByteBuffer untouched() {
        return isDoubtful() ? ByteBuffer.wrap(head) : stage.heldBack();
    }
}
