package clawsec.proxy.relay;

import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one origin whose protocol is found from its first bytes: TLS is intercepted, HTTP
 * is read, anything else is tunnelled and scanned. Where the client is silent, the origin may speak
 * first, as mail and SSH servers do; it is connected then, and whoever speaks first decides.
 * Confined to the connection's thread.
 */
final class SniffedSession {
    /** How long a client is waited for before its origin is asked. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    /** How often a silent client is left to see whether the origin has spoken. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final ClientConnection connection;
    private final ProxyContext context;
    private final Wire client;
    private final Entry.FixedOrigin entry;
    private @Nullable Wire origin;
    private @Nullable Thread originReader;
    private volatile boolean originSpoke;

    SniffedSession(ClientConnection connection, Entry.FixedOrigin entry) {
        this.connection = connection;
        this.context = connection.context();
        this.client = connection.wire();
        this.entry = entry;
    }

    /** Serves the connection to its end. */
    void serve() throws IOException, InterruptedException {
        client.deadline().allow(context.config().limits().idleTimeout());
        try {
            if (!awaitFirstBytes()) {
                client.close();
                return;
            }
            FirstBytes protocol =
                    originSpoke && !client.input().hasRemaining() ? FirstBytes.OPAQUE : decide();
            boolean mayBeTls = !client.isSecure() && !entry.scheme().equals("gateway");
            if (protocol == FirstBytes.HTTP) {
                dropOrigin();
                new Http1Session(connection, entry).serve();
            } else if (protocol == FirstBytes.TLS && mayBeTls) {
                dropOrigin();
                new Interception(connection, entry.origin().authority()).serve();
            } else {
                tunnel();
            }
        } catch (OriginFailure failure) {
            context.counters().countOriginFailure(failure.error());
            LOG.log(System.Logger.Level.INFO, () -> failure.error() + ": " + failure.getMessage());
            client.close();
        } finally {
            dropOrigin();
        }
    }

    /**
     * Nothing is lost if the connection is closed meanwhile.
     *
     * @return false when the client closed without a word
     */
    private boolean awaitFirstBytes() throws IOException, InterruptedException {
        if (client.input().hasRemaining()) {
            return true;
        }
        connection.idle();
        Wire.Fill fill = client.fill(SILENCE);
        if (fill == Wire.Fill.TIMEOUT) {
            Wire asked = connect();
            originReader = SideThread.start("first-bytes", () -> awaitOrigin(asked));
            while (fill == Wire.Fill.TIMEOUT && !originSpoke) {
                fill = client.fill(LOOK);
            }
        }
        connection.busy();
        return fill != Wire.Fill.END;
    }

    private void awaitOrigin(Wire asked) {
        try {
            asked.fill();
        } catch (IOException closed) {
            // The tunnel meets the same error when it reads.
        }
        originSpoke = true;
    }

    /** A client that stops in the middle of what could become a request line is not HTTP. */
    private FirstBytes decide() throws IOException {
        long startNanos = System.nanoTime();
        Duration limit = context.config().limits().headerTimeout();
        FirstBytes protocol = FirstBytes.of(client.input());
        while (protocol == FirstBytes.UNDECIDED) {
            Duration left = limit.minusNanos(System.nanoTime() - startNanos);
            if (!left.isPositive() || client.fill(left) != Wire.Fill.BYTES) {
                return FirstBytes.OPAQUE;
            }
            protocol = FirstBytes.of(client.input());
        }
        return protocol;
    }

    private void tunnel() throws IOException, InterruptedException {
        Wire towards = connect();
        context.counters().count(Counter.TUNNELS_OPAQUE);
        LOG.log(
                System.Logger.Level.INFO,
                () ->
                        "Tunnel, neither TLS nor HTTP, scanned as bytes, to "
                                + entry.origin().authority());
        new Tunnel(context, connection, towards, originReader)
                .runInspected(entry.scheme(), entry.origin().authority().toString());
    }

    private Wire connect() throws IOException, InterruptedException {
        Wire connected = origin;
        if (connected == null) {
            connected =
                    entry.origin().isSecure()
                            ? context.connector().connect(entry.origin())
                            : context.connector().connectTunnel(entry.origin().authority());
            origin = connected;
        }
        return connected;
    }

    private void dropOrigin() {
        Wire asked = origin;
        if (asked != null) {
            asked.abort();
        }
    }
}
