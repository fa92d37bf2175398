package clawsec.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * A started peer, as clients see it.
 *
 * @param service the process whose processor time counts
 * @param port where the proxy listens on the loopback interface; 0 when there is no proxy
 * @param anchor PEM certificate that signs what clients are shown
 */
record Target(Peer peer, Service service, int port, Path anchor) {
    String name() {
        return peer.name();
    }

    boolean isProxy() {
        return port != 0;
    }

    /** Arguments by which curl and hey, which agree in this, go through it. */
    List<String> throughProxy() {
        return isProxy() ? List.of("-x", "http://127.0.0.1:" + port) : List.of();
    }
}
