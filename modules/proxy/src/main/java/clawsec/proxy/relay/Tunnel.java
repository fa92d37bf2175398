package clawsec.proxy.relay;

import clawsec.http.ws.PermessageDeflate;
import clawsec.proxy.Inspection;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Duplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Carries bytes both ways until both ends have closed: blindly, or inspected as two endless
 * messages. Each direction has a thread; a side that ends its bytes is passed on as such, and the
 * other side may go on.
 */
final class Tunnel {
    private final ProxyContext context;
    private final ClientConnection connection;
    private final Duplex client;
    private final Duplex origin;

    Tunnel(ProxyContext context, ClientConnection connection, Duplex origin) {
        this(context, connection, connection.wire(), origin);
    }

    /**
     * @param client what the tunnel is to the client: its connection, or a stream of it
     */
    Tunnel(ProxyContext context, ClientConnection connection, Duplex client, Duplex origin) {
        this.context = context;
        this.connection = connection;
        this.client = client;
        this.origin = origin;
    }

    /** Opens the inspection of one direction. */
    private interface Opener {
        Inspection open(boolean outbound);
    }

    /** Carries bytes that are inspected as they pass; returns when both directions have ended. */
    void runInspected(String scheme, String dest) throws InterruptedException {
        run(outbound -> inspected(outbound, scheme, dest));
    }

    /** Carries the origin's direction alone, on this thread. */
    void carryDownInspected(String scheme, String dest) {
        begin();
        carryDown(outbound -> inspected(outbound, scheme, dest));
    }

    /** As {@link #runInspected}, where {@code downward} carries the origin's direction. */
    void joinInspected(String scheme, String dest, Thread downward) throws InterruptedException {
        begin();
        carryUp(outbound -> inspected(outbound, scheme, dest));
        end(downward);
    }

    private Inspection inspected(boolean outbound, String scheme, String dest) {
        return context.inspector()
                .open(new Passage(outbound, scheme, connection.source(), dest, "", ""));
    }

    /**
     * Carries a WebSocket connection, each message inspected.
     *
     * @param handshake its passage
     * @param agreed what it says of compression
     */
    void runWebSocket(Passage handshake, PermessageDeflate agreed) throws InterruptedException {
        run(outbound ->
                new WebSocketInspection(
                        context.inspector(),
                        directed(handshake, outbound),
                        context.counters(),
                        agreed));
    }

    private static Passage directed(Passage passage, boolean outbound) {
        return new Passage(
                outbound,
                passage.scheme(),
                passage.source(),
                passage.dest(),
                passage.method(),
                passage.url());
    }

    /** Carries bytes that nobody looks at. */
    void runBlind() throws InterruptedException {
        run(outbound -> Uninspected.INSTANCE);
    }

    private void run(Opener opener) throws InterruptedException {
        begin();
        Thread downward = SideThread.start("tunnel", () -> carryDown(opener));
        carryUp(opener);
        end(downward);
    }

    private void begin() {
        Duration idle = context.config().limits().idleTimeout();
        client.allow(idle);
        origin.allow(idle);
        if (client == connection.wire()) {
            connection.tunnels(origin);
        }
    }

    private void end(Thread downward) throws InterruptedException {
        downward.join();
        origin.close();
        client.close();
    }

    private void carryUp(Opener opener) {
        try (Inspection outbound = opener.open(true)) {
            carry(client, origin, outbound, true);
        }
    }

    private void carryDown(Opener opener) {
        boolean isOpen = false;
        try (Inspection inbound = opener.open(false)) {
            isOpen = true;
            carry(origin, client, inbound, false);
        } finally {
            if (!isOpen) {
                origin.reset();
                client.reset();
            }
        }
    }

    private void carry(Duplex from, Duplex to, Inspection inspection, boolean isOutbound) {
        Counter counter = isOutbound ? Counter.BYTES_OUTBOUND : Counter.BYTES_INBOUND;
        PendingFinding pending = new PendingFinding(inspection::isPending, inspection::flush);
        boolean isClean = false;
        try {
            boolean goesOn = true;
            while (goesOn) {
                ByteBuffer input = from.input();
                if (input.hasRemaining()) {
                    context.counters().add(counter, input.remaining());
                    inspection.content(input.duplicate());
                    to.write(input);
                    to.flush();
                }
                goesOn = pending.fill(from);
            }
            inspection.end();
            to.shutdownOutput();
            isClean = true;
        } catch (IOException broken) {
            inspection.end();
        } finally {
            if (!isClean) {
                // A break is passed on as a break, both ways.
                from.reset();
                to.reset();
            }
        }
    }
}
