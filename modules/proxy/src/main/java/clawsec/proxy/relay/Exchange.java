package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import clawsec.http.ws.Handshake;
import clawsec.http.ws.PermessageDeflate;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.ProxyLimits;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginConnection;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request carried to its origin, and the response back; decides which of the two connections
 * live on. Confined to the connection's thread, but for the request content that a second thread
 * carries (see {@link Upload}), which has ended when {@link #carry} returns.
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

    /** An origin that goes on past this never comes to its response. */
    static final int INTERIM_RESPONSES = 100;

    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final Http1Session session;
    private final ProxyContext context;
    private final ProxyLimits limits;
    private final Wire client;
    private final Destination destination;
    private final RequestHead request;
    private final boolean isUpgrade;
    private @Nullable OriginConnection held;

    Exchange(Http1Session session, Destination destination, RequestHead request) {
        this.session = session;
        this.context = session.context();
        this.limits = context.config().limits();
        this.client = session.client();
        this.destination = destination;
        this.request = request;
        this.isUpgrade = Forwarding.isWebSocketUpgrade(request);
    }

    /** True when the client's connection can carry another request. */
    boolean carry(Framing framing) throws IOException, InterruptedException {
        waitForOrigin();
        Fields fields = Forwarding.request(request, destination.host(), framing, isUpgrade);
        RequestHead forwarded =
                new RequestHead(request.method(), destination.path(), HttpVersion.HTTP_1_1, fields);
        byte[] encoded = Http1Encoder.encode(forwarded);
        try (MessageInspection outbound =
                new MessageInspection(context.inspector(), passage(true))) {
            outbound.head(encoded, fields);
            Upload upload = new Upload(session, outbound, framing);
            try {
                OriginConnection origin = hold(context.pool().take(destination.origin()));
                if (origin.usesAbsoluteForm()) {
                    encoded =
                            Http1Encoder.encode(
                                    context.forUpstream(forwarded, destination.absoluteForm()));
                }
                return relay(origin, encoded, upload);
            } catch (OriginFailure failure) {
                release();
                return fail(failure, upload);
            } finally {
                release();
                upload.stop();
            }
        }
    }

    private OriginConnection hold(OriginConnection origin) {
        held = origin;
        session.connection().uses(origin.wire());
        return origin;
    }

    /** Closes the origin's connection, unless it was given back. */
    private void release() {
        OriginConnection origin = held;
        if (origin != null) {
            held = null;
            session.connection().uses(null);
            origin.abort();
        }
    }

    /** Sends the request, once more on a new connection where a kept one turns out to be closed. */
    private boolean relay(OriginConnection kept, byte[] encoded, Upload upload)
            throws IOException, InterruptedException {
        OriginConnection origin = kept;
        Http1Event event = send(origin, encoded, upload);
        boolean wasClosed = event instanceof Http1Event.NeedsInput && !kept.wire().isExpired();
        if (wasClosed
                && kept.isReused()
                && !upload.hasContent()
                && IDEMPOTENT.contains(request.method())) {
            release();
            origin = hold(context.pool().open(destination.origin()));
            event = send(origin, encoded, upload);
        }
        ResponseRelay relay = new ResponseRelay(context, client, origin, request, passage(false));
        int interimResponses = 0;
        while (event instanceof Http1Event.Response interim && isInterim(interim)) {
            if (++interimResponses > INTERIM_RESPONSES) {
                throw OriginFailure.badResponse(
                        destination.origin().authority(),
                        new Violation(
                                502,
                                "RFC 9110 §15.2",
                                "more than "
                                        + INTERIM_RESPONSES
                                        + " interim responses to one request"));
            }
            upload.recordWhatIsFound();
            relay.relayInterim(interim.head());
            waitForOrigin();
            event = origin.nextHead(limits.headerTimeout());
        }
        if (event instanceof Http1Event.Response response) {
            upload.recordWhatIsFound();
            return respond(origin, response, relay, upload);
        }
        return broken(origin, event, upload);
    }

    private static boolean isInterim(Http1Event.Response response) {
        return response.head().isInterim() && !(response.framing() instanceof Framing.Tunnel);
    }

    /** The client may be silent for as long as its origin may be until its head has ended. */
    private void waitForOrigin() {
        client.deadline()
                .allow(limits.idleTimeout().plus(limits.headerTimeout()).plus(CLIENT_EXTRA));
    }

    private Http1Event send(OriginConnection origin, byte[] encoded, Upload upload) {
        waitForOrigin();
        origin.wire().deadline().allow(limits.idleTimeout());
        origin.decoder().expect(request.method());
        try {
            origin.wire().write(encoded);
            upload.start(origin.wire());
        } catch (IOException notSent) {
            // What the origin said before it closed may still be there to read.
        }
        return origin.nextHead(limits.headerTimeout());
    }

    private boolean respond(
            OriginConnection origin,
            Http1Event.Response response,
            ResponseRelay relay,
            Upload upload)
            throws IOException, InterruptedException {
        ResponseHead head = response.head();
        Framing framing = response.framing();
        if (framing instanceof Framing.Tunnel) {
            return switchProtocols(origin, head, relay, upload);
        }
        if (origin.usesAbsoluteForm() && head.status() == 407) {
            throw context.upstreamRefused(destination.origin().authority(), head.status());
        }
        boolean persists =
                session.persists(request) && upload.isComplete() && relay.isDelimited(framing);
        client.deadline().allow(limits.idleTimeout());
        ContentRelay.Outcome outcome = relay.relayFinal(head, framing, persists);
        if (outcome == ContentRelay.Outcome.ENDED
                && Persistence.isReusable(request, head, framing)
                && upload.isSent()) {
            held = null;
            session.connection().uses(null);
            context.pool().give(origin);
        } else {
            release();
        }
        return finish(outcome, persists, relay.isDelimited(framing), upload);
    }

    private boolean finish(
            ContentRelay.Outcome outcome, boolean persists, boolean isDelimited, Upload upload)
            throws IOException, InterruptedException {
        switch (outcome) {
            case ENDED -> {
                if (persists) {
                    return true;
                }
                closeGently(upload);
            }
            case SINK_FAILED -> {
                context.counters().count(Counter.CLIENTS_GONE);
                client.abort();
            }
            case SOURCE_FAILED, MALFORMED, RUNNING -> {
                // RFC 9112 §8: the client has to see that the message is incomplete; where only
                // the close ends it, a reset says so.
                context.counters().count(Counter.RESPONSES_INCOMPLETE);
                LOG.log(
                        System.Logger.Level.INFO,
                        () -> "Incomplete response from " + destination.origin().authority());
                if (isDelimited) {
                    client.abort();
                } else {
                    client.reset();
                }
            }
        }
        return false;
    }

    /** The response is out; what the client still sends is not awaited for long. */
    private void closeGently(Upload upload) throws IOException, InterruptedException {
        client.shutdownOutput();
        upload.stop();
        client.closeGently();
    }

    /**
     * RFC 9110 §7.8: only at the client's wish, and after the whole request; and only to what was
     * asked for, as the client would check it too.
     */
    private boolean switchProtocols(
            OriginConnection origin, ResponseHead head, ResponseRelay relay, Upload upload)
            throws IOException, InterruptedException {
        if (!isUpgrade || !upload.isSent()) {
            throw OriginFailure.badResponse(
                    destination.origin().authority(),
                    new Violation(502, "RFC 9110 §7.8", "a switch of protocols not asked for"));
        }
        Optional<Violation> fault = Handshake.fault(request.fields(), head.fields());
        if (fault.isPresent()) {
            throw OriginFailure.badResponse(destination.origin().authority(), fault.get());
        }
        relay.relaySwitch(head);
        new Tunnel(context, session.connection(), origin.wire())
                .runWebSocket(
                        passage(false), PermessageDeflate.agreed(request.fields(), head.fields()));
        return false;
    }

    /** No final response came. */
    private boolean broken(OriginConnection origin, Http1Event event, Upload upload)
            throws IOException, InterruptedException {
        if (session.connection().isAborted()) {
            return false;
        }
        boolean isExpired = origin.wire().isExpired();
        boolean isClientAtFault = upload.isClientAtFault(isExpired);
        Optional<Violation> fault = upload.fault();
        release();
        if (isClientAtFault) {
            return fault.isPresent() ? refuse(fault.get(), upload) : dropClient();
        }
        Authority authority = destination.origin().authority();
        if (event instanceof Http1Event.Malformed malformed) {
            throw OriginFailure.badResponse(authority, malformed.violation());
        }
        if (!isExpired) {
            throw origin.asksForCertificate() && !origin.isReused()
                    ? OriginFailure.certificateWanted(authority)
                    : OriginFailure.closedEarly(authority);
        }
        throw origin.isHeadBegun()
                ? OriginFailure.headTimeout(
                        authority,
                        Collections.min(List.of(limits.headerTimeout(), limits.idleTimeout())))
                : OriginFailure.responseTimeout(authority, limits.idleTimeout());
    }

    private boolean dropClient() {
        context.counters().count(Counter.CLIENTS_GONE);
        client.abort();
        return false;
    }

    private boolean refuse(Violation fault, Upload upload)
            throws IOException, InterruptedException {
        if (fault.status() == 408) {
            context.counters().count(Counter.CLIENTS_TIMED_OUT);
        }
        session.sendRefusal(fault);
        closeGently(upload);
        return false;
    }

    private boolean fail(OriginFailure failure, Upload upload)
            throws IOException, InterruptedException {
        session.noteFailure(failure);
        boolean goesOn = session.send(Answer.failure(failure), request, upload.isComplete());
        if (!goesOn) {
            closeGently(upload);
        }
        return goesOn;
    }

    private Passage passage(boolean outbound) {
        return new Passage(
                outbound,
                destination.scheme(),
                session.connection().source(),
                destination.origin().authority().toString(),
                request.method(),
                destination.url());
    }
}
