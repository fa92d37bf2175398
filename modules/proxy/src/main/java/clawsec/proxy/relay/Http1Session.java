package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import clawsec.http.h1.Http1Limits;
import clawsec.http.h1.RequestDecoder;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.h2.Http2Channel;
import clawsec.proxy.net.DurationText;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads requests from a client and serves each in turn, until the connection ends or leaves HTTP.
 * Confined to the connection's thread.
 */
final class Http1Session {
    /** A head that takes less is read on although connections hold all the memory they may. */
    private static final int MODEST_HEAD_BYTES = 8_192;

    private final ProxyContext context;
    private final ClientConnection connection;
    private final Wire client;
    private final Entry entry;
    private final RequestDecoder decoder;

    Http1Session(ClientConnection connection, Entry entry) {
        this.context = connection.context();
        this.connection = connection;
        this.client = connection.wire();
        this.entry = entry;
        this.decoder =
                new RequestDecoder(
                        Http1Limits.ofHeadBytes(context.config().limits().maxHeaderBytes()));
    }

    ProxyContext context() {
        return context;
    }

    ClientConnection connection() {
        return connection;
    }

    Wire client() {
        return client;
    }

    RequestDecoder decoder() {
        return decoder;
    }

    /**
     * Serves until the client closes, a limit is reached or an answer ends the connection; then
     * closes it.
     */
    void serve() throws IOException, InterruptedException {
        boolean goesOn = true;
        while (goesOn) {
            Optional<Http1Event> event = nextHead();
            if (event.isEmpty()) {
                client.close();
                return;
            }
            goesOn =
                    switch (event.get()) {
                        case Http1Event.Request request -> serve(request.head(), request.framing());
                        case Http1Event.Malformed malformed -> refuse(malformed.violation());
                        case Http1Event.Response response ->
                                throw new IllegalStateException("a response");
                        case Http1Event.Content content ->
                                throw new IllegalStateException("content unread");
                        case Http1Event.End end ->
                                throw new IllegalStateException("an end without head");
                        case Http1Event.NeedsInput more ->
                                throw new IllegalStateException("no event");
                    };
        }
    }

    /** The next request head, or what is wrong with it; empty when there is none. */
    private Optional<Http1Event> nextHead() throws IOException {
        client.deadline().allow(context.config().limits().idleTimeout());
        connection.idle(); // last, for whoever asks next how long it has idled
        boolean isTimed = false;
        while (true) {
            Http1Event event = decoder.poll(client.input());
            if (!(event instanceof Http1Event.NeedsInput)) {
                connection.busy();
                client.holdsBesides(0);
                client.deadline().allowAnyTotal();
                return Optional.of(event);
            }
            int heldBytes = decoder.heldBytes();
            client.holdsBesides(heldBytes);
            if (heldBytes > MODEST_HEAD_BYTES && client.isOverfull()) {
                return Optional.of(outOfMemory());
            }
            if (decoder.isIdle()) {
                client.shrink();
            } else if (!isTimed) {
                connection.busy();
                client.deadline().allowInTotal(context.config().limits().headerTimeout());
                isTimed = true;
            }
            if (!client.fill()) {
                return client.isExpired() && isTimed ? timedOut() : Optional.empty();
            }
        }
    }

    private static Http1Event outOfMemory() {
        return new Http1Event.Malformed(
                new Violation(
                        503,
                        "RFC 9110 §15.6.4",
                        "the memory for connections is taken, and this head is large"));
    }

    private Optional<Http1Event> timedOut() {
        context.counters().count(Counter.CLIENTS_TIMED_OUT);
        String limit = DurationText.of(context.config().limits().headerTimeout());
        return Optional.of(
                new Http1Event.Malformed(
                        new Violation(
                                408,
                                "RFC 9110 §15.5.9",
                                "the head was not complete after "
                                        + limit
                                        + " (header_timeout_secs)")));
    }

    /**
     * @return true when the connection can carry another request
     */
    private boolean serve(RequestHead head, Framing framing)
            throws IOException, InterruptedException {
        context.counters().count(Counter.REQUESTS);
        return switch (entry) {
            case Entry.ForwardProxy proxy -> serveForward(head, framing);
            case Entry.FixedOrigin fixed -> {
                if (head.method().equals("CONNECT")) {
                    yield refuse(new Violation(400, "RFC 9110 §9.3.6", "CONNECT inside a tunnel"));
                }
                Optional<Destination> destination = Destination.within(fixed, head);
                yield destination.isPresent()
                        ? serve(destination.get(), head, framing)
                        : refuse(badTarget());
            }
        };
    }

