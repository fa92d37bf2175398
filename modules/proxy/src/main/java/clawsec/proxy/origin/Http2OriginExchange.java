package clawsec.proxy.origin;

import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Event;
import clawsec.http.h2.FieldSection;
import clawsec.http.h2.Http2Error;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.h2.ArrivedHead;
import clawsec.proxy.h2.Http2Channel;
import clawsec.proxy.h2.Http2Duplex;
import clawsec.proxy.net.Duplex;
import clawsec.tls.OriginSide;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A stream of HTTP/2 towards an origin. */
final class Http2OriginExchange implements OriginExchange {
    private final Http2Channel channel;
    private final boolean isSecure;
    private final boolean isReused;
    private RequestHead request = new RequestHead("", "", HttpVersion.HTTP_2, Fields.EMPTY);
    private Set<String> neverIndexed = Set.of();

    /**
     * @param isReused whether its connection carried others before
     */
    Http2OriginExchange(Http2Channel channel, boolean isReused) {
        this.channel = channel;
        this.isSecure = channel.connection().wire().isSecure();
        this.isReused = isReused;
    }

    @Override
    public boolean usesAbsoluteForm() {
        return false;
    }

    @Override
    public boolean asksForCertificate() {
        return channel.connection().wire().tls().filter(OriginSide::asksForCertificate).isPresent();
    }

    @Override
    public boolean isReused() {
        return isReused;
    }

    @Override
    public void begin(RequestHead head, Framing framing, Set<String> notIndexed, Duration silence)
            throws IOException {
        request = head;
        channel.allow(silence);
        boolean isUpgrade = isUpgrade();
        if (isUpgrade && !channel.connection().takesProtocols()) {
            throw OriginFailure.noWebSocket(head.fields().first("Host").orElse(""));
        }
        channel.request(
                new FieldSection.Request(
                        isUpgrade ? ExtendedConnect.asConnect(head) : head,
                        isSecure ? "https" : "http",
                        isUpgrade ? Optional.of("websocket") : Optional.empty(),
                        notIndexed),
                !framing.hasContent() && !isUpgrade);
    }

    private boolean isUpgrade() {
        return ExtendedConnect.isUpgrade(request);
    }

    @Override
    public ContentSink sink(Framing framing) {
        return channel;
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public Http1Event nextHead(Duration limit) {
        Optional<ArrivedHead> next = channel.nextHead();
        if (next.isEmpty()) {
            return channel.violation()
                    .<Http1Event>map(Http1Event.Malformed::new)
                    .orElse(Http1Event.NEEDS_INPUT);
        }
        FieldSection.Response response = next.get().response();
        neverIndexed = response.neverIndexed();
        if (isUpgrade() && response.head().status() / 100 == 2) {
            return new Http1Event.Response(
                    ExtendedConnect.asSwitch(response.head(), request), Framing.TUNNEL);
        }
        return new Http1Event.Response(
                response.head(), framing(response.head(), next.get().endsStream()));
    }

    private Framing framing(ResponseHead head, boolean endsStream) {
        boolean hasNone =
                endsStream
                        || head.isInterim()
                        || head.status() == 204
                        || head.status() == 304
                        || request.method().equals("HEAD");
        return hasNone ? Framing.NONE : framing(head.fields());
    }

    private static Framing framing(Fields fields) {
        return fields.first("content-length")
                .<Framing>map(length -> new Framing.Length(Long.parseLong(length)))
                .orElse(Framing.CHUNKED);
    }

    @Override
    public Set<String> neverIndexed() {
        return neverIndexed;
    }

    /** A header block is read whole. */
    @Override
    public boolean isHeadBegun() {
        return false;
    }

    @Override
    public boolean isExpired() {
        return channel.isExpired();
    }

    @Override
    public boolean isRefused() {
        return channel.isRefused();
    }

    @Override
    public OptionalLong resetCode() {
        return channel.peersCode();
    }

    @Override
    public long errorCode() {
        return channel.code(Http2Error.INTERNAL_ERROR.code());
    }

    @Override
    public ContentSource source() {
        return channel;
    }

    @Override
    public Duplex duplex() {
        return new Http2Duplex(channel);
    }

    @Override
    public void release() {
        channel.reset(Http2Error.NO_ERROR.code());
    }

    @Override
    public void abort() {
        channel.reset(Http2Error.CANCEL.code());
    }
}
