package clawsec.proxy.relay;

import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Deadlines;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.Origin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The open client connections: how many there may be, which one makes room, and how all of them
 * come to an end. Safe for use by many threads.
 */
public final class ClientConnections {
    /** How often draining looks again. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** A tunnel in which nothing moved for so long is not waited for. */
    private static final long QUIET_NANOS = Duration.ofMillis(500).toNanos();

    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final ProxyContext context;
    private final Deadlines deadlines;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final Semaphore changed = new Semaphore(0);
    private volatile boolean isDraining;
    private volatile boolean isFull;
    private boolean isWarned; // only the thread that looks at all of them reads or sets it

    private ClientConnections(ProxyContext context, Deadlines deadlines) {
        this.context = context;
        this.deadlines = deadlines;
    }

    /** None yet; they are kept within the memory that the limits give them. */
    public static ClientConnections open(ProxyContext context, Deadlines deadlines) {
        ClientConnections connections = new ClientConnections(context, deadlines);
        deadlines.allow(context.config().limits().connectionBytes());
        deadlines.onLook(connections::keepWithin);
        return connections;
    }

    /** Serves a connection to the forward proxy's listener on a thread of its own. */
    public void serveProxy(SocketChannel channel, InetSocketAddress listener) throws IOException {
        serve(channel, listener, new Entry.ForwardProxy());
    }

    /** Serves a connection to the gateway's listener, whose requests all go to {@code target}. */
    public void serveGateway(SocketChannel channel, InetSocketAddress listener, Origin target)
            throws IOException {
        serve(channel, listener, ClientConnection.gateway(target));
    }

    private void serve(SocketChannel channel, InetSocketAddress listener, Entry entry)
            throws IOException {
        Wire wire = Wire.of(channel, deadlines);
        context.counters().count(Counter.CONNECTIONS);
        boolean isCrowded = open.size() >= context.config().limits().maxConnections();
        boolean lacksMemory = deadlines.isOverfull() && (isFull || !makeRoom());
        if (isDraining || lacksMemory || (isCrowded && !makeRoom())) {
            context.counters().count(Counter.CONNECTIONS_REFUSED);
            Thread.ofVirtual().name("refuse").start(() -> refuse(wire, lacksMemory));
            return;
        }
        ClientConnection connection = new ClientConnection(context, this, wire, listener, entry);
        open.add(connection);
        context.counters().count(Counter.CONNECTIONS_OPEN);
        boolean isStarted = false;
        try {
            Thread.ofVirtual().name("client").start(connection);
            isStarted = true;
        } finally {
            if (!isStarted) {
                connection.abort();
                remove(connection);
            }
        }
    }

    void remove(ClientConnection connection) {
        if (open.remove(connection)) {
            context.counters().add(Counter.CONNECTIONS_OPEN, -1);
            changed.release();
        }
    }

    /** How many connections wait for a request, and could be closed to make room. */
    public int idle() {
        return (int) open.stream().filter(ClientConnection::isIdle).count();
    }

    boolean isDraining() {
        return isDraining;
    }

    /** Closes the connection that has idled longest; false when every one is in use. */
    private boolean makeRoom() {
        long now = System.nanoTime();
        long longest = -1;
        @Nullable ClientConnection idlest = null;
        for (ClientConnection connection : open) {
            long idle = connection.isIdle() ? connection.idleNanos(now) : -1;
            if (idle > longest) {
                longest = idle;
                idlest = connection;
            }
        }
        if (idlest == null) {
            return false;
        }
        evict(idlest);
        return true;
    }

    private void evict(ClientConnection connection) {
        context.counters().count(Counter.CONNECTIONS_EVICTED);
        connection.wire().retire();
        remove(connection);
    }

    /** Evicts the idlest until the rest fits the memory; refuses new ones while it does not. */
    private void keepWithin(long heldBytes) {
        long limitBytes = context.config().limits().connectionBytes();
        long excessBytes = heldBytes - limitBytes;
        if (excessBytes > 0) {
            warnOnce(limitBytes);
            long now = System.nanoTime();
            // Read once: a time that changes meanwhile would upset the sorting.
            Map<ClientConnection, Long> idle = new HashMap<>();
            for (ClientConnection connection : open) {
                if (connection.isIdle()) {
                    idle.put(connection, connection.idleNanos(now));
                }
            }
            List<Map.Entry<ClientConnection, Long>> idlest = new ArrayList<>(idle.entrySet());
            idlest.sort(Map.Entry.<ClientConnection, Long>comparingByValue().reversed());
            for (int i = 0; i < idlest.size() && excessBytes > 0; i++) {
                ClientConnection connection = idlest.get(i).getKey();
                excessBytes -= connection.wire().heldBytes();
                evict(connection);
            }
        }
        isFull = excessBytes > 0;
    }

    private void warnOnce(long limitBytes) {
        if (!isWarned) {
            isWarned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    () ->
                            "Connections take the "
                                    + (limitBytes >> 20)
                                    + " MB of memory they may: the idlest are closed to make room."
                                    + " CLAWSEC_JAVA_OPTS=-Xmx1g, say, gives the monitor more.");
        }
    }

    private void refuse(Wire wire, boolean lacksMemory) {
        try {
            wire.deadline().allowInTotal(Duration.ofSeconds(2));
            Answer.text(
                            503,
                            lacksMemory
                                    ? "ClawSec Monitor's memory is taken by connections in use.\n"
                                    : "ClawSec Monitor serves as many connections as it may"
                                            + " (max_connections: "
                                            + context.config().limits().maxConnections()
                                            + ").\n")
                    .send(wire, true, Persistence.CLOSES);
            wire.closeGently();
        } catch (IOException clientGone) {
            wire.abort();
        }
    }

    /**
     * Lets the exchanges in flight end: connections that idle are closed at once, quiet tunnels
     * too, others as soon as their response is out; what is left after {@code limit} is closed in
     * the middle.
     *
     * @return true when nothing had to be cut off
     */
    public boolean drain(Duration limit) throws InterruptedException {
        isDraining = true;
        open.forEach(ClientConnection::drain);
        long startNanos = System.nanoTime();
        while (!open.isEmpty()) {
            long now = System.nanoTime();
            if (now - startNanos >= limit.toNanos()) {
                open.forEach(ClientConnection::abort);
                return false;
            }
            for (ClientConnection connection : open) {
                if (connection.isIdle()) {
                    // Not aborted: it may have read a request since, which is answered yet.
                    connection.wire().expire();
                } else if (connection.isQuietTunnel(now, QUIET_NANOS)) {
                    connection.abort();
                }
            }
            changed.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            changed.drainPermits();
        }
        return true;
    }
}
