package clawsec.proxy.net;

import java.io.IOException;
import java.time.Duration;

/** Bytes that come from a peer, and are waited for. For one thread at a time. */
public interface Inflow {
    /**
     * Waits until there is more.
     *
     * @return false at the end of the peer's bytes, or when it was silent for too long
     */
    boolean fill() throws IOException;

    /** As {@link #fill()}, but gives up after a while; waiting can go on. */
    Fill fill(Duration patience) throws IOException;
}
