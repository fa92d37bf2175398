package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.OriginConnection;
import java.io.IOException;
import java.util.List;

/**
 * The response on its way to the client: interim heads, the final head, its content; or the head
 * that switches to another protocol. Confined to the connection's thread.
 */
final class ResponseRelay {
    private final ProxyContext context;
    private final Wire client;
    private final OriginConnection origin;
    private final RequestHead request;
    private final Passage passage;

    /**
     * @param passage of the response
     */
    ResponseRelay(
            ProxyContext context,
            Wire client,
            OriginConnection origin,
            RequestHead request,
            Passage passage) {
        this.context = context;
        this.client = client;
        this.origin = origin;
        this.request = request;
        this.passage = passage;
    }

    /** RFC 9110 §15.2: passed on, but to clients of HTTP/1.0, which know no interim responses. */
    void relayInterim(ResponseHead head) throws IOException {
        if (request.version().isAtLeast11()) {
            relayHead(head, Forwarding.response(head, Framing.NONE, List.of()));
        }
    }

    /** 101 (RFC 9110 §15.2.2): the last head on the connection. */
    void relaySwitch(ResponseHead head) throws IOException {
        relayHead(head, Forwarding.response(head, Framing.NONE, Forwarding.UPGRADE));
    }

    private void relayHead(ResponseHead head, Fields fields) throws IOException {
        try (MessageInspection inspection = new MessageInspection(context.inspector(), passage)) {
            byte[] encoded = inspected(head, fields, inspection);
            inspection.end(Fields.EMPTY);
            client.write(encoded);
        }
        client.flush();
    }

    /** Whether the client can find the end of this response without the connection's close. */
    boolean isDelimited(Framing framing) {
        return !(framingTowardsClient(framing) instanceof Framing.UntilClose);
    }

    /**
     * @param persists whether the client's connection is kept, which the head tells it
     */
    ContentRelay.Outcome relayFinal(ResponseHead head, Framing framing, boolean persists) {
        Framing towardsClient = framingTowardsClient(framing);
        Fields fields =
                Forwarding.response(
                        head, towardsClient, Persistence.announced(request.version(), persists));
        try (MessageInspection inspection = new MessageInspection(context.inspector(), passage)) {
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
                return content.relay();
            } catch (IOException clientGone) {
                return ContentRelay.Outcome.SINK_FAILED;
            } finally {
                context.counters().add(Counter.BYTES_INBOUND, content.contentBytes());
            }
        }
    }

    private static byte[] inspected(
            ResponseHead head, Fields fields, MessageInspection inspection) {
        ResponseHead forwarded =
                new ResponseHead(head.status(), head.reason(), HttpVersion.HTTP_1_1, fields);
        byte[] encoded = Http1Encoder.encode(forwarded);
        inspection.head(encoded, fields);
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
}
