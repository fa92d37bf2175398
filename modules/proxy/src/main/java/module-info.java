/** Listeners, connections, tunnels, relays, the origin pool, the gateway and the SSH watcher. */
module clawsec.proxy {
    requires static org.jspecify;
    requires transitive clawsec.http;
    requires transitive clawsec.tls;

    exports clawsec.proxy;
}
