package clawsec.proxy.relay;

import clawsec.proxy.net.AddressText;
import clawsec.proxy.net.Duplex;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.Origin;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection, from its first byte to its end. Runs on a virtual thread of its own;
 * what other threads see (is it idle, what does it tunnel to) is volatile.
 */
public final class ClientConnection implements Runnable {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final ProxyContext context;
    private final ClientConnections connections;
    private final Wire wire;
    private final InetSocketAddress listener;
    private final Entry entry;
    private final String source;
    private volatile boolean isIdle = true;
    private volatile Runnable onDrain = () -> {};
    private volatile boolean isTunnel;
    private volatile boolean isAborted;
    private volatile @Nullable Runnable abortOrigin;

    ClientConnection(
            ProxyContext context,
            ClientConnections connections,
            Wire wire,
            InetSocketAddress listener,
            Entry entry) {
        this.context = context;
        this.connections = connections;
        this.wire = wire;
        this.listener = listener;
        this.entry = entry;
        this.source = AddressText.of(wire.peerAddress());
    }

    @Override
    public void run() {
        try {
            serve();
        } catch (IOException clientGone) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "Connection from " + source() + " ended: " + clientGone);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error ours) {
            // The one catch-all: this connection ends, the process goes on.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "A connection from " + source() + " met a bug",
                    ours);
        } finally {
            wire.abort();
            connections.remove(this);
        }
    }

    private void serve() throws IOException, InterruptedException {
        try {
            switch (entry) {
                case Entry.ForwardProxy proxy -> serveProxy();
                case Entry.FixedOrigin fixed -> new SniffedSession(this, fixed).serve();
            }
        } catch (OriginFailure unanswered) {
            // Met where no HTTP answer can say it: the client was promised a tunnel.
            note(unanswered);
            wire.close();
        }
    }

    private void serveProxy() throws IOException, InterruptedException {
        wire.deadline().allow(context.config().limits().idleTimeout());
        boolean isOpen = wire.fill();
        while (isOpen && FirstBytes.mayBecomePreface(wire.input())) {
            busy();
            wire.deadline().allowInTotal(context.config().limits().headerTimeout());
            isOpen = wire.fill();
        }
        wire.deadline().allowAnyTotal();
        if (FirstBytes.isPreface(wire.input())) {
            new Http2Session(this, entry).serve();
        } else {
            new Http1Session(this, entry).serve();
        }
    }

    /** Counts and logs an origin's failure that the client cannot be told of. */
    void note(OriginFailure failure) {
        context.counters().countOriginFailure(failure.error());
        LOG.log(System.Logger.Level.INFO, () -> failure.error() + ": " + failure.getMessage());
    }

    ProxyContext context() {
        return context;
    }

    Wire wire() {
        return wire;
    }

    InetSocketAddress listener() {
        return listener;
    }

    /** The client's address without port. */
    String source() {
        return source;
    }

    boolean isDraining() {
        return connections.isDraining();
    }

    /** What is to be done when no more requests are to come. */
    void onDrain(Runnable action) {
        onDrain = action;
    }

    /** Asks the client for no more requests, where it can be told so. */
    void drain() {
        onDrain.run();
    }

    /** Notes that the connection waits for a request: it may be closed to make room. */
    void idle() {
        isIdle = true;
    }

    /** Notes that an exchange has begun. */
    void busy() {
        isIdle = false;
    }

    /**
     * Notes the origin that this connection's thread may wait for.
     *
     * @param abort ends that; null when it waits for none
     */
    void uses(@Nullable Runnable abort) {
        abortOrigin = abort;
        wire.carries(abort != null ? 1 : 0);
        if (isAborted && abort != null) {
            abort.run();
        }
    }

    /** Notes that the connection is a tunnel to that origin. */
    void tunnels(Duplex towards) {
        isIdle = false;
        isTunnel = true;
        uses(towards::abort);
    }

    /** True while nothing would be lost if the connection were closed. */
    boolean isIdle() {
        return isIdle;
    }

    /**
     * True for a tunnel in which nothing moved for so long; a tunnel has no message after which it
     * could end.
     */
    boolean isQuietTunnel(long nowNanos, long quietNanos) {
        return isTunnel && wire.deadline().idleNanos(nowNanos) > quietNanos;
    }

    long idleNanos(long nowNanos) {
        return wire.deadline().idleNanos(nowNanos);
    }

    /** True when we cut it off, and nobody else is to blame for how its exchange ends. */
    boolean isAborted() {
        return isAborted;
    }

    /** Closes both ends, so that no thread goes on waiting for either. */
    void abort() {
        isAborted = true;
        wire.abort();
        Runnable abort = abortOrigin;
        if (abort != null) {
            abort.run();
        }
    }

    static Entry gateway(Origin target) {
        return new Entry.FixedOrigin(target, "gateway");
    }
}
