package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.http.h1.Framing;
import clawsec.http.h2.FieldSection;
import clawsec.http.h2.Http2Error;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.content.NoContent;
import clawsec.proxy.h2.Http2Channel;
import clawsec.proxy.h2.Http2Duplex;
import clawsec.proxy.net.Duplex;
import clawsec.proxy.origin.ExtendedConnect;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's stream of HTTP/2. */
final class Http2ClientExchange implements ClientExchange {
    private final ClientConnection connection;
    private final Http2Channel channel;
    private final RequestHead request;
    private final Framing framing;
    private final boolean isTunnel;

    private Http2ClientExchange(
            ClientConnection connection,
            Http2Channel channel,
            RequestHead request,
            Framing framing,
            boolean isTunnel) {
        this.connection = connection;
        this.channel = channel;
        this.request = request;
        this.framing = framing;
        this.isTunnel = isTunnel;
    }

    /**
     * @param endsStream whether the request has no content
     */
    static Http2ClientExchange of(
            ClientConnection connection,
            Http2Channel channel,
            RequestHead request,
            boolean endsStream) {
        return new Http2ClientExchange(
                connection,
                channel,
                request,
                endsStream ? Framing.NONE : framing(request.fields()),
                false);
    }

    /** A stream that becomes a tunnel if the origin switches protocols, see ExtendedConnect. */
    static Http2ClientExchange tunnel(
            ClientConnection connection, Http2Channel channel, RequestHead upgrade) {
        return new Http2ClientExchange(connection, channel, upgrade, Framing.NONE, true);
    }

    private static Framing framing(Fields fields) {
        return fields.first("content-length")
                .<Framing>map(length -> new Framing.Length(Long.parseLong(length)))
                .orElse(Framing.CHUNKED);
    }

    @Override
    public ClientConnection connection() {
        return connection;
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public ContentSource source() {
        return isTunnel ? NoContent.INSTANCE : channel;
    }

    @Override
    public void uses(@Nullable Runnable abort) {
        channel.onDrop(abort);
    }

    @Override
    public boolean isGone() {
        return connection.isAborted() || channel.isDropped();
    }

    @Override
    public void allow(Duration silence) {
        channel.allow(silence);
    }

    @Override
    public boolean takesInterim() {
        return true;
    }

    /** A stream has an end of its own. */
    @Override
    public Framing framingTowards(Framing framing) {
        return framing instanceof Framing.UntilClose ? Framing.CHUNKED : framing;
    }

    @Override
    public List<FieldLine> announce(boolean isRequestRead, Framing towards) {
        return List.of();
    }

    @Override
    public void head(ResponseHead head, byte[] encoded, Framing towards, Set<String> neverIndexed)
            throws IOException {
        boolean isSwitch = isTunnel && head.status() == 101;
        channel.respond(
                new FieldSection.Response(
                        isSwitch ? ExtendedConnect.asResponse(head) : head, neverIndexed),
                towards instanceof Framing.None);
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public ContentSink sink(Framing towards) {
        return channel;
    }

    @Override
    public Duplex duplex() {
        return new Http2Duplex(channel);
    }

    /** RFC 9113 §8.1: what is left of the request is not wanted any more. */
    @Override
    public void ended(Upload upload) {
        channel.flush();
        stopContent();
    }

    @Override
    public void gone() {
        channel.reset(Http2Error.CANCEL.code());
    }

    @Override
    public void brokenOff(Framing towards, long code) {
        channel.reset(code);
    }

    @Override
    public boolean reset(long code) {
        channel.reset(code);
        return true;
    }

    @Override
    public void answer(Answer answer, Upload upload) throws IOException {
        answer.send(channel, !request.method().equals("HEAD"));
        ended(upload);
    }

    @Override
    public void refuse(Violation violation, Upload upload) throws IOException {
        Refusals.note(connection, violation);
        answer(Answer.refusal(violation), upload);
    }

    @Override
    public void stopContent() {
        channel.reset(Http2Error.NO_ERROR.code());
    }
}
