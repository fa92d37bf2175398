package clawsec.proxy.origin;

import clawsec.http.Authority;
import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import clawsec.http.h1.Http1Limits;
import clawsec.http.h1.ResponseDecoder;
import clawsec.proxy.ProxyConfig;
import clawsec.proxy.UpstreamProxy;
import clawsec.proxy.net.Deadlines;
import clawsec.proxy.net.Wire;
import clawsec.tls.OriginSide;
import clawsec.tls.OriginTlsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes connections to origins, in clear or under verified TLS. Safe for use by many threads. */
public final class Connector implements AutoCloseable {
    private final Resolver resolver = new Resolver();
    private final OriginSide originSide;
    private final ProxyConfig config;
    private final OwnAddresses ownAddresses;
    private final Deadlines deadlines;
    private final Duration connectTimeout;
    private final String via;

    /**
     * @param via what we call ourselves towards an upstream proxy (RFC 9110 §7.6.3)
     */
    public Connector(
            OriginSide originSide,
            ProxyConfig config,
            OwnAddresses ownAddresses,
            Deadlines deadlines,
            String via) {
        this.originSide = originSide;
        this.config = config;
        this.ownAddresses = ownAddresses;
        this.deadlines = deadlines;
        this.connectTimeout = config.limits().connectTimeout();
        this.via = via;
    }

    /**
     * A connection ready for requests: tunnelled through an upstream proxy where one applies, and
     * under TLS.
     *
     * @param protocols the ALPN names to offer there
     */
    public Wire connect(Origin origin, List<String> protocols)
            throws IOException, InterruptedException {
        Optional<UpstreamProxy> proxy = upstreamFor(origin.authority());
        Wire wire = dialTowards(origin.authority());
        try {
            if (proxy.isPresent() && origin.isSecure()) {
                openTunnel(wire, proxy.get(), origin.authority());
                refuseClearBytes(wire, proxy.get());
            }
            if (origin.isSecure()) {
                secure(wire, origin, protocols);
            }
            return wire;
        } catch (IOException failed) {
            wire.abort();
            throw failed;
        }
    }

    /**
     * A connection in clear to be used as a tunnel, through an upstream proxy where one applies.
     */
    public Wire connectTunnel(Authority authority) throws IOException, InterruptedException {
        Optional<UpstreamProxy> proxy = upstreamFor(authority);
        Wire wire = dialTowards(authority);
        try {
            if (proxy.isPresent()) {
                openTunnel(wire, proxy.get(), authority);
            }
            return wire;
        } catch (IOException failed) {
            wire.abort();
            throw failed;
        }
    }

    /** True when requests to that origin are sent to an upstream proxy that forwards them. */
    boolean usesAbsoluteForm(Origin origin) {
        return !origin.isSecure() && upstreamFor(origin.authority()).isPresent();
    }

    /** True when {@code address} is one that {@code name} resolves to. */
    public boolean resolvesTo(String name, String address)
            throws IOException, InterruptedException {
        Optional<InetAddress> literal = Resolver.literal(address);
        return literal.isPresent()
                && resolver.addresses(name, connectTimeout).contains(literal.get());
    }

    /**
     * Refuses a destination that leads back to one of our listeners.
     *
     * @throws OriginFailure when it does, or when a name on one of our ports cannot be resolved
     */
    public void refuseLoop(Authority authority) throws OriginFailure, InterruptedException {
        if (ownAddresses.holdPort(authority.port()) && upstreamFor(authority).isEmpty()) {
            refuseLoop(authority, resolver.addresses(authority.host(), connectTimeout));
        }
    }

    private void refuseLoop(Authority authority, List<InetAddress> addresses) throws OriginFailure {
        for (InetAddress address : addresses) {
            if (ownAddresses.contains(address, authority.port())) {
                throw OriginFailure.loop(authority);
            }
        }
    }

    /** Empty too for this machine's own addresses, which mean another machine to another proxy. */
    private Optional<UpstreamProxy> upstreamFor(Authority authority) {
        return config.upstream()
                .filter(proxy ->
                        !isLoopback(authority.host()) && !proxy.exceptions().matches(authority));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || Resolver.literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** A connection to the upstream proxy where one applies, and to the destination where not. */
    private Wire dialTowards(Authority destination) throws IOException, InterruptedException {
        Optional<UpstreamProxy> proxy = upstreamFor(destination);
        if (proxy.isEmpty()) {
            return dial(destination);
        }
        try {
            return dial(proxy.get().authority());
        } catch (OriginFailure failed) {
            throw OriginFailure.upstreamUnreachable(proxy.get().toString(), destination, failed);
        }
    }

    private Wire dial(Authority authority) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        List<InetAddress> addresses = resolver.addresses(authority.host(), connectTimeout);
        refuseLoop(authority, addresses);
        OriginFailure failure = OriginFailure.unknownName(authority.host());
        for (int i = 0; i < addresses.size(); i++) {
            long leftMillis = connectTimeout.minusNanos(System.nanoTime() - startNanos).toMillis();
            if (leftMillis <= 0) {
                throw OriginFailure.connectTimeout(authority, connectTimeout);
            }
            int triesLeft = addresses.size() - i;
            try {
                return dial(
                        new InetSocketAddress(addresses.get(i), authority.port()),
                        leftMillis / triesLeft + 1);
            } catch (IOException failed) {
                failure = explain(failed, authority);
            }
        }
        throw failure;
    }