    private boolean serveForward(RequestHead head, Framing framing)
            throws IOException, InterruptedException {
        if (head.method().equals("CONNECT")) {
            new ConnectSession(this).serve(head);
            return false;
        }
        if (head.target().startsWith("/") || head.target().equals("*")) {
            return answer(
                    new OwnPages(context.root(), connection.listener()).answer(head),
                    head,
                    framing);
        }
        Optional<Destination> destination = Destination.parseAbsolute(head);
        if (destination.isPresent() && context.isLooped(head)) {
            OriginFailure loop = OriginFailure.loop(destination.get().origin().authority());
            context.note(loop);
            return answer(Answer.failure(loop), head, framing);
        }
        return destination.isPresent()
                ? serve(destination.get(), head, framing)
                : refuse(badTarget());
    }

    private boolean serve(Destination destination, RequestHead head, Framing framing)
            throws IOException, InterruptedException {
        Optional<Answer> own = MaxForwards.answer(head);
        if (own.isPresent()) {
            return answer(own.get(), head, framing);
        }
        Optional<byte[]> settings = Http2Upgrade.settings(head, framing);
        if (settings.isPresent() && !client.isSecure()) {
            return upgrade(settings.get(), head, destination);
        }
        Http1ClientExchange exchange = new Http1ClientExchange(this, head, framing);
        new Exchange(exchange, destination, head, Set.of()).carry();
        return exchange.persists();
    }

    /** Goes on with HTTP/2, of which this request is the first stream. */
    private boolean upgrade(byte[] settings, RequestHead head, Destination destination)
            throws IOException {
        Http2Session session = new Http2Session(connection, entry);
        Optional<Http2Channel> stream = session.upgrade(settings);
        if (stream.isEmpty()) {
            return refuse(
                    new Violation(400, "RFC 7540 §3.2.1", "HTTP2-Settings that are no settings"));
        }
        decoder.poll(client.input());
        client.write(
                Http1Encoder.encode(
                        new ResponseHead(
                                101,
                                "Switching Protocols",
                                HttpVersion.HTTP_1_1,
                                Fields.of(
                                        new FieldLine("Connection", "Upgrade"),
                                        new FieldLine("Upgrade", "h2c")))));
        client.flush();
        session.serve(stream.get(), head, destination);
        return false;
    }

    private static Violation badTarget() {
        return new Violation(
                400,
                "RFC 9112 §3.2.2",
                "the request target is not http://host[:port]/… with a port from 1 to 65535");
    }

    /**
     * Answers a request that breaks the protocol, and ends the connection: where the next one
     * begins is unknown.
     */
    boolean refuse(Violation violation) throws IOException {
        sendRefusal(violation);
        client.closeGently();
        return false;
    }

    /** Counts, logs and answers a request that breaks the protocol. */
    void sendRefusal(Violation violation) throws IOException {
        Refusals.note(connection, violation);
        Answer.refusal(violation).send(client, true, Persistence.CLOSES);
    }

    /** Answers in the origin's place a request whose content was not touched. */
    private boolean answer(Answer answer, RequestHead head, Framing framing) throws IOException {
        boolean hasContent = framing.hasContent();
        if (!hasContent) {
            decoder.poll(client.input());
        }
        boolean goesOn = send(answer, head, !hasContent);
        if (!goesOn) {
            client.closeGently();
        }
        return goesOn;
    }

    /**
     * Answers a request in the origin's place.
     *
     * @param isRead false while content is left to be read, after which no request can follow
     * @return true when the connection can carry another request
     */
    boolean send(Answer answer, RequestHead head, boolean isRead) throws IOException {
        boolean goesOn = isRead && persists(head);
        answer.send(
                client,
                !head.method().equals("HEAD"),
                Persistence.announced(head.version(), goesOn));
        return goesOn;
    }

    /** True when the client keeps the connection for more, and so do we. */
    boolean persists(RequestHead head) {
        return !connection.isDraining() && Persistence.isPersistent(head.version(), head.fields());
    }
}
