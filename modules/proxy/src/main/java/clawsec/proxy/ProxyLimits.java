package clawsec.proxy;

import java.time.Duration;

/**
 * Bounds on time and memory that a peer can take.
 *
 * @param headerTimeout from the first byte of a request or response to the end of its head, and for
 *     a client's TLS handshake
 * @param connectTimeout for an origin to accept a connection, its TLS handshake included
 * @param idleTimeout without a byte in either direction: between requests, while content flows,
 *     while an origin thinks
 * @param maxHeaderBytes a request or response head; also bounds its field lines, see {@link
 *     clawsec.http.h1.Http1Limits#ofHeadBytes}
 * @param maxConnections client connections at once; past it the one that idled longest makes room
 * @param connectionBytes of the heap for all connections, as estimated; past it those that idled
 *     longest are closed and buffers do not grow; where none idles, new ones and large heads are
 *     refused
 */
public record ProxyLimits(
        Duration headerTimeout,
        Duration connectTimeout,
        Duration idleTimeout,
        int maxHeaderBytes,
        int maxConnections,
        long connectionBytes) {
    /**
     * Half of the heap: the other half is for the messages that pass, the detector and the garbage
     * of both.
     */
    public static final long CONNECTION_BYTES = Runtime.getRuntime().maxMemory() / 2;

    public static final ProxyLimits DEFAULT =
            new ProxyLimits(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(300),
                    65_536,
                    10_000,
                    CONNECTION_BYTES);
}
