package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.DurationText;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.Origin;
import clawsec.tls.ClientHello;
import clawsec.tls.ClientHelloDecoder;
import clawsec.tls.ClientHelloEvent;
import clawsec.tls.RefusedLeafException;
import clawsec.tls.TlsLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * TLS inside a CONNECT: the ClientHello is read whole, then the handshake is completed in the
 * origin's name, or the connection is tunnelled blindly where the policy says so. Confined to the
 * connection's thread.
 */
final class Interception {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private static final String HTTP_2 = "h2";
    private static final String HTTP_1_1 = "http/1.1";

    private final ClientConnection connection;
    private final ProxyContext context;
    private final Wire client;
    private final Authority authority;
    private final ClientHelloDecoder decoder = new ClientHelloDecoder(TlsLimits.DEFAULT);

    Interception(ClientConnection connection, Authority authority) {
        this.connection = connection;
        this.context = connection.context();
        this.client = connection.wire();
        this.authority = authority;
    }

    /** Serves the connection to its end. */
    void serve() throws IOException, InterruptedException {
        client.deadline().allowInTotal(context.config().limits().headerTimeout());
        Optional<ClientHello> hello = readHello();
        if (hello.isEmpty()) {
            client.closeGently();
            return;
        }
        String name = hello.get().serverName().orElse(authority.host());
        if (isBlind(name)) {
            tunnelBlindly(name);
            return;
        }
        Origin origin = Origin.secure(authority, name);
        if (!shakeHands(hello.get(), name, protocols(hello.get(), origin))) {
            client.abort();
            return;
        }
        client.deadline().allowAnyTotal();
        context.counters().count(Counter.TUNNELS_INTERCEPTED);
        Entry.FixedOrigin entry = new Entry.FixedOrigin(origin, "https");
        new SniffedSession(connection, entry).serve();
    }

    /**
     * What the client is offered: what the origin speaks, so that its requests mean the same there.
     * A client that knows nothing but HTTP/2 is served all the same.
     */
    private List<String> protocols(ClientHello hello, Origin origin) throws InterruptedException {
        List<String> wanted = hello.applicationProtocols();
        if (!wanted.contains(HTTP_2)) {
            return List.of(HTTP_1_1);
        }
        return !wanted.contains(HTTP_1_1) || context.pool().speaksHttp2(origin)
                ? List.of(HTTP_2, HTTP_1_1)
                : List.of(HTTP_1_1);
    }

    /**
     * @return false when the client refused our certificate, stalled, or speaks a TLS we do not
     */
    private boolean shakeHands(ClientHello hello, String name, List<String> protocols) {
        try {
            client.secure(
                    context.clientSide()
                            .accept(client.socket(), takeConsumed(), hello, name, protocols));
            return true;
        } catch (IOException failed) {
            if (client.isExpired()) {
                timedOut();
            } else if (failed instanceof RefusedLeafException) {
                context.refusedLeaves().note(name, String.valueOf(failed.getMessage()));
            } else {
                context.counters().count(Counter.HANDSHAKES_FAILED);
                LOG.log(System.Logger.Level.INFO, () -> String.valueOf(failed.getMessage()));
            }
            return false;
        }
    }

    private void timedOut() {
        context.counters().count(Counter.CLIENTS_TIMED_OUT);
        LOG.log(
                System.Logger.Level.INFO,
                () ->
                        "The TLS handshake of "
                                + connection.source()
                                + " for "
                                + authority
                                + " was not complete after "
                                + DurationText.of(context.config().limits().headerTimeout())
                                + " (header_timeout_secs)");
    }

    /** Empty when the client closed, stalled or sent something that only began like TLS. */
    private Optional<ClientHello> readHello() throws IOException {
        while (true) {
            switch (decoder.feed(client.input())) {
                case ClientHelloEvent.Complete complete -> {
                    return Optional.of(complete.hello());
                }
                case ClientHelloEvent.NeedsInput more -> {
                    if (!client.fill()) {
                        if (client.isExpired()) {
                            timedOut();
                        }
                        return Optional.empty();
                    }
                }
                case ClientHelloEvent.NotTls notTls -> {
                    return malformed("no TLS handshake record");
                }
                case ClientHelloEvent.Malformed malformed -> {
                    return malformed(malformed.detail());
                }
            }
        }
    }

    private Optional<ClientHello> malformed(String detail) {
        context.counters().count(Counter.HANDSHAKES_FAILED);
        LOG.log(
                System.Logger.Level.INFO,
                () ->
                        "Refused a ClientHello from "
                                + connection.source()
                                + " for "
                                + authority
                                + ": "
                                + detail);
        return Optional.empty();
    }

    /**
     * A server name alone does not open a blind tunnel, since a client can say what it likes: it
     * counts only where CONNECT gave an address, and the name resolves to that address.
     */
    private boolean isBlind(String name) throws InterruptedException {
        if (name.equals(authority.host()) || !context.tunnelPolicy().isBlind(name)) {
            return false;
        }
        try {
            return context.connector().resolvesTo(name, authority.host());
        } catch (IOException unresolved) {
            return false;
        }
    }

    private void tunnelBlindly(String name) throws IOException, InterruptedException {
        client.deadline().allowAnyTotal();
        Wire origin = context.connector().connectTunnel(authority);
        context.counters().count(Counter.TUNNELS_BLIND);
        LOG.log(
                System.Logger.Level.INFO,
                () ->
                        "Tunnel, not inspected, from "
                                + connection.source()
                                + " to "
                                + authority
                                + " ("
                                + name
                                + ")");
        ByteBuffer consumed = takeConsumed();
        try {
            origin.write(consumed);
            origin.flush();
            new Tunnel(context, connection, origin).runBlind();
        } finally {
            origin.abort();
        }
    }

    /**
     * The bytes read so far, for the handshake to begin with: the ClientHello and what came with
     * it.
     */
    private ByteBuffer takeConsumed() {
        ByteBuffer hello = decoder.consumed();
        ByteBuffer behind = client.input();
        ByteBuffer all = ByteBuffer.allocate(hello.remaining() + behind.remaining());
        return all.put(hello).put(behind).flip();
    }
}
