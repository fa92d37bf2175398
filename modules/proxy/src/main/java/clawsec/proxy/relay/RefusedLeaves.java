package clawsec.proxy.relay;

import clawsec.proxy.ProxyCounters;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notes the hosts whose certificate a client refused, each once. Safe for use by many threads. */
public final class RefusedLeaves {
    /** Hosts remembered; past it nothing more is logged, only counted. */
    public static final int HOSTS = 10_000;

    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final Set<String> hosts = ConcurrentHashMap.newKeySet();
    private final ProxyCounters counters;

    public RefusedLeaves(ProxyCounters counters) {
        this.counters = counters;
    }

    /** A client ended the handshake because of our certificate for {@code host}. */
    void note(String host, String how) {
        counters.count(ProxyCounters.Counter.CERTIFICATES_REFUSED);
        if (hosts.size() < HOSTS && hosts.add(host)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A client refused the monitor''s certificate for {0} ({1}). Either make that"
                            + " client trust the CA (ca.crt in the log folder), or add \"{0}\" to"
                            + " tunnel_hosts to let it pass uninspected.",
                    host,
                    how);
        }
    }
}
