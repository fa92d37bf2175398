package clawsec.proxy.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    }

    void remove(Wire wire) {
        wires.remove(wire);
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
            for (Wire wire : wires) {
                heldBytes += wire.isExpired() ? 0 : wire.heldBytes();
                long overdue = wire.deadline().overdueNanos(now);
                if (overdue > GRACE_NANOS) {
                    wire.abort();
                } else if (overdue > 0) {
                    wire.expire();
                }
            }
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
