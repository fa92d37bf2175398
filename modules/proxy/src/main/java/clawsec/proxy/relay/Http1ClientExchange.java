package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.http.h1.Framing;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.content.Http1Sink;
import clawsec.proxy.content.Http1Source;
import clawsec.proxy.net.Duplex;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request on a connection of HTTP/1.1, and the response to it. */
final class Http1ClientExchange implements ClientExchange {
    /** How long a client may take to end its content after the exchange has ended. */
    private static final Duration AFTER_RESPONSE = Duration.ofSeconds(2);

    private final Http1Session session;
    private final Wire client;
    private final RequestHead request;
    private final Framing framing;
    private boolean persists;

    Http1ClientExchange(Http1Session session, RequestHead request, Framing framing) {
        this.session = session;
        this.client = session.client();
        this.request = request;
        this.framing = framing;
    }

    /** True when the client's connection can carry another request. */
    boolean persists() {
        return persists;
    }

    @Override
    public ClientConnection connection() {
        return session.connection();
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public ContentSource source() {
        return new Http1Source(session.decoder()::poll, session.decoder()::endOfInput, client);
    }

    @Override
    public void uses(@Nullable Runnable abort) {
        session.connection().uses(abort);
    }

    @Override
    public boolean isGone() {
        return session.connection().isAborted();
    }

    @Override
    public void allow(Duration silence) {
        client.deadline().allow(silence);
    }

    /** RFC 9110 §15.2: clients of HTTP/1.0 know none. */
    @Override
    public boolean takesInterim() {
        return request.version().isAtLeast11();
    }

    /**
     * Content that only the origin's close ends is sent in chunks, so that the client can tell its
     * end from a break; HTTP/1.0 clients know no chunks (RFC 9112 §7.1).
     */
    @Override
    public Framing framingTowards(Framing framing) {
        boolean isOpenEnded =
                framing instanceof Framing.Chunked || framing instanceof Framing.UntilClose;
        if (!isOpenEnded) {
            return framing;
        }
        return request.version().isAtLeast11() ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
    }

    @Override
    public List<FieldLine> announce(boolean isRequestRead, Framing towards) {
        persists = isRequestRead && isDelimited(towards) && session.persists(request);
        return Persistence.announced(request.version(), persists);
    }

    /** Whether the client can find the end of a response without the connection's close. */
    private static boolean isDelimited(Framing towards) {
        return !(towards instanceof Framing.UntilClose);
    }

    @Override
    public void head(ResponseHead head, byte[] encoded, Framing towards, Set<String> neverIndexed)
            throws IOException {
        client.write(encoded);
    }

    @Override
    public void flush() throws IOException {
        client.flush();
    }

    @Override
    public ContentSink sink(Framing towards) {
        return new Http1Sink(client, towards);
    }

    @Override
    public Duplex duplex() {
        return client;
    }

    @Override
    public void ended(Upload upload) throws IOException, InterruptedException {
        if (!persists) {
            closeGently(upload);
        }
    }

    @Override
    public void gone() {
        persists = false;
        client.abort();
    }

    /** RFC 9112 §8: where only the close ends a response, a reset says that it is incomplete. */
    @Override
    public void brokenOff(Framing towards, long code) {
        persists = false;
        if (isDelimited(towards)) {
            client.abort();
        } else {
            client.reset();
        }
    }

    @Override
    public boolean reset(long code) {
        return false;
    }

    @Override
    public void answer(Answer answer, Upload upload) throws IOException, InterruptedException {
        persists = session.send(answer, request, upload.isComplete());
        ended(upload);
    }

    @Override
    public void refuse(Violation violation, Upload upload)
            throws IOException, InterruptedException {
        persists = false;
        session.sendRefusal(violation);
        closeGently(upload);
    }

    /** The response is out; what the client still sends is not awaited for long. */
    private void closeGently(Upload upload) throws IOException, InterruptedException {
        client.shutdownOutput();
        upload.stop();
        client.closeGently();
    }

    @Override
    public void stopContent() {
        client.deadline().allowInTotal(AFTER_RESPONSE);
    }
}