    private OriginFailure explain(IOException failed, Authority authority) {
        String words = String.valueOf(failed.getMessage());
        if (failed instanceof SocketTimeoutException || words.contains("timed out")) {
            return OriginFailure.connectTimeout(authority, connectTimeout);
        }
        if (failed instanceof ConnectException) {
            return OriginFailure.refused(authority);
        }
        return words.contains("reset")
                ? OriginFailure.closedEarly(authority)
                : OriginFailure.unreachable(authority, words);
    }

    private Wire dial(InetSocketAddress address, long millis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, (int) Math.min(millis, Integer.MAX_VALUE));
            return Wire.of(channel, deadlines);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private void secure(Wire wire, Origin origin, List<String> protocols) throws IOException {
        wire.deadline().allowInTotal(connectTimeout);
        try {
            wire.secure(
                    originSide.connect(
                            wire.socket(), origin.tlsName(), origin.authority().port(), protocols));
            wire.deadline().allowAnyTotal();
        } catch (OriginTlsException failed) {
            throw wire.isExpired()
                    ? OriginFailure.handshakeTimeout(origin.authority(), connectTimeout)
                    : OriginFailure.tls(failed);
        } catch (IOException broken) {
            throw wire.isExpired()
                    ? OriginFailure.handshakeTimeout(origin.authority(), connectTimeout)
                    : OriginFailure.closedEarly(origin.authority());
        }
    }

    private void openTunnel(Wire wire, UpstreamProxy proxy, Authority destination)
            throws OriginFailure {
        List<FieldLine> lines = new ArrayList<>();
        lines.add(new FieldLine("Host", destination.toString()));
        lines.add(new FieldLine("Via", via));
        proxy.authorization()
                .ifPresent(value -> lines.add(new FieldLine("Proxy-Authorization", value)));
        RequestHead head =
                new RequestHead(
                        "CONNECT", destination.toString(), HttpVersion.HTTP_1_1, new Fields(lines));
        wire.deadline().allowInTotal(connectTimeout);
        try {
            wire.write(Http1Encoder.encode(head));
            wire.flush();
            int status = tunnelStatus(wire, proxy);
            if (status < 200 || status > 299) {
                throw OriginFailure.upstreamRefused(
                        new UpstreamAnswer(proxy.toString(), destination, status));
            }
        } catch (OriginFailure explained) {
            throw explained;
        } catch (IOException broken) {
            throw closed(wire, proxy);
        }
        wire.deadline().allowAnyTotal();
    }

    /** In TLS the client speaks first: what came before would pass for the origin's, in clear. */
    private static void refuseClearBytes(Wire wire, UpstreamProxy proxy) throws OriginFailure {
        if (wire.input().hasRemaining()) {
            throw OriginFailure.upstreamBroken(
                    proxy.toString(), "it sent bytes of its own into the tunnel before TLS began");
        }
    }

    private int tunnelStatus(Wire wire, UpstreamProxy proxy) throws IOException {
        ResponseDecoder decoder = new ResponseDecoder(Http1Limits.DEFAULT);
        decoder.expect("CONNECT");
        while (true) {
            Http1Event event = decoder.poll(wire.input());
            if (event instanceof Http1Event.Response response && !response.head().isInterim()) {
                return response.head().status();
            }
            if (event instanceof Http1Event.Malformed malformed) {
                throw OriginFailure.upstreamBroken(
                        proxy.toString(), malformed.violation().detail());
            }
            if (event instanceof Http1Event.NeedsInput && !wire.fill()) {
                throw closed(wire, proxy);
            }
        }
    }

    private OriginFailure closed(Wire wire, UpstreamProxy proxy) {
        return wire.isExpired()
                ? OriginFailure.upstreamTimeout(proxy.toString(), connectTimeout)
                : OriginFailure.upstreamBroken(proxy.toString(), "it closed the connection");
    }

    @Override
    public void close() {
        resolver.close();
    }
}
