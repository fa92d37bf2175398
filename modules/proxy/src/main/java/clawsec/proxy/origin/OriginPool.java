package clawsec.proxy.origin;

import clawsec.http.h1.Http1Limits;
import clawsec.http.h1.ResponseDecoder;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Idle connections to origins, the most recently used first. A connection comes back only after a
 * message that ended cleanly; it is asked whether it is still open before it is used again. Safe
 * for use by many threads.
 */
public final class OriginPool implements AutoCloseable {
    /** Idle connections kept an origin. */
    public static final int IDLE_PER_ORIGIN = 128;

    /** Idle connections kept in all. */
    public static final int IDLE_IN_ALL = 1_024;

    /**
     * Shorter than the usual keep-alive time of servers, so that few are closed under a request.
     */
    public static final Duration IDLE_TIME = Duration.ofSeconds(30);

    private final Connector connector;
    private final Http1Limits limits;
    private final Map<Origin, Deque<OriginConnection>> idle = new ConcurrentHashMap<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private volatile boolean isClosed;

    public OriginPool(Connector connector, Http1Limits limits) {
        this.connector = connector;
        this.limits = limits;
    }

    /** An idle connection that is still open, or a new one. */
    public OriginConnection take(Origin origin) throws IOException, InterruptedException {
        Deque<OriginConnection> kept = idle.get(origin);
        if (kept != null) {
            OriginConnection candidate = kept.pollFirst();
            while (candidate != null) {
                idleCount.decrementAndGet();
                if (!candidate.wire().isStale()) {
                    return candidate;
                }
                candidate.abort();
                candidate = kept.pollFirst();
            }
        }
        return open(origin);
    }

    /** A new connection, whatever is idle. */
    public OriginConnection open(Origin origin) throws IOException, InterruptedException {
        Wire wire = connector.connect(origin);
        return new OriginConnection(
                origin, wire, new ResponseDecoder(limits), connector.usesAbsoluteForm(origin));
    }

    /** Takes back a connection whose last message ended cleanly on both sides. */
    public void give(OriginConnection connection) {
        Deque<OriginConnection> kept =
                idle.computeIfAbsent(connection.origin(), origin -> new ConcurrentLinkedDeque<>());
        if (isClosed || idleCount.incrementAndGet() > IDLE_IN_ALL) {
            idleCount.decrementAndGet();
            connection.abort();
            return;
        }
        connection.wire().shrink();
        connection.wire().deadline().allow(IDLE_TIME);
        connection.park(System.nanoTime());
        kept.addFirst(connection);
        trim(kept);
    }

    /** Drops the least recently used where there are too many or they have idled too long. */
    private void trim(Deque<OriginConnection> kept) {
        OriginConnection last = kept.peekLast();
        while (last != null && isUnwanted(last, kept)) {
            if (kept.removeLastOccurrence(last)) {
                idleCount.decrementAndGet();
                last.abort();
            }
            last = kept.peekLast();
        }
    }

    private static boolean isUnwanted(OriginConnection connection, Deque<OriginConnection> kept) {
        boolean isOld = System.nanoTime() - connection.idleSinceNanos() > IDLE_TIME.toNanos();
        return isOld || (kept.size() > IDLE_PER_ORIGIN);
    }

    @Override
    public void close() {
        isClosed = true;
        for (Deque<OriginConnection> kept : idle.values()) {
            kept.forEach(OriginConnection::abort);
        }
        idle.clear();
    }
}
