package clawsec.proxy.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Ends wires that stall. One thread looks at all of them a few times a second; the threads that own
 * the wires only note when they made progress, so that a blocking read costs no timer. Safe for use
 * by many threads.
 */
public final class Deadlines implements AutoCloseable {
    /** How late a deadline can be noticed. */
    public static final Duration GRANULARITY = Duration.ofMillis(200);

    /** How long the owner of an expired wire has to answer before the wire is closed under it. */
    private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final Thread watcher;
    private volatile LongConsumer observer = heldBytes -> {};
    private volatile long heldAtLook;
    private volatile long mostBytes = Long.MAX_VALUE;

    /** What wires took since the last look, less what they gave back. */
    private final AtomicLong takenSince = new AtomicLong();

    private Deadlines() {
        watcher = Thread.ofPlatform().daemon().name("clawsec-deadlines").unstarted(this::watch);
    }

    /** Starts watching; ends with {@link #close}. */
    public static Deadlines open() {
        Deadlines deadlines = new Deadlines();
        deadlines.watcher.start();
        return deadlines;
    }

    void add(Wire wire) {
        wires.add(wire);
        take(wire.heldBytes());
    }

    /** Notes that a wire took so many bytes of the heap, or gave them back where negative. */
    void take(long bytes) {
        takenSince.addAndGet(bytes);
    }

    /** About how many bytes of the heap all wires hold now. */
    public long heldBytes() {
        return heldAtLook + takenSince.get();
    }

    /** Whether all wires hold more than they may, so that none should take more than it must. */
    public boolean isOverfull() {
        return heldBytes() > mostBytes;
    }

    /** Says how many bytes of the heap all wires may hold; without it, any number. */
    public void allow(long bytes) {
        mostBytes = bytes;
    }

    void remove(Wire wire) {
        if (wires.remove(wire)) {
            take(-wire.heldBytes());
        }
    }

    /** Whom to tell, after each look, about how many bytes of the heap all wires hold. */
    public void onLook(LongConsumer observer) {
        this.observer = observer;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(GRANULARITY);
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            long heldBytes = 0;
            takenSince.set(0);
            for (Wire wire : wires) {
                heldBytes += wire.isExpired() ? 0 : wire.heldBytes();
                long overdue = wire.deadline().overdueNanos(now);
                if (overdue > GRACE_NANOS) {
                    wire.abort();
                } else if (overdue > 0) {
                    wire.expire();
                }
            }
            heldAtLook = heldBytes;
            observer.accept(heldBytes);
        } catch (RuntimeException | Error ours) {
            BugLog.log("The watch over stalled connections", ours);
        }
    }

    /** Stops watching; the wires stay as they are. */
    @Override
    public void close() {
        watcher.interrupt();
    }
}
