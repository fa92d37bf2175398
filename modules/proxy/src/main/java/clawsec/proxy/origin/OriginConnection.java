package clawsec.proxy.origin;

import clawsec.http.RequestHead;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import clawsec.http.h1.ResponseDecoder;
import clawsec.http.h2.Http2Error;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.content.Http1Sink;
import clawsec.proxy.content.Http1Source;
import clawsec.proxy.net.Duplex;
import clawsec.proxy.net.Wire;
import clawsec.tls.OriginSide;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A connection of HTTP/1.1 to an origin, with the decoder that follows its responses. It carries
 * one exchange at a time, and is confined to the one that took it from the pool.
 */
public final class OriginConnection implements OriginExchange {
    private final Origin origin;
    private final Wire wire;
    private final ResponseDecoder decoder;
    private final boolean usesAbsoluteForm;
    private final boolean asksForCertificate;
    private final Consumer<OriginConnection> home;
    private boolean isReused;
    private boolean isHeadBegun;
    private volatile long idleSinceNanos;

    /**
     * @param home takes it back when an exchange has ended well
     */
    OriginConnection(
            Origin origin,
            Wire wire,
            ResponseDecoder decoder,
            boolean usesAbsoluteForm,
            Consumer<OriginConnection> home) {
        this.origin = origin;
        this.home = home;
        this.wire = wire;
        this.decoder = decoder;
        this.usesAbsoluteForm = usesAbsoluteForm;
        this.asksForCertificate = wire.tls().filter(OriginSide::asksForCertificate).isPresent();
    }

    Origin origin() {
        return origin;
    }

    Wire wire() {
        return wire;
    }

    @Override
    public void begin(RequestHead head, Framing framing, Set<String> neverIndexed, Duration silence)
            throws IOException {
        wire.deadline().allow(silence);
        decoder.expect(head.method());
        wire.write(Http1Encoder.encode(head.fields().contains("TE") ? withoutTe(head) : head));
    }

    /** RFC 9110 §10.1.4: it would have to be named by Connection. */
    private static RequestHead withoutTe(RequestHead head) {
        return new RequestHead(
                head.method(),
                head.target(),
                head.version(),
                head.fields().without(line -> line.isNamed("TE")));
    }

    @Override
    public ContentSink sink(Framing framing) {
        return new Http1Sink(wire, framing);
    }

    @Override
    public void flush() throws IOException {
        wire.flush();
    }

    @Override
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

    @Override
    public boolean isHeadBegun() {
        return isHeadBegun;
    }

    @Override
    public boolean usesAbsoluteForm() {
        return usesAbsoluteForm;
    }

    @Override
    public boolean asksForCertificate() {
        return asksForCertificate;
    }

    @Override
    public boolean isReused() {
        return isReused;
    }

    @Override
    public Set<String> neverIndexed() {
        return Set.of();
    }

    @Override
    public boolean isExpired() {
        return wire.isExpired();
    }

    /** HTTP/1.1 cannot say so. */
    @Override
    public boolean isRefused() {
        return false;
    }

    /** HTTP/1.1 has none. */
    @Override
    public OptionalLong resetCode() {
        return OptionalLong.empty();
    }

    @Override
    public long errorCode() {
        return Http2Error.INTERNAL_ERROR.code();
    }

    @Override
    public ContentSource source() {
        return new Http1Source(decoder::poll, decoder::endOfInput, wire);
    }

    @Override
    public Duplex duplex() {
        return wire;
    }

    @Override
    public void release() {
        home.accept(this);
    }

    void park(long nowNanos) {
        isReused = true;
        idleSinceNanos = nowNanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    @Override
    public void abort() {
        wire.abort();
    }
}
