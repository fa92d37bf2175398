package clawsec.proxy.origin;

import clawsec.http.h1.Http1Event;
import clawsec.http.h1.ResponseDecoder;
import clawsec.proxy.net.Wire;
import clawsec.tls.OriginSide;
import java.io.IOException;
import java.time.Duration;

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
    private final boolean asksForCertificate;
    private boolean isReused;
    private boolean isHeadBegun;
    private volatile long idleSinceNanos;

    OriginConnection(Origin origin, Wire wire, ResponseDecoder decoder, boolean usesAbsoluteForm) {
        this.origin = origin;
        this.wire = wire;
        this.decoder = decoder;
        this.usesAbsoluteForm = usesAbsoluteForm;
        this.asksForCertificate = wire.tls().filter(OriginSide::asksForCertificate).isPresent();
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
     * The next head, or what is wrong with it; NeedsInput when the connection ended before it.
     *
     * @param limit from the head's first byte to its end; past it the wire expires
     */
    public Http1Event nextHead(Duration limit) {
        isHeadBegun = false;
        try {
            while (true) {
                Http1Event event = decoder.poll(wire.input());
                if (!(event instanceof Http1Event.NeedsInput)) {
                    wire.deadline().allowAnyTotal();
                    return event;
                }
                if (!isHeadBegun && !decoder.isIdle()) {
                    isHeadBegun = true;
                    wire.deadline().allowInTotal(limit);
                }
                if (!wire.fill()) {
                    return decoder.isIdle() || wire.isExpired() ? event : decoder.endOfInput();
                }
            }
        } catch (IOException broken) {
            return Http1Event.NEEDS_INPUT;
        }
    }

    /** True when the head that was waited for last had begun, perhaps in vain. */
    public boolean isHeadBegun() {
        return isHeadBegun;
    }

    /**
     * True when the other end is a proxy, which wants the whole URL in the request line (RFC 9112
     * §3.2.2).
     */
    public boolean usesAbsoluteForm() {
        return usesAbsoluteForm;
    }

    /** True when the origin asked for a client certificate, which we have not. */
    public boolean asksForCertificate() {
        return asksForCertificate;
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
