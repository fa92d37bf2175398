package clawsec.proxy;

import clawsec.http.Authority;
import clawsec.proxy.net.Deadlines;
import clawsec.proxy.net.Listener;
import clawsec.proxy.origin.Connector;
import clawsec.proxy.origin.Origin;
import clawsec.proxy.origin.OriginPool;
import clawsec.proxy.origin.OwnAddresses;
import clawsec.proxy.relay.ClientConnections;
import clawsec.proxy.relay.ProxyContext;
import clawsec.proxy.relay.RefusedLeaves;
import clawsec.proxy.relay.TunnelPolicy;
import clawsec.tls.ClientSide;
import clawsec.tls.OriginSide;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The running proxy: its listeners and all that they serve. Safe for use by many threads. */
public final class ProxyServer implements AutoCloseable {
    private final List<Listener> listeners = new ArrayList<>();
    private final OwnAddresses addresses = new OwnAddresses();
    private final Deadlines deadlines = Deadlines.open();
    private final ProxyCounters counters = new ProxyCounters();
    private final ProxyContext context;
    private final ClientConnections connections;

    private ProxyServer(
            ProxyConfig config,
            RootCertificate root,
            ClientSide clientSide,
            OriginSide originSide,
            Inspector inspector) {
        ProxyLimits limits = config.limits();
        String pseudonym =
                "clawsec-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Connector connector =
                new Connector(originSide, config, addresses, deadlines, "1.1 " + pseudonym);
        this.context =
                new ProxyContext(
                        config,
                        root,
                        clientSide,
                        inspector,
                        connector,
                        new OriginPool(connector, limits),
                        TunnelPolicy.of(config.intercept(), config.tunnelHosts()),
                        new RefusedLeaves(counters),
                        counters,
                        pseudonym);
        this.connections = ClientConnections.open(context, deadlines);
    }

    /**
     * Binds the listeners and starts to serve.
     *
     * @throws IOException when a listener cannot be bound; the message names its address
     */
    public static ProxyServer open(
            ProxyConfig config,
            RootCertificate root,
            ClientSide clientSide,
            OriginSide originSide,
            Inspector inspector)
            throws IOException {
        ProxyServer server = new ProxyServer(config, root, clientSide, originSide, inspector);
        try {
            server.listen();
            return server;
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
    }

    private void listen() throws IOException {
        ProxyConfig config = context.config();
        if (config.httpProxy()) {
            Listener listener = Listener.bind(config.listen(), "proxy_host, proxy_port");
            add(listener);
            listener.start(channel -> connections.serveProxy(channel, listener.address()));
        }
        if (config.gateway().isPresent()) {
            GatewayConfig gateway = config.gateway().get();
            Origin target = Origin.clear(new Authority("127.0.0.1", gateway.targetPort()));
            Listener listener = Listener.bind(gateway.listen(), "gateway_local_port");
            add(listener);
            listener.start(
                    channel -> connections.serveGateway(channel, listener.address(), target));
        }
    }

    private void add(Listener listener) {
        listeners.add(listener);
        addresses.add(listener.address());
    }

    /** Where it listens: the proxy first, then the gateway, as far as each is enabled. */
    public List<InetSocketAddress> listeners() {
        return addresses.addresses();
    }

    /** How many client connections wait for a request, and could be closed to make room. */
    public int idleConnections() {
        return connections.idle();
    }

    public ProxyCounters counters() {
        return counters;
    }

    /**
     * Accepts nothing more and lets the exchanges in flight end.
     *
     * @return true when none had to be cut off after {@code limit}
     */
    public boolean drain(Duration limit) throws InterruptedException {
        listeners.forEach(Listener::close);
        return connections.drain(limit);
    }

    /** Closes everything at once. */
    @Override
    public void close() {
        listeners.forEach(Listener::close);
        try {
            connections.drain(Duration.ZERO);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        context.pool().close();
        context.connector().close();
        deadlines.close();
    }
}
