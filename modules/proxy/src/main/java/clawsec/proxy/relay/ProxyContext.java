package clawsec.proxy.relay;

import clawsec.http.Authority;
import clawsec.http.Fields;
import clawsec.http.RequestHead;
import clawsec.proxy.Inspector;
import clawsec.proxy.ProxyConfig;
import clawsec.proxy.ProxyCounters;
import clawsec.proxy.RootCertificate;
import clawsec.proxy.UpstreamProxy;
import clawsec.proxy.origin.Connector;
import clawsec.proxy.origin.OriginFailure;
import clawsec.proxy.origin.OriginPool;
import clawsec.proxy.origin.UpstreamAnswer;
import clawsec.tls.ClientSide;
import java.util.Optional;

/**
 * What every connection shares. Immutable; each part is safe for use by many threads.
 *
 * @param pseudonym our name in Via, different in each process, so that we know our own requests
 *     again
 */
public record ProxyContext(
        ProxyConfig config,
        RootCertificate root,
        ClientSide clientSide,
        Inspector inspector,
        Connector connector,
        OriginPool pool,
        TunnelPolicy tunnelPolicy,
        RefusedLeaves refusedLeaves,
        ProxyCounters counters,
        String pseudonym) {
    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    /**
     * A request as an upstream proxy wants it: the whole URL, its credentials, and Via (RFC 9110
     * §7.6.3), by which a request that comes back to us is known. Towards origins no Via is sent:
     * some serve proxies differently.
     */
    RequestHead forUpstream(RequestHead head, String absoluteForm) {
        Fields fields = head.fields().with("Via", "1.1 " + pseudonym);
        Optional<String> authorization = config.upstream().flatMap(UpstreamProxy::authorization);
        if (authorization.isPresent()) {
            fields = fields.with("Proxy-Authorization", authorization.get());
        }
        return new RequestHead(head.method(), absoluteForm, head.version(), fields);
    }

    /** Counts and logs what {@link Answer#failure} tells the client. */
    void note(OriginFailure failure) {
        counters.countOriginFailure(failure.error());
        LOG.log(
                System.Logger.Level.INFO,
                () -> failure.status() + " " + failure.error() + ": " + failure.getMessage());
    }

    /** What an upstream proxy's own refusal of a request to that origin is answered with. */
    OriginFailure upstreamRefused(Authority destination, int status) {
        String proxy = config.upstream().map(UpstreamProxy::toString).orElse("");
        return OriginFailure.upstreamRefused(new UpstreamAnswer(proxy, destination, status));
    }

    /** True when this request was sent by us before. */
    boolean isLooped(RequestHead head) {
        return head.fields().contains("Via")
                && head.fields().members("Via").contains("1.1 " + pseudonym);
    }
}
