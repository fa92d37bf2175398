package clawsec.proxy.relay;

import clawsec.proxy.Inspection;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes both ways until both ends have closed: blindly, or inspected as two endless
 * messages. Each direction has a thread; a side that ends its bytes is passed on as such, and the
 * other side may go on.
 */
final class Tunnel {
    private final ProxyContext context;
    private final ClientConnection connection;
    private final Wire client;
    private final Wire origin;
    private final @Nullable Thread originReader;

    Tunnel(ProxyContext context, ClientConnection connection, Wire origin) {
        this(context, connection, origin, null);
    }

    /**
     * @param originReader a thread that waits for the origin's first bytes; reading goes on when it
     *     has ended
     */
    Tunnel(
            ProxyContext context,
            ClientConnection connection,
            Wire origin,
            @Nullable Thread originReader) {
        this.originReader = originReader;
        this.context = context;
        this.connection = connection;
        this.client = connection.wire();
        this.origin = origin;
    }

    /** Carries bytes that are inspected as they pass; returns when both directions have ended. */
    void runInspected(String scheme, String dest) throws InterruptedException {
        String source = connection.source();
        try (Inspection outbound =
                        context.inspector().open(new Passage(true, scheme, source, dest, "", ""));
                Inspection inbound =
                        context.inspector()
                                .open(new Passage(false, scheme, source, dest, "", ""))) {
            run(outbound, inbound);
        }
    }

    /**
     * Carries a WebSocket connection, each message inspected; the passage is that of the handshake.
     */
    void runWebSocket(Passage handshake) throws InterruptedException {
        try (Inspection outbound = webSocket(directed(handshake, true));
                Inspection inbound = webSocket(directed(handshake, false))) {
            run(outbound, inbound);
        }
    }

    private Inspection webSocket(Passage passage) {
        return new WebSocketInspection(context.inspector(), passage, context.counters());
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
        run(Uninspected.INSTANCE, Uninspected.INSTANCE);
    }

    private void run(Inspection outbound, Inspection inbound) throws InterruptedException {
        Duration idle = context.config().limits().idleTimeout();
        client.deadline().allow(idle);
        origin.deadline().allow(idle);
        connection.tunnels(origin);
        Thread downward = SideThread.start("tunnel", () -> carryDown(inbound));
        carry(client, origin, outbound, true);
        downward.join();
        origin.close();
        client.close();
    }

    private void carryDown(Inspection inbound) {
        try {
            if (originReader != null) {
                originReader.join();
            }
            carry(origin, client, inbound, false);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void carry(Wire from, Wire to, Inspection inspection, boolean isOutbound) {
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
