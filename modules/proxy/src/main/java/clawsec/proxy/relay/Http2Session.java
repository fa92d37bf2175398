package clawsec.proxy.relay;

import clawsec.http.RequestHead;
import clawsec.http.Violation;
import clawsec.http.h2.FieldSection;
import clawsec.http.h2.Http2Error;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.ProxyLimits;
import clawsec.proxy.h2.Http2Channel;
import clawsec.proxy.h2.Http2Connection;
import clawsec.proxy.h2.Http2Owner;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.ExtendedConnect;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A client's connection of HTTP/2: reads it on the connection's thread, and serves each stream on a
 * thread of its own.
 */
final class Http2Session implements Http2Owner {
    /** A client may be silent for longer than its origins may, whose silence is reported. */
    private static final Duration CLIENT_EXTRA = Duration.ofSeconds(30);

    private final ClientConnection connection;
    private final ProxyContext context;
    private final ProxyLimits limits;
    private final Wire client;
    private final Entry entry;
    private final Http2Connection http2;

    Http2Session(ClientConnection connection, Entry entry) {
        this.connection = connection;
        this.context = connection.context();
        this.limits = context.config().limits();
        this.client = connection.wire();
        this.entry = entry;
        this.http2 = Http2Connection.server(client, this, limits.maxHeaderBytes());
    }

    /** Serves until the connection ends. */
    void serve() {
        client.deadline().allow(limits.idleTimeout());
        connection.idle();
        connection.onDrain(this::leave);
        http2.read();
    }

    /**
     * Begins with a request that came with HTTP/1.1.
     *
     * @param settings what came with it
     * @return its stream; empty when the settings are none
     */
    Optional<Http2Channel> upgrade(byte[] settings) {
        return http2.upgrade(settings);
    }

    /** As {@link #serve()}, that request first. */
    void serve(Http2Channel channel, RequestHead head, Destination destination) {
        SideThread.start(
                "h2-stream",
                () -> serve(channel, () -> exchange(channel, head, true, destination, Set.of())));
        serve();
    }

    @Override
    public void opened(Http2Channel channel, FieldSection.Request request, boolean endsStream) {
        SideThread.start(
                "h2-stream", () -> serve(channel, () -> serve(channel, request, endsStream)));
    }

    @Override
    public void refused(Http2Channel channel, Violation violation) {
        SideThread.start("h2-refusal", () -> serve(channel, () -> refuse(channel, violation)));
    }

    /** What serves a stream. */
    private interface Service {
        void run() throws IOException, InterruptedException;
    }

    private static void serve(Http2Channel channel, Service service) {
        long code = Http2Error.INTERNAL_ERROR.code();
        try {
            service.run();
            code = Http2Error.NO_ERROR.code();
        } catch (IOException clientGone) {
            code = Http2Error.CANCEL.code();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            channel.reset(code);
        }
    }

    @Override
    public void counted(int streams) {
        if (streams > 0) {
            connection.busy();
            client.deadline()
                    .allow(limits.idleTimeout().plus(limits.headerTimeout()).plus(CLIENT_EXTRA));
            return;
        }
        client.deadline().allow(limits.idleTimeout());
        if (connection.isDraining()) {
            http2.goAway();
        } else {
            connection.idle();
        }
    }

    /** It ends by itself, so that it is not to be closed as one that idles. */
    private void leave() {
        connection.busy();
        http2.goAway();
    }

    @Override
    public void broke(int streamId, Violation violation) {
        Refusals.note(connection, violation);
    }

    private void serve(Http2Channel channel, FieldSection.Request request, boolean endsStream)
            throws IOException, InterruptedException {
        context.counters().count(Counter.REQUESTS);
        RequestHead head = request.head();
        Optional<String> protocol = request.protocol();
        if (head.method().equals("CONNECT") && !protocol.equals(Optional.of("websocket"))) {
            refuse(channel, new Violation(501, "RFC 9113 §8.5", "CONNECT on a stream of HTTP/2"));
            return;
        }
        Optional<Destination> destination = destination(request);
        if (destination.isEmpty()) {
            refuse(channel, new Violation(400, "RFC 9113 §8.3.1", "no destination"));
            return;
        }
        if (protocol.isPresent()) {
            RequestHead upgrade = ExtendedConnect.asUpgrade(head);
            new Exchange(
                            Http2ClientExchange.tunnel(connection, channel, upgrade),
                            destination.get(),
                            upgrade,
                            request.neverIndexed())
                    .carry();
            return;
        }
        exchange(channel, head, endsStream, destination.get(), request.neverIndexed());
    }

    private void exchange(
            Http2Channel channel,
            RequestHead head,
            boolean endsStream,
            Destination destination,
            Set<String> neverIndexed)
            throws IOException, InterruptedException {
        if (entry instanceof Entry.ForwardProxy && context.isLooped(head)) {
            OriginFailure loop = OriginFailure.loop(destination.origin().authority());
            context.note(loop);
            Answer.failure(loop).send(channel, !head.method().equals("HEAD"));
            return;
        }
        Optional<Answer> own = MaxForwards.answer(head);
        if (own.isPresent()) {
            own.get().send(channel, true);
            return;
        }
        new Exchange(
                        Http2ClientExchange.of(connection, channel, head, endsStream),
                        destination,
                        head,
                        neverIndexed)
                .carry();
    }

    private Optional<Destination> destination(FieldSection.Request request) {
        return switch (entry) {
            case Entry.FixedOrigin fixed -> Destination.within(fixed, request.head());
            case Entry.ForwardProxy proxy ->
                    Destination.of(
                            request.scheme(),
                            request.head().fields().first("Host").orElse(""),
                            request.head().target());
        };
    }

    private void refuse(Http2Channel channel, Violation violation) throws IOException {
        Refusals.note(connection, violation);
        Answer.refusal(violation).send(channel, true);
    }
}
