package clawsec.proxy.origin;

import clawsec.http.h1.Http1Limits;
import clawsec.http.h1.ResponseDecoder;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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

    private final Duration idleTime;

    private final Connector connector;
    private final Http1Limits limits;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, Deque<OriginConnection>> idle = new HashMap<>();
    private int idleCount;
    private boolean isClosed;

    public OriginPool(Connector connector, Http1Limits limits) {
        this(connector, limits, IDLE_TIME, System::nanoTime);
    }

    OriginPool(Connector connector, Http1Limits limits, Duration idleTime, LongSupplier nanoTime) {
        this.idleTime = idleTime;
        this.connector = connector;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** An idle connection that is still open, or a new one. */
    public OriginConnection take(Origin origin) throws IOException, InterruptedException {
        OriginConnection kept = poll(origin);
        while (kept != null) {
            kept.wire().onClose(() -> {});
            // From here on its time does not run out before the exchange sets its own.
            kept.wire().deadline().allow(idleTime);
            if (!kept.wire().isStale()) {
                return kept;
            }
            kept.abort();
            kept = poll(origin);
        }
        return open(origin);
    }

    /** A new connection, whatever is idle. */
    public OriginConnection open(Origin origin) throws IOException, InterruptedException {
        Wire wire = connector.connect(origin);
        return new OriginConnection(
                origin,
                wire,
                new ResponseDecoder(limits),
                connector.usesAbsoluteForm(origin),
                this::give);
    }

    /** Takes back a connection whose last message ended cleanly on both sides. */
    void give(OriginConnection connection) {
        connection.wire().shrink();
        connection.wire().deadline().allow(idleTime);
        connection.park(nanoTime.getAsLong());
        connection.wire().onClose(() -> forget(connection));
        keep(connection).forEach(OriginConnection::abort);
    }

    private @Nullable OriginConnection poll(Origin origin) {
        lock.lock();
        try {
            Deque<OriginConnection> kept = idle.get(origin);
            if (kept == null) {
                return null;
            }
            OriginConnection latest = kept.pollFirst();
            if (kept.isEmpty()) {
                idle.remove(origin);
            }
            idleCount -= latest == null ? 0 : 1;
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a connection; gives those that have to go for it, which may be itself. */
    private List<OriginConnection> keep(OriginConnection connection) {
        lock.lock();
        try {
            if (isClosed) {
                return List.of(connection);
            }
            Deque<OriginConnection> kept =
                    idle.computeIfAbsent(connection.origin(), origin -> new ArrayDeque<>());
            kept.addFirst(connection);
            idleCount++;
            List<OriginConnection> leaving = new ArrayList<>(0);
            takeOverdue(kept, leaving);
            if (idleCount > IDLE_IN_ALL) {
                idle.values().forEach(others -> takeOverdue(others, leaving));
                idle.values().removeIf(Deque::isEmpty);
            }
            if (idleCount > IDLE_IN_ALL) {
                leaving.add(kept.removeFirst());
                idleCount--;
            }
            return leaving;
        } finally {
            lock.unlock();
        }
    }

    /** One that was closed, by its deadline for instance, is no longer kept. */
    private void forget(OriginConnection connection) {
        lock.lock();
        try {
            Deque<OriginConnection> kept = idle.get(connection.origin());
            if (kept != null && kept.remove(connection)) {
                idleCount--;
                if (kept.isEmpty()) {
                    idle.remove(connection.origin());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many connections are kept, in all. */
    int idleCount() {
        lock.lock();
        try {
            return idleCount;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the least recently used where there are too many or they have idled too long. */
    private void takeOverdue(Deque<OriginConnection> kept, List<OriginConnection> leaving) {
        long now = nanoTime.getAsLong();
        while (!kept.isEmpty()
                && (kept.size() > IDLE_PER_ORIGIN
                        || now - kept.getLast().idleSinceNanos() > idleTime.toNanos())) {
            leaving.add(kept.removeLast());
            idleCount--;
        }
    }

    @Override
    public void close() {
        List<OriginConnection> leaving = new ArrayList<>();
        lock.lock();
        try {
            isClosed = true;
            idle.values().forEach(leaving::addAll);
            idle.clear();
            idleCount = 0;
        } finally {
            lock.unlock();
        }
        leaving.forEach(OriginConnection::abort);
    }
}
