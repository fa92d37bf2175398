package clawsec.proxy.relay;

import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Fill;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection to one origin whose protocol is found from its first bytes: TLS is intercepted, HTTP
 * is read, anything else is tunnelled and scanned. Where the client is silent, the origin may speak
 * first, see {@link EarlyOrigin}. Confined to the connection's thread, but for what the origin's
 * thread does then.
 */
final class SniffedSession {
    /** How long a client is waited for before its origin is asked. */
    static final Duration SILENCE = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final ClientConnection connection;
    private final ProxyContext context;
    private final Wire client;
    private final Entry.FixedOrigin entry;

    SniffedSession(ClientConnection connection, Entry.FixedOrigin entry) {
        this.connection = connection;
        this.context = connection.context();
        this.client = connection.wire();
        this.entry = entry;
    }

    /** Serves the connection to its end. */
    void serve() throws IOException, InterruptedException {
        client.deadline().allow(context.config().limits().idleTimeout());
        if (!client.input().hasRemaining() && !awaitClient()) {
            return;
        }
        FirstBytes protocol = decide();
        boolean mayBeTls = !client.isSecure() && !entry.scheme().equals("gateway");
        if (protocol == FirstBytes.HTTP) {
            new Http1Session(connection, entry).serve();
        } else if (protocol == FirstBytes.HTTP_2) {
            new Http2Session(connection, entry).serve();
        } else if (protocol == FirstBytes.TLS && mayBeTls) {
            new Interception(connection, entry.origin().authority()).serve();
        } else {
            tunnel();
        }
    }

    /**
     * Waits for the client's first bytes; nothing is lost if the connection is closed meanwhile.
     *
     * @return false when there will be none for us: it closed, or a tunnel was served to its end
     */
    private boolean awaitClient() throws IOException, InterruptedException {
        connection.idle();
        client.shrink();
        Fill fill = client.fill(SILENCE);
        if (fill == Fill.TIMEOUT) {
            return awaitEither();
        }
        connection.busy();
        if (fill == Fill.END) {
            client.close();
        }
        return fill == Fill.BYTES;
    }

    /** As {@link #awaitClient}, where the origin may be the first to speak. */
    private boolean awaitEither() throws IOException, InterruptedException {
        Duration patience = context.config().limits().headerTimeout();
        EarlyOrigin early =
                EarlyOrigin.ask(
                        entry.origin().authority(),
                        this::connect,
                        this::carryDown,
                        () -> client.deadline().allowInTotal(patience));
        try {
            boolean hasSpoken = client.fill();
            Optional<Wire> greeting = early.clientSpoke();
            if (greeting.isPresent()) {
                new Tunnel(context, connection, greeting.get())
                        .joinInspected(entry.scheme(), dest(), early.thread());
                return false;
            }
            connection.busy();
            client.deadline().allowAnyTotal();
            if (!hasSpoken) {
                early.failure().ifPresent(connection::note);
                client.close();
            }
            return hasSpoken;
        } finally {
            early.close();
        }
    }

    private void carryDown(Wire origin) {
        noteOpaque();
        new Tunnel(context, connection, origin).carryDownInspected(entry.scheme(), dest());
    }

    /** A client that stops in the middle of what could become a request line is not HTTP. */
    private FirstBytes decide() throws IOException {
        long startNanos = System.nanoTime();
        Duration limit = context.config().limits().headerTimeout();
        FirstBytes protocol = FirstBytes.of(client.input());
        while (protocol == FirstBytes.UNDECIDED) {
            Duration left = limit.minusNanos(System.nanoTime() - startNanos);
            if (!left.isPositive() || client.fill(left) != Fill.BYTES) {
                return FirstBytes.OPAQUE;
            }
            protocol = FirstBytes.of(client.input());
        }
        return protocol;
    }

    private void tunnel() throws IOException, InterruptedException {
        Wire origin = connect();
        try {
            noteOpaque();
            new Tunnel(context, connection, origin).runInspected(entry.scheme(), dest());
        } finally {
            origin.abort();
        }
    }

    private Wire connect() throws IOException, InterruptedException {
        return entry.origin().isSecure()
                ? context.connector().connect(entry.origin(), List.of())
                : context.connector().connectTunnel(entry.origin().authority());
    }

    private String dest() {
        return entry.origin().authority().toString();
    }

    private void noteOpaque() {
        context.counters().count(Counter.TUNNELS_OPAQUE);
        LOG.log(
                System.Logger.Level.INFO,
                () -> "Tunnel, neither TLS nor HTTP, scanned as bytes, to " + dest());
    }
}
