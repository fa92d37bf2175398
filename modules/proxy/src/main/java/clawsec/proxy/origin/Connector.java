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
    private final Optional<UpstreamProxy> upstream;
    private final Listeners listeners;
    private final Deadlines deadlines;
    private final Duration connectTimeout;

    public Connector(
            OriginSide originSide,
            Optional<UpstreamProxy> upstream,
            Listeners listeners,
            Deadlines deadlines,
            Duration connectTimeout) {
        this.originSide = originSide;
        this.upstream = upstream;
        this.listeners = listeners;
        this.deadlines = deadlines;
        this.connectTimeout = connectTimeout;
    }

    /**
     * A connection ready for requests: tunnelled through an upstream proxy where one applies, and
     * under TLS.
     */
    public Wire connect(Origin origin) throws IOException, InterruptedException {
        Optional<UpstreamProxy> proxy = upstreamFor(origin.authority());
        Wire wire = dial(proxy.map(UpstreamProxy::authority).orElse(origin.authority()));
        try {
            if (proxy.isPresent() && origin.isSecure()) {
                openTunnel(wire, proxy.get(), origin.authority());
            }
            if (origin.isSecure()) {
                secure(wire, origin);
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
        Wire wire = dial(proxy.map(UpstreamProxy::authority).orElse(authority));
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
        return Resolver.isLiteral(address)
                && resolver.addresses(name, connectTimeout)
                        .contains(InetAddress.ofLiteral(address));
    }

    private Optional<UpstreamProxy> upstreamFor(Authority authority) {
        return upstream.filter(proxy -> !proxy.exceptions().matches(authority));
    }

    private Wire dial(Authority authority) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        List<InetAddress> addresses =
                new ArrayList<>(resolver.addresses(authority.host(), connectTimeout));
        for (InetAddress address : addresses) {
            if (listeners.contains(address, authority.port())) {
                throw OriginFailure.loop(authority);
            }
        }
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
            } catch (SocketTimeoutException tooSlow) {
                failure = OriginFailure.connectTimeout(authority, connectTimeout);
            } catch (ConnectException refused) {
                failure = OriginFailure.refused(authority);
            } catch (IOException unreachable) {
                failure =
                        OriginFailure.unreachable(
                                authority, String.valueOf(unreachable.getMessage()));
            }
        }
        throw failure;
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

    private void secure(Wire wire, Origin origin) throws IOException {
        wire.deadline().allowInTotal(connectTimeout);
        try {
            wire.secure(
                    originSide.connect(wire.socket(), origin.tlsName(), origin.authority().port()));
            wire.deadline().allowAnyTotal();
        } catch (OriginTlsException failed) {
            throw wire.isExpired()
                    ? OriginFailure.connectTimeout(origin.authority(), connectTimeout)
                    : OriginFailure.tls(failed);
        } catch (IOException broken) {
            throw wire.isExpired()
                    ? OriginFailure.connectTimeout(origin.authority(), connectTimeout)
                    : OriginFailure.closedEarly(origin.authority());
        }
    }

    private void openTunnel(Wire wire, UpstreamProxy proxy, Authority destination)
            throws IOException {
        List<FieldLine> lines = new ArrayList<>();
        lines.add(new FieldLine("Host", destination.toString()));
        proxy.authorization()
                .ifPresent(value -> lines.add(new FieldLine("Proxy-Authorization", value)));
        wire.write(
                Http1Encoder.encode(
                        new RequestHead(
                                "CONNECT",
                                destination.toString(),
                                HttpVersion.HTTP_1_1,
                                new Fields(lines))));
        wire.flush();
        wire.deadline().allowInTotal(connectTimeout);
        ResponseDecoder decoder = new ResponseDecoder(Http1Limits.DEFAULT);
        decoder.expect("CONNECT");
        while (true) {
            switch (decoder.poll(wire.input())) {
                case Http1Event.Response response when !response.head().isInterim() -> {
                    int status = response.head().status();
                    if (status < 200 || status > 299) {
                        throw OriginFailure.upstreamRefused(
                                new UpstreamAnswer(proxy.toString(), destination, status));
                    }
                    wire.deadline().allowAnyTotal();
                    return;
                }
                case Http1Event.Malformed malformed ->
                        throw OriginFailure.upstreamBroken(
                                proxy.toString(), malformed.violation().detail());
                case Http1Event.NeedsInput more -> {
                    if (!wire.fill()) {
                        throw OriginFailure.upstreamBroken(
                                proxy.toString(), "it closed the connection");
                    }
                }
                case Http1Event.Response interim -> {}
                case Http1Event.Request request -> {}
                case Http1Event.Content content -> {}
                case Http1Event.End end -> {}
            }
        }
    }

    @Override
    public void close() {
        resolver.close();
    }
}
