package clawsec.proxy.origin;

import clawsec.http.Violation;
import clawsec.http.h2.FieldSection;
import clawsec.proxy.h2.Http2Channel;
import clawsec.proxy.h2.Http2Connection;
import clawsec.proxy.h2.Http2Owner;
import clawsec.proxy.net.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of HTTP/2 to origins, which many exchanges share. One is closed when it carried
 * nothing for a while. Safe for use by many threads.
 */
final class Http2Connections {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    /** A connection that carries streams is not closed for their silence: they have limits. */
    private static final Duration WITH_STREAMS = Duration.ofDays(1);

    private final int headBytes;
    private final Duration idleTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, List<Http2Connection>> connections = new HashMap<>();

    Http2Connections(int headBytes, Duration idleTime) {
        this.headBytes = headBytes;
        this.idleTime = idleTime;
    }

    /** A new stream on a connection that there is. */
    Optional<OriginExchange> stream(Origin origin) {
        for (Http2Connection connection : of(origin)) {
            Optional<Http2Channel> channel = connection.open();
            if (channel.isPresent()) {
                return Optional.of(new Http2OriginExchange(channel.get(), true));
            }
        }
        return Optional.empty();
    }

    /** Whether there is a connection that takes extended CONNECT. */
    boolean takesProtocols(Origin origin) {
        return of(origin).stream().anyMatch(Http2Connection::takesProtocols);
    }

    /**
     * Serves a new connection from here on.
     *
     * @param settings how long to wait for the origin to show that it does speak HTTP/2
     * @return empty when it does not
     */
    Optional<OriginExchange> adopt(Origin origin, Wire wire, Duration settings)
            throws InterruptedException {
        wire.deadline().allow(idleTime);
        Http2Connection connection =
                Http2Connection.client(wire, new Kept(origin, wire), headBytes);
        Thread.ofVirtual()
                .name("h2-origin")
                .start(() -> {
                    try {
                        connection.read();
                    } finally {
                        forget(origin, connection);
                    }
                });
        if (!connection.awaitSettings(settings)) {
            connection.abort();
            return Optional.empty();
        }
        lock.lock();
        try {
            if (!connection.isLeaving()) {
                connections.computeIfAbsent(origin, key -> new ArrayList<>(1)).add(connection);
            }
        } finally {
            lock.unlock();
        }
        return connection.open().map(channel -> new Http2OriginExchange(channel, false));
    }

    private List<Http2Connection> of(Origin origin) {
        lock.lock();
        try {
            return List.copyOf(connections.getOrDefault(origin, List.of()));
        } finally {
            lock.unlock();
        }
    }

    private void forget(Origin origin, Http2Connection connection) {
        lock.lock();
        try {
            List<Http2Connection> kept = connections.get(origin);
            if (kept != null && kept.remove(connection) && kept.isEmpty()) {
                connections.remove(origin);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        List<Http2Connection> all;
        lock.lock();
        try {
            all = connections.values().stream().flatMap(List::stream).toList();
        } finally {
            lock.unlock();
        }
        all.forEach(Http2Connection::abort);
    }

    /** How long a connection may be silent depends on whether it carries anything. */
    private final class Kept implements Http2Owner {
        private final Origin origin;
        private final Wire wire;

        Kept(Origin origin, Wire wire) {
            this.origin = origin;
            this.wire = wire;
        }

        @Override
        public void opened(Http2Channel channel, FieldSection.Request request, boolean endsStream) {
            throw new IllegalStateException("an origin opens no streams");
        }

        @Override
        public void refused(Http2Channel channel, Violation violation) {
            throw new IllegalStateException("an origin opens no streams");
        }

        @Override
        public void counted(int streams) {
            wire.deadline().allow(streams == 0 ? idleTime : WITH_STREAMS);
        }

        @Override
        public void broke(int streamId, Violation violation) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () ->
                            origin.authority()
                                    + " broke HTTP/2: "
                                    + violation.detail()
                                    + " ("
                                    + violation.rule()
                                    + ")");
        }
    }
}
