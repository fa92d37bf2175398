package clawsec.proxy.origin;

import clawsec.http.h1.Http1Limits;
import clawsec.http.h1.ResponseDecoder;
import clawsec.proxy.ProxyLimits;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.KnownProtocols.Spoken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to origins: a stream on a connection of HTTP/2 that others use too, or a connection of
 * HTTP/1.1, an idle one if there is any, the most recently used first. Such a connection comes back
 * only after a message that ended cleanly; it is asked whether it is still open before it is used
 * again. Safe for use by many threads.
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

    private static final String HTTP_2 = "h2";
    private static final List<String> ONE = List.of("http/1.1");
    private static final List<String> BOTH = List.of(HTTP_2, "http/1.1");

    private final Duration idleTime;
    private final Connector connector;
    private final Duration connectTimeout;
    private final Http1Limits limits;
    private final KnownProtocols known;
    private final Http2Connections http2;
    private final Dialling dialling = new Dialling();
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, Deque<OriginConnection>> idle = new HashMap<>();
    private int idleCount;
    private boolean isClosed;

    /**
     * @param proxyLimits bound heads, and the time to connect
     */
    public OriginPool(Connector connector, ProxyLimits proxyLimits) {
        this(connector, proxyLimits, IDLE_TIME, System::nanoTime);
    }

    OriginPool(
            Connector connector,
            ProxyLimits proxyLimits,
            Duration idleTime,
            LongSupplier nanoTime) {
        this.idleTime = idleTime;
        this.connector = connector;
        this.connectTimeout = proxyLimits.connectTimeout();
        this.limits = Http1Limits.ofHeadBytes(proxyLimits.maxHeaderBytes());
        this.nanoTime = nanoTime;
        this.known = new KnownProtocols(nanoTime);
        this.http2 = new Http2Connections(proxyLimits.maxHeaderBytes(), idleTime);
    }

    /**
     * A way to an origin that may be in use already, or a new one.
     *
     * @param wanted the version that the origin is to be asked for; it may know only the other
     */
    public OriginExchange take(Origin origin, Wanted wanted)
            throws IOException, InterruptedException {
        if (versionFor(origin, wanted) == Wanted.HTTP_1_1) {
            OriginConnection kept = idle(origin);
            return kept == null ? open(origin, wanted) : kept;
        }
        Optional<OriginExchange> stream = http2.stream(origin);
        if (stream.isPresent()) {
            return stream.get();
        }
        // Those who come at once share the connection of the first.
        try (Dialling.Turn turn = dialling.await(origin)) {
            stream = turn.isFirst() ? Optional.empty() : http2.stream(origin);
            return stream.isPresent() ? stream.get() : open(origin, wanted);
        }
    }

    /** What is wanted, if the origin is not known to speak the other alone. */
    private Wanted versionFor(Origin origin, Wanted wanted) {
        return known.spoken(origin)
                .map(spoken ->
                        switch (spoken) {
                            case HTTP_1_1 -> Wanted.HTTP_1_1;
                            case HTTP_2 -> wanted;
                            case ONLY_HTTP_2 -> Wanted.HTTP_2;
                        })
                .orElse(wanted);
    }

    private @Nullable OriginConnection idle(Origin origin) {
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
        return null;
    }

    /** Whether an origin is known to take WebSockets on streams of HTTP/2 (RFC 8441). */
    public boolean takesProtocols(Origin origin) {
        return http2.takesProtocols(origin);
    }

    /** A new connection, whatever there is. */
    public OriginExchange open(Origin origin, Wanted wanted)
            throws IOException, InterruptedException {
        boolean wants2 =
                versionFor(origin, wanted) == Wanted.HTTP_2 && !connector.usesAbsoluteForm(origin);
        Wire wire = connect(origin, wants2);
        boolean mayBe2 =
                wire.tls().map(tls -> HTTP_2.equals(tls.getApplicationProtocol())).orElse(wants2);
        if (mayBe2) {
            Optional<OriginExchange> stream = http2.adopt(origin, wire, connectTimeout);
            if (stream.isPresent()) {
                if (wants2 && known.spoken(origin).isEmpty()) {
                    known.note(origin, Spoken.HTTP_2);
                }
                return stream.get();
            }
            if (origin.isSecure()) {
                throw OriginFailure.closedEarly(origin.authority());
            }
            wire = connector.connect(origin, ONE);
        }
        if (wants2) {
            known.note(origin, Spoken.HTTP_1_1);
        }
        return new OriginConnection(
                origin,
                wire,
                new ResponseDecoder(limits),
                connector.usesAbsoluteForm(origin),
                this::give);
    }

    /** An origin that knows HTTP/2 alone ends a handshake in which that is not offered. */
    private Wire connect(Origin origin, boolean wants2) throws IOException, InterruptedException {
        try {
            return connector.connect(origin, wants2 ? BOTH : ONE);
        } catch (OriginFailure failed) {
            if (wants2 || !failed.isNoProtocol()) {
                throw failed;
            }
            Wire wire = connector.connect(origin, BOTH);
            known.note(origin, Spoken.ONLY_HTTP_2);
            return wire;
        }
    }

    /**
     * Whether an origin speaks HTTP/2, which is asked for by connecting to it where it is not
     * known; the connection is kept.
     *
     * @return false also when it cannot be reached, which whoever sends it a request will be told
     */
    public boolean speaksHttp2(Origin origin) throws InterruptedException {
        if (known.spoken(origin).isEmpty()) {
            try {
                take(origin, Wanted.HTTP_2).release();
            } catch (IOException unreachable) {
                return false;
            }
        }
        return known.spoken(origin).filter(spoken -> spoken != Spoken.HTTP_1_1).isPresent();
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
        http2.close();
    }
}
