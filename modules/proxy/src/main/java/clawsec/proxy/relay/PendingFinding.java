package clawsec.proxy.relay;

import clawsec.proxy.net.Fill;
import clawsec.proxy.net.Inflow;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Reads on in a stream in which something may have been found that waits for the bytes behind it:
 * those it shows beside the match, and those that may be part of it. It waits so long and no
 * longer, however little comes meanwhile. Confined to the thread that reads the stream.
 */
final class PendingFinding {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final BooleanSupplier isPending;
    private final Runnable flush;
    private boolean isWaiting;
    private long sinceNanos;

    /**
     * @param isPending whether something waits
     * @param flush records it as it is
     */
    PendingFinding(BooleanSupplier isPending, Runnable flush) {
        this.isPending = isPending;
        this.flush = flush;
    }

    /**
     * As {@link Inflow#fill()}; what has waited long enough meanwhile is on record.
     *
     * @return false at the end
     */
    boolean fill(Inflow from) throws IOException {
        while (isPending.getAsBoolean()) {
            if (!isWaiting) {
                isWaiting = true;
                sinceNanos = System.nanoTime();
            }
            Duration left = LIMIT.minusNanos(System.nanoTime() - sinceNanos);
            Fill fill = left.isPositive() ? from.fill(left) : Fill.TIMEOUT;
            if (fill != Fill.TIMEOUT) {
                return fill == Fill.BYTES;
            }
            flush.run();
            isWaiting = false;
        }
        isWaiting = false;
        return from.fill();
    }
}
