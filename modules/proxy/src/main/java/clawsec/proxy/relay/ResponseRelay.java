package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.ResponseHead;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.origin.OriginExchange;
import java.io.IOException;
import java.util.List;

/**
 * The response on its way to the client: interim heads, the final head, its content; or the head
 * that switches to another protocol. Confined to the exchange's thread.
 */
final class ResponseRelay {
    private final ProxyContext context;
    private final ClientExchange client;
    private final OriginExchange origin;
    private final Passage passage;

    /**
     * @param passage of the response
     */
    ResponseRelay(
            ProxyContext context, ClientExchange client, OriginExchange origin, Passage passage) {
        this.context = context;
        this.client = client;
        this.origin = origin;
        this.passage = passage;
    }

    /** RFC 9110 §15.2: passed on, but to clients of HTTP/1.0, which know no interim responses. */
    void relayInterim(ResponseHead head) throws IOException {
        if (client.takesInterim()) {
            relayHead(head, List.of());
        }
    }

    /** 101 (RFC 9110 §15.2.2): the last head on the connection. */
    void relaySwitch(ResponseHead head) throws IOException {
        relayHead(head, Forwarding.UPGRADE);
    }

    private void relayHead(ResponseHead head, List<FieldLine> connection) throws IOException {
        Fields fields = Forwarding.response(head, Framing.NONE, connection);
        try (MessageInspection inspection = new MessageInspection(context.inspector(), passage)) {
            ResponseHead forwarded = forwarded(head, fields);
            byte[] encoded = Http1Encoder.encode(forwarded);
            inspection.head(encoded, fields);
            inspection.end(Fields.EMPTY);
            client.head(forwarded, encoded, Framing.TUNNEL, origin.neverIndexed());
        }
        client.flush();
    }

    /**
     * @param towards how the client finds its end
     * @param connection what is said of the client's connection
     */
    ContentRelay.Outcome relayFinal(
            ResponseHead head, Framing towards, List<FieldLine> connection) {
        Fields fields = Forwarding.response(head, towards, connection);
        try (MessageInspection inspection = new MessageInspection(context.inspector(), passage)) {
            ContentRelay content =
                    new ContentRelay(origin.source(), client.sink(towards), inspection);
            try {
                ResponseHead forwarded = forwarded(head, fields);
                byte[] encoded = Http1Encoder.encode(forwarded);
                inspection.head(encoded, fields);
                client.head(forwarded, encoded, towards, origin.neverIndexed());
                return content.relay();
            } catch (IOException clientGone) {
                return ContentRelay.Outcome.SINK_FAILED;
            } finally {
                context.counters().add(Counter.BYTES_INBOUND, content.contentBytes());
            }
        }
    }

    private static ResponseHead forwarded(ResponseHead head, Fields fields) {
        return new ResponseHead(head.status(), head.reason(), HttpVersion.HTTP_1_1, fields);
    }
}
