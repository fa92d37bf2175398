package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import clawsec.proxy.Inspection;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginConnection;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The response on its way to the client: interim heads, the final head, its content; or the switch
 * to another protocol. Decides which of the two connections live on. Confined to the connection's
 * thread.
 */
final class ResponseRelay {
    private final Http1Session session;
    private final ProxyContext context;
    private final Wire client;
    private final OriginConnection origin;
    private final RequestHead request;
    private final Passage passage;

    ResponseRelay(
            Http1Session session, OriginConnection origin, RequestHead request, Passage passage) {
        this.session = session;
        this.context = session.context();
        this.client = session.client();
        this.origin = origin;
        this.request = request;
        this.passage = passage;
    }

    /**
     * @return true when the client's connection can carry another request
     */
    boolean relay(ResponseHead first, Framing firstFraming, Upload upload)
            throws IOException, InterruptedException {
        ResponseHead head = first;
        Framing framing = firstFraming;
        while (head.isInterim() && !(framing instanceof Framing.Tunnel)) {
            relayInterim(head);
            Http1Event event = Exchange.nextHead(origin);
            if (!(event instanceof Http1Event.Response next)) {
                return brokenAfterInterim(event, upload);
            }
            upload.recordWhatIsFound();
            head = next.head();
            framing = next.framing();
        }
        return framing instanceof Framing.Tunnel
                ? switchProtocols(head, upload)
                : relayFinal(head, framing, upload);
    }

    /** RFC 9110 §15.2: passed on, but to clients of HTTP/1.0, which know no interim responses. */
    private void relayInterim(ResponseHead head) throws IOException {
        if (!request.version().isAtLeast11()) {
            return;
        }
        try (Inspection inspection = context.inspector().open(passage)) {
            client.write(
                    inspected(head, Forwarding.response(head, Framing.NONE, false), inspection));
            inspection.end();
        }
        client.flush();
    }

    private boolean relayFinal(ResponseHead head, Framing framing, Upload upload)
            throws IOException, InterruptedException {
        boolean persists = session.persists(request) && upload.isComplete();
        Framing towardsClient = framingTowardsClient(framing);
        persists &= !(towardsClient instanceof Framing.UntilClose);
        Fields fields = Forwarding.response(head, towardsClient, false);
        if (!persists) {
            fields = fields.with("Connection", "close");
        } else if (!request.version().isAtLeast11()) {
            fields = fields.with("Connection", "keep-alive");
        }
        ContentRelay.Outcome outcome;
        try (Inspection inspection = context.inspector().open(passage)) {
            ContentRelay content =
                    new ContentRelay(
                            origin.decoder()::poll,
                            origin.decoder()::endOfInput,
                            origin.wire(),
                            client,
                            inspection,
                            towardsClient instanceof Framing.Chunked);
            try {
                client.write(inspected(head, fields, inspection));
                outcome = content.relay();
            } catch (IOException clientGone) {
                outcome = ContentRelay.Outcome.SINK_FAILED;
            }
            context.counters().add(Counter.BYTES_INBOUND, content.contentBytes());
        }
        boolean isClean = outcome == ContentRelay.Outcome.ENDED;
        if (isClean && upload.isComplete() && isReusable(head, framing)) {
            upload.stop();
            context.pool().give(origin);
        } else {
            origin.abort();
        }
        return finish(outcome, persists, upload);
    }

    private boolean finish(ContentRelay.Outcome outcome, boolean persists, Upload upload)
            throws IOException, InterruptedException {
        switch (outcome) {
            case ENDED -> {
                if (persists) {
                    return true;
                }
                client.shutdownOutput();
                upload.stop();
                client.closeGently();
            }
            case SINK_FAILED -> {
                context.counters().count(Counter.CLIENTS_GONE);
                client.abort();
                upload.stop();
            }
            case SOURCE_FAILED, MALFORMED, RUNNING -> {
                // RFC 9112 §8: the client has to see that the message is incomplete, so it gets no
                // proper end.
                context.counters().count(Counter.RESPONSES_INCOMPLETE);
                System.getLogger("clawsec.proxy")
                        .log(
                                System.Logger.Level.INFO,
                                () -> "Incomplete response from " + passage.dest());
                client.abort();
                upload.stop();
            }
        }
        return false;
    }

    /** 101 (RFC 9110 §15.2.2): from here on the connection carries the other protocol both ways. */
    private boolean switchProtocols(ResponseHead head, Upload upload)
            throws IOException, InterruptedException {
        upload.stop();
        try (Inspection inspection = context.inspector().open(passage)) {
            client.write(
                    inspected(head, Forwarding.response(head, Framing.NONE, true), inspection));
            inspection.end();
        }
        client.flush();
        new Tunnel(context, session.connection(), origin.wire()).runWebSocket(passage);
        return false;
    }

    private boolean brokenAfterInterim(Http1Event event, Upload upload)
            throws IOException, InterruptedException {
        boolean isExpired = origin.wire().isExpired();
        origin.abort();
        upload.stop();
        if (upload.isClientAtFault()) {
            return upload.refuse();
        }
        if (event instanceof Http1Event.Malformed malformed) {
            throw OriginFailure.badResponse(origin.origin().authority(), malformed.violation());
        }
        throw isExpired
                ? OriginFailure.responseTimeout(
                        origin.origin().authority(), context.config().limits().idleTimeout())
                : OriginFailure.closedEarly(origin.origin().authority());
    }

    private byte[] inspected(ResponseHead head, Fields fields, Inspection inspection) {
        ResponseHead forwarded =
                new ResponseHead(head.status(), head.reason(), HttpVersion.HTTP_1_1, fields);
        byte[] encoded = Http1Encoder.encode(forwarded);
        inspection.head(ByteBuffer.wrap(encoded), fields);
        return encoded;
    }

    /**
     * Content that only the origin's close ends is sent in chunks, so that the client can tell its
     * end from a break; HTTP/1.0 clients know no chunks (RFC 9112 §7.1).
     */
    private Framing framingTowardsClient(Framing framing) {
        boolean isOpenEnded =
                framing instanceof Framing.Chunked || framing instanceof Framing.UntilClose;
        if (!isOpenEnded) {
            return framing;
        }
        return request.version().isAtLeast11() ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
    }

    /**
     * RFC 9112 §9.3, and never a connection that was authenticated itself (NTLM, Negotiate: RFC
     * 4559 §6), which must not serve another client.
     */
    private boolean isReusable(ResponseHead head, Framing framing) {
        return !(framing instanceof Framing.UntilClose)
                && Forwarding.isPersistent(head.version().isAtLeast11(), head.fields())
                && !origin.wire().input().hasRemaining()
                && !authenticatesConnection(request.fields().all("Authorization"))
                && !authenticatesConnection(head.fields().all("WWW-Authenticate"));
    }

    private static boolean authenticatesConnection(List<String> values) {
        for (String value : values) {
            if (value.regionMatches(true, 0, "NTLM", 0, 4)
                    || value.regionMatches(true, 0, "Negotiate", 0, 9)) {
                return true;
            }
        }
        return false;
    }
}
