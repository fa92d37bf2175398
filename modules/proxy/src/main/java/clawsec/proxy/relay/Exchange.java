package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.http.FieldLine;
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
import clawsec.proxy.origin.OriginExchange;
import clawsec.proxy.origin.OriginFailure;
import clawsec.proxy.origin.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request carried to its origin, and the response back, whichever version of HTTP each end
 * speaks. Confined to one thread, but for the request content that a second thread carries (see
 * {@link Upload}), which has ended when {@link #carry} returns.
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

    private final ProxyContext context;
    private final ProxyLimits limits;
    private final ClientExchange client;
    private final Destination destination;
    private final RequestHead request;
    private final Set<String> neverIndexed;
    private final boolean isUpgrade;
    private @Nullable OriginExchange held;

    /**
     * @param neverIndexed names of the request's field lines that no table may remember
     */
    Exchange(
            ClientExchange client,
            Destination destination,
            RequestHead request,
            Set<String> neverIndexed) {
        this.context = client.connection().context();
        this.limits = context.config().limits();
        this.client = client;
        this.destination = destination;
        this.request = request;
        this.neverIndexed = neverIndexed;
        this.isUpgrade = Forwarding.isWebSocketUpgrade(request);
    }

    /** Carries both messages, or answers in the origin's place. */
    void carry() throws IOException, InterruptedException {
        waitForOrigin();
        Fields fields =
                Forwarding.request(request, destination.host(), client.framing(), isUpgrade);
        RequestHead forwarded =
                new RequestHead(request.method(), destination.path(), HttpVersion.HTTP_1_1, fields);
        byte[] encoded = Http1Encoder.encode(forwarded);
        try (MessageInspection outbound =
                new MessageInspection(context.inspector(), passage(true))) {
            outbound.head(encoded, fields);
            Upload upload = new Upload(context, client, outbound);
            try {
                OriginExchange origin = hold(context.pool().take(destination.origin(), wanted()));
                relay(origin, towards(origin, forwarded), upload);
            } catch (OriginFailure failure) {
                release();
                context.note(failure);
                client.answer(Answer.failure(failure), upload);
            } finally {
                release();
                upload.stop();
            }
        }
    }

    /** What the client speaks, so that the origin sees what it would without us. */
    private Wanted wanted() {
        boolean isHttp2 = request.version().equals(HttpVersion.HTTP_2);
        boolean isServed = !isUpgrade || context.pool().takesProtocols(destination.origin());
        return isHttp2 && isServed ? Wanted.HTTP_2 : Wanted.HTTP_1_1;
    }

    private RequestHead towards(OriginExchange origin, RequestHead forwarded) {
        return origin.usesAbsoluteForm()
                ? context.forUpstream(forwarded, destination.absoluteForm())
                : forwarded;
    }

    private OriginExchange hold(OriginExchange origin) {
        held = origin;
        client.uses(origin::abort);
        return origin;
    }

    /** Gives the origin up, unless it was given back. */
    private void release() {
        OriginExchange origin = held;
        if (origin != null) {
            held = null;
            client.uses(null);
            origin.abort();
        }
    }

    /** Sends the request, once more on a new connection where a kept one turns out to be closed. */
    private void relay(OriginExchange kept, RequestHead forwarded, Upload upload)
            throws IOException, InterruptedException {
        OriginExchange origin = kept;
        Http1Event event = send(origin, forwarded, upload);
        boolean wasClosed =
                event instanceof Http1Event.NeedsInput && !kept.isExpired() && !client.isGone();
        if (wasClosed && !upload.hasContent() && mayRepeat(kept)) {
            release();
            origin = hold(context.pool().open(destination.origin(), wanted()));
            event = send(origin, forwarded, upload);
        }
        ResponseRelay relay = new ResponseRelay(context, client, origin, passage(false));
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
            respond(origin, response, relay, upload);
        } else {
            broken(origin, event, upload);
        }
    }

    private boolean mayRepeat(OriginExchange kept) {
        return kept.isRefused() || (kept.isReused() && IDEMPOTENT.contains(request.method()));
    }

    private static boolean isInterim(Http1Event.Response response) {
        return response.head().isInterim() && !(response.framing() instanceof Framing.Tunnel);
    }

    /** The client may be silent for as long as its origin may be until its head has ended. */
    private void waitForOrigin() {
        client.allow(limits.idleTimeout().plus(limits.headerTimeout()).plus(CLIENT_EXTRA));
    }

    private Http1Event send(OriginExchange origin, RequestHead forwarded, Upload upload)
            throws OriginFailure {
        waitForOrigin();
        try {
            origin.begin(forwarded, client.framing(), neverIndexed, limits.idleTimeout());
            upload.start(origin);
        } catch (OriginFailure unsendable) {
            throw unsendable;
        } catch (IOException notSent) {
            // What the origin said before it closed may still be there to read.
        }
        return origin.nextHead(limits.headerTimeout());
    }

    private void respond(
            OriginExchange origin, Http1Event.Response response, ResponseRelay relay, Upload upload)
            throws IOException, InterruptedException {
        ResponseHead head = response.head();
        Framing framing = response.framing();
        if (framing instanceof Framing.Tunnel) {
            switchProtocols(origin, head, relay, upload);
            return;
        }
        if (origin.usesAbsoluteForm() && head.status() == 407) {
            throw context.upstreamRefused(destination.origin().authority(), head.status());
        }
        Framing towards = client.framingTowards(framing);
        List<FieldLine> connection = client.announce(upload.isComplete(), towards);
        client.allow(limits.idleTimeout());
        ContentRelay.Outcome outcome = relay.relayFinal(head, towards, connection);
        if (outcome == ContentRelay.Outcome.ENDED
                && Persistence.isReusable(request, head, framing)
                && upload.isSent()) {
            held = null;
            client.uses(null);
            origin.release();
        } else {
            release();
        }
        finish(outcome, origin, towards, upload);
    }

    private void finish(
            ContentRelay.Outcome outcome, OriginExchange origin, Framing towards, Upload upload)
            throws IOException, InterruptedException {
        switch (outcome) {
            case ENDED -> client.ended(upload);
            case SINK_FAILED -> dropClient();
            case SOURCE_FAILED, MALFORMED, RUNNING -> {
                context.counters().count(Counter.RESPONSES_INCOMPLETE);
                LOG.log(
                        System.Logger.Level.INFO,
                        () -> "Incomplete response from " + destination.origin().authority());
                client.brokenOff(towards, origin.errorCode());
            }
        }
    }

    /**
     * RFC 9110 §7.8: only at the client's wish, and after the whole request; and only to what was
     * asked for, as the client would check it too.
     */
    private void switchProtocols(
            OriginExchange origin, ResponseHead head, ResponseRelay relay, Upload upload)
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
        new Tunnel(context, client.connection(), client.duplex(), origin.duplex())
                .runWebSocket(
                        passage(false), PermessageDeflate.agreed(request.fields(), head.fields()));
    }

    /** No final response came. */
    private void broken(OriginExchange origin, Http1Event event, Upload upload)
            throws IOException, InterruptedException {
        if (client.isGone()) {
            return;
        }
        boolean isExpired = origin.isExpired();
        boolean isClientAtFault = upload.isClientAtFault(isExpired);
        Optional<Violation> fault = upload.fault();
        release();
        if (isClientAtFault) {
            if (fault.isPresent()) {
                refuse(fault.get(), upload);
            } else {
                dropClient();
            }
            return;
        }
        Authority authority = destination.origin().authority();
        if (event instanceof Http1Event.Malformed malformed) {
            throw OriginFailure.badResponse(authority, malformed.violation());
        }
        if (origin.resetCode().isPresent()) {
            resetEarly(origin.resetCode().getAsLong());
            return;
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

    /** The client may know what the code asks of it, such as to try again. */
    private void resetEarly(long code) throws OriginFailure {
        OriginFailure failure = OriginFailure.resetEarly(destination.origin().authority(), code);
        if (!client.reset(code)) {
            throw failure;
        }
        context.note(failure);
    }

    private void dropClient() {
        context.counters().count(Counter.CLIENTS_GONE);
        client.gone();
    }

    private void refuse(Violation fault, Upload upload) throws IOException, InterruptedException {
        if (fault.status() == 408) {
            context.counters().count(Counter.CLIENTS_TIMED_OUT);
        }
        client.refuse(fault, upload);
    }

    private Passage passage(boolean outbound) {
        return new Passage(
                outbound,
                destination.scheme(),
                client.connection().source(),
                destination.origin().authority().toString(),
                request.method(),
                destination.url());
    }
}
