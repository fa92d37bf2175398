package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * DEFLATE data (RFC 1951) decoded piece by piece through one output buffer, within the bounds of
 * the message. Holds native memory from the first byte on.
 */
final class Inflation {
    enum Outcome {
        NEEDS_INPUT,
        FINISHED,
        BROKEN,
        OVER_BUDGET
    }

    private static final int BUFFER_BYTES = 16_384;

    private final Budget budget;
    private final Checksum checksum;
    private @Nullable Inflater inflater;
    private byte[] buffer = {};
    private long decodedBytes;

    /** Decoded before the present stream of data. */
    private long earlierBytes;

    /**
     * @param checksum is taken of what is decoded, and begins anew with each stream of data
     */
    Inflation(Budget budget, Checksum checksum) {
        this.budget = budget;
        this.checksum = checksum;
    }

    /** Consumes {@code in} up to the end of the data, or up to where it stops. */
    Outcome inflate(ByteBuffer in, Consumer<ByteBuffer> sink) {
        Inflater current = open();
        current.setInput(in);
        while (true) {
            long before = current.getBytesWritten();
            boolean isBroken = false;
            try {
                current.inflate(buffer);
            } catch (DataFormatException e) {
                isBroken = true;
            }
            int count = (int) (current.getBytesWritten() - before);
            if (count > 0 && !give(count, sink)) {
                return Outcome.OVER_BUDGET;
            }
            if (isBroken) {
                return Outcome.BROKEN;
            }
            if (current.finished()) {
                return Outcome.FINISHED;
            }
            if (count == 0) {
                // with input and room for output only a preset dictionary can stop it
                return in.hasRemaining() ? Outcome.BROKEN : Outcome.NEEDS_INPUT;
            }
        }
    }

    /** Which bound was passed. */
    String overBudget() {
        return budget.reason(decodedBytes);
    }

    /** Of the present stream of data. */
    long streamBytes() {
        return decodedBytes - earlierBytes;
    }

    /** Begins another stream of data; the bounds go on counting. */
    void restart() {
        if (inflater != null) {
            inflater.reset();
        }
        checksum.reset();
        earlierBytes = decodedBytes;
    }

    void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private boolean give(int count, Consumer<ByteBuffer> sink) {
        int granted = budget.grant(decodedBytes, count);
        decodedBytes += count;
        checksum.update(buffer, 0, count);
        sink.accept(ByteBuffer.wrap(buffer, 0, granted));
        return !budget.isExceededBy(decodedBytes);
    }

    private Inflater open() {
        if (inflater == null) {
            inflater = new Inflater(true);
            buffer = new byte[BUFFER_BYTES];
        }
        return inflater;
    }
}
