package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.http.h1.Http1Encoder;
import clawsec.proxy.Passage;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Wire;
import clawsec.proxy.origin.Origin;
import clawsec.proxy.origin.OriginFailure;
import java.io.IOException;
import java.util.Optional;

/**
 * One CONNECT (RFC 9110 §9.3.6): refused, tunnelled blindly, or looked into. Confined to the
 * connection's thread.
 */
final class ConnectSession {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final Http1Session session;
    private final ProxyContext context;
    private final Wire client;

    ConnectSession(Http1Session session) {
        this.session = session;
        this.context = session.context();
        this.client = session.client();
    }

    /** Serves the tunnel to its end; the connection carries no further request. */
    void serve(RequestHead head) throws IOException, InterruptedException {
        session.decoder().poll(client.input());
        Optional<Authority> target = Authority.parse(head.target(), 0);
        if (target.isEmpty()) {
            session.refuse(
                    new Violation(
                            400,
                            "RFC 9110 §9.3.6",
                            "CONNECT wants host:port with a port from 1 to 65535"));
            return;
        }
        Authority authority = target.get();
        inspect(head, authority);
        try {
            if (context.isLooped(head)) {
                throw OriginFailure.loop(authority);
            }
            context.connector().refuseLoop(authority);
            if (context.tunnelPolicy().isBlind(authority.host())) {
                tunnelBlindly(context.connector().connectTunnel(authority), authority);
                return;
            }
        } catch (OriginFailure failure) {
            context.note(failure);
            session.send(Answer.failure(failure), head, false);
            client.closeGently();
            return;
        }
        establish();
        Entry.FixedOrigin entry = new Entry.FixedOrigin(Origin.clear(authority), "http");
        new SniffedSession(session.connection(), entry).serve();
    }

    /**
     * Before anything is resolved or dialled, in blind tunnels too: the target itself may carry a
     * secret to a name server or an upstream proxy. The scheme is http, as this head comes and goes
     * in clear whatever the tunnel holds; the credentials for a proxy are for us.
     */
    private void inspect(RequestHead head, Authority authority) {
        Passage passage =
                new Passage(
                        true,
                        "http",
                        session.connection().source(),
                        authority.toString(),
                        head.method(),
                        head.target());
        Fields fields = head.fields().without(line -> line.isNamed("Proxy-Authorization"));
        try (MessageInspection inspection = new MessageInspection(context.inspector(), passage)) {
            inspection.head(
                    Http1Encoder.encode(
                            new RequestHead(head.method(), head.target(), head.version(), fields)),
                    fields);
            inspection.end(Fields.EMPTY);
        }
    }

    private void tunnelBlindly(Wire origin, Authority authority)
            throws IOException, InterruptedException {
        context.counters().count(Counter.TUNNELS_BLIND);
        LOG.log(
                System.Logger.Level.INFO,
                () ->
                        "Tunnel, not inspected, from "
                                + session.connection().source()
                                + " to "
                                + authority);
        try {
            establish();
            new Tunnel(context, session.connection(), origin).runBlind();
        } finally {
            origin.abort();
        }
    }

    private void establish() throws IOException {
        client.write(
                Http1Encoder.encode(
                        new ResponseHead(
                                200,
                                "Connection established",
                                HttpVersion.HTTP_1_1,
                                Fields.EMPTY)));
        client.flush();
    }
}
