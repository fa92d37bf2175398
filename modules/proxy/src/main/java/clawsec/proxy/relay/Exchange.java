package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import clawsec.proxy.Inspection;
import clawsec.proxy.Passage;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginConnection;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;

/**
 * One request carried to its origin, and the response back. Confined to the connection's thread,
 * but for the request content that a second thread carries (see {@link Upload}).
 */
final class Exchange {
    /**
     * RFC 9110 §9.2.2: methods that may be sent again when a kept connection turns out to be
     * closed.
     */
    private static final Set<String> IDEMPOTENT =
            Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /**
     * A client may wait longer than its origin may think, so that the origin's silence is what is
     * reported.
     */
    private static final Duration CLIENT_EXTRA = Duration.ofSeconds(5);

    private final Http1Session session;
    private final ProxyContext context;
    private final Wire client;
    private final Destination destination;

    Exchange(Http1Session session, Destination destination) {
        this.session = session;
        this.context = session.context();
        this.client = session.client();
        this.destination = destination;
    }

    /**
     * @return true when the client's connection can carry another request
     */
    boolean carry(RequestHead head, Framing framing) throws IOException, InterruptedException {
        client.deadline().allow(context.config().limits().idleTimeout().plus(CLIENT_EXTRA));
        boolean isUpgrade = Forwarding.isWebSocketUpgrade(head);
        Fields fields = Forwarding.request(head, destination.host(), framing, isUpgrade);
        try (Inspection outbound = context.inspector().open(passage(head, true))) {
            GuardedInspection guarded = new GuardedInspection(outbound);
            RequestHead originForm =
                    new RequestHead(
                            head.method(), destination.path(), HttpVersion.HTTP_1_1, fields);
            byte[] encoded = Http1Encoder.encode(originForm);
            guarded.head(ByteBuffer.wrap(encoded), fields);
            Upload upload = new Upload(session, guarded, framing);
            try {
                OriginConnection origin = context.pool().take(destination.origin());
                if (origin.usesAbsoluteForm()) {
                    encoded =
                            Http1Encoder.encode(
                                    context.forUpstream(originForm, destination.absoluteForm()));
                }
                return relay(head, origin, encoded, upload);
            } catch (OriginFailure failure) {
                return fail(failure, head, upload);
            }
        }
    }

    /** Sends the request, once more on a new connection where a kept one turns out to be closed. */
    private boolean relay(RequestHead head, OriginConnection kept, byte[] encoded, Upload upload)
            throws IOException, InterruptedException {
        Http1Event event = send(kept, head, encoded, upload);
        boolean wasClosed = event instanceof Http1Event.NeedsInput && !kept.wire().isExpired();
        if (wasClosed
                && kept.isReused()
                && !upload.hasContent()
                && IDEMPOTENT.contains(head.method())) {
            kept.abort();
            OriginConnection fresh = context.pool().open(destination.origin());
            return respond(head, fresh, send(fresh, head, encoded, upload), upload);
        }
        return respond(head, kept, event, upload);
    }

    private Http1Event send(
            OriginConnection origin, RequestHead head, byte[] encoded, Upload upload) {
        origin.wire().deadline().allow(context.config().limits().idleTimeout());
        origin.decoder().expect(head.method());
        try {
            origin.wire().write(encoded);
            upload.start(origin.wire());
        } catch (IOException notSent) {
            // What the origin said before it closed may still be there to read.
        }
        return nextHead(origin);
    }

    private boolean respond(
            RequestHead head, OriginConnection origin, Http1Event event, Upload upload)
            throws IOException, InterruptedException {
        if (event instanceof Http1Event.Response response) {
            upload.recordWhatIsFound();
            return new ResponseRelay(session, origin, head, passage(head, false))
                    .relay(response.head(), response.framing(), upload);
        }
        boolean isExpired = origin.wire().isExpired();
        origin.abort();
        upload.stop();
        if (upload.isClientAtFault()) {
            return upload.refuse();
        }
        Authority authority = destination.origin().authority();
        if (event instanceof Http1Event.Malformed malformed) {
            throw OriginFailure.badResponse(authority, malformed.violation());
        }
        throw isExpired
                ? OriginFailure.responseTimeout(authority, context.config().limits().idleTimeout())
                : OriginFailure.closedEarly(authority);
    }

    /** The origin's next head; NeedsInput when the connection ended before one began. */
    static Http1Event nextHead(OriginConnection origin) {
        try {
            while (true) {
                Http1Event event = origin.decoder().poll(origin.wire().input());
                if (!(event instanceof Http1Event.NeedsInput)) {
                    return event;
                }
                if (!origin.wire().fill()) {
                    return origin.decoder().isIdle() || origin.wire().isExpired()
                            ? event
                            : origin.decoder().endOfInput();
                }
            }
        } catch (IOException broken) {
            return Http1Event.NEEDS_INPUT;
        }
    }

    private boolean fail(OriginFailure failure, RequestHead head, Upload upload)
            throws IOException {
        context.counters().countOriginFailure(failure.error());
        System.getLogger("clawsec.proxy")
                .log(
                        System.Logger.Level.INFO,
                        () ->
                                failure.status()
                                        + " "
                                        + failure.error()
                                        + ": "
                                        + failure.getMessage());
        return session.answer(Answer.failure(failure), head, upload.isUnread());
    }

    private Passage passage(RequestHead head, boolean outbound) {
        return new Passage(
                outbound,
                destination.scheme(),
                session.connection().source(),
                destination.origin().authority().toString(),
                head.method(),
                destination.url());
    }
}
