package clawsec.http.content;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * DEFLATE data (RFC 1951) decoded piece by piece through one output buffer, within the bounds of
 * the message. Holds native memory from the first byte on.
 */
final class Inflation {
    private static final int BUFFER_BYTES = 16_384;

    private final Budget budget;
    private final boolean isRaw;
    private @Nullable Inflater inflater;
    private byte[] buffer = {};
    private long decodedBytes;

    /**
     * @param isRaw true when no zlib header and checksum (RFC 1950) surround the data
     */
    Inflation(boolean isRaw, Budget budget) {
        this.isRaw = isRaw;
        this.budget = budget;
    }

    enum Outcome {
        NEEDS_INPUT,
        FINISHED,
        BROKEN,
        OVER_BUDGET
    }

    /** Consumes {@code in} up to the end of the data, or up to where it stops. */
    Outcome inflate(ByteBuffer in, Consumer<ByteBuffer> sink) {
        Inflater current = open();
        current.setInput(in);
        try {
            while (true) {
                int count = current.inflate(buffer);
                if (count > 0) {
                    decodedBytes += count;
                    if (!budget.allows(decodedBytes)) {
                        return Outcome.OVER_BUDGET;
                    }
                    sink.accept(ByteBuffer.wrap(buffer, 0, count));
                } else if (current.finished()) {
                    return Outcome.FINISHED;
                } else if (current.needsDictionary()) {
                    return Outcome.BROKEN;
                } else if (current.needsInput()) {
                    return Outcome.NEEDS_INPUT;
                }
            }
        } catch (DataFormatException e) {
            return Outcome.BROKEN;
        }
    }

    /** Which bound was passed. */
    String overBudget() {
        return budget.reason(decodedBytes);
    }

    /** Begins another stream of data; the bounds go on counting. */
    void restart() {
        if (inflater != null) {
            inflater.reset();
        }
    }

    void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private Inflater open() {
        if (inflater == null) {
            inflater = new Inflater(isRaw);
            buffer = new byte[BUFFER_BYTES];
        }
        return inflater;
    }
}
