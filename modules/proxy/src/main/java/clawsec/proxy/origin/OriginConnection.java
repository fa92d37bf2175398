package clawsec.proxy.origin;

import clawsec.http.h1.ResponseDecoder;
import clawsec.proxy.net.Wire;

/**
 * A connection to an origin, with the decoder that follows its responses.
 *
 * <p>Confined to the exchange that took it from the pool.
 */
public final class OriginConnection {
    private final Origin origin;
    private final Wire wire;
    private final ResponseDecoder decoder;
    private final boolean usesAbsoluteForm;
    private boolean isReused;
    private volatile long idleSinceNanos;

    OriginConnection(Origin origin, Wire wire, ResponseDecoder decoder, boolean usesAbsoluteForm) {
        this.origin = origin;
        this.wire = wire;
        this.decoder = decoder;
        this.usesAbsoluteForm = usesAbsoluteForm;
    }

    public Origin origin() {
        return origin;
    }

    public Wire wire() {
        return wire;
    }

    public ResponseDecoder decoder() {
        return decoder;
    }

    /**
     * True when the other end is a proxy, which wants the whole URL in the request line (RFC 9112
     * §3.2.2).
     */
    public boolean usesAbsoluteForm() {
        return usesAbsoluteForm;
    }

    /** True when it served an exchange before, so that the origin may have closed it meanwhile. */
    public boolean isReused() {
        return isReused;
    }

    void park(long nowNanos) {
        isReused = true;
        idleSinceNanos = nowNanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    public void abort() {
        wire.abort();
    }
}
