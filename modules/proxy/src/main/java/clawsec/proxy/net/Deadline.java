package clawsec.proxy.net;

import java.time.Duration;

/**
 * How long a connection may go on: a bound on time without progress, and one that no progress
 * extends. The threads that use the connection set and feed it, {@link Deadlines} reads it; each
 * value is one volatile word.
 */
public final class Deadline {
    private static final long NEVER = Long.MAX_VALUE;

    private volatile long progressNanos = System.nanoTime();
    private volatile long allowedNanos = NEVER;
    private volatile long totalSinceNanos;
    private volatile long totalNanos = NEVER;

    Deadline() {}

    /** Notes that bytes moved. */
    void progress() {
        progressNanos = System.nanoTime();
    }

    /** From now on the connection expires when it makes no progress for so long. */
    public void allow(Duration withoutProgress) {
        progressNanos = System.nanoTime();
        allowedNanos = withoutProgress.toNanos();
    }

    /** The connection expires so long from now, progress or not. */
    public void allowInTotal(Duration total) {
        totalSinceNanos = System.nanoTime();
        totalNanos = total.toNanos();
    }

    /** Lifts the bound of {@link #allowInTotal}. */
    public void allowAnyTotal() {
        totalNanos = NEVER;
    }

    /** Nanoseconds since the last byte in either direction. */
    public long idleNanos(long nowNanos) {
        return nowNanos - progressNanos;
    }

    /** Nanoseconds past the earlier bound; not positive while both hold. */
    long overdueNanos(long nowNanos) {
        long allowed = allowedNanos;
        long total = totalNanos;
        long overdue = allowed == NEVER ? 0 : nowNanos - progressNanos - allowed;
        long overdueInTotal = total == NEVER ? 0 : nowNanos - totalSinceNanos - total;
        return Math.max(overdue, overdueInTotal);
    }
}
