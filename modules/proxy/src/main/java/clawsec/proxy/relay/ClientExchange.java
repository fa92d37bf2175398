package clawsec.proxy.relay;

import clawsec.http.FieldLine;
import clawsec.http.ResponseHead;
import clawsec.http.Violation;
import clawsec.http.h1.Framing;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.net.Duplex;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one exchange: a request on a connection of HTTP/1.1 and the response to it,
 * or a stream of HTTP/2. For the exchange's thread, and the one that carries the request's content.
 */
interface ClientExchange {
    ClientConnection connection();

    /** Of the request's content. */
    Framing framing();

    /** The request's content. */
    ContentSource source();

    /**
     * Names the origin that the exchange may wait for, which is given up when the client leaves.
     *
     * @param abort ends that; null when it waits for none
     */
    void uses(@Nullable Runnable abort);

    /** True when the client gave the exchange up, or was cut off: there is nobody to answer. */
    boolean isGone();

    /** How long the client may be silent, from now on. */
    void allow(Duration silence);

    /** Whether the client knows interim responses. */
    boolean takesInterim();

    /** How the client finds the end of a response that came framed so. */
    Framing framingTowards(Framing framing);

    /**
     * Decides whether the client's connection goes on after the response.
     *
     * @param isRequestRead whether the whole request was read
     * @param towards how the response is framed
     * @return the field lines that say it
     */
    List<FieldLine> announce(boolean isRequestRead, Framing towards);

    /**
     * Queues a response's head.
     *
     * @param head its field lines say what the client is to read
     * @param encoded the same as HTTP/1.1 writes it
     * @param neverIndexed names of field lines that no table may remember
     */
    void head(ResponseHead head, byte[] encoded, Framing towards, Set<String> neverIndexed)
            throws IOException;

    /** Sends what is queued. */
    void flush() throws IOException;

    /** Where the response's content goes. */
    ContentSink sink(Framing towards);

    /** The bytes that follow a head that switched to another protocol, both ways. */
    Duplex duplex();

    /** The response is out. */
    void ended(Upload upload) throws IOException, InterruptedException;

    /** The client took no more. */
    void gone();

    /**
     * The response ended too early, which the client has to see.
     *
     * @param code the error code of HTTP/2 for it
     */
    void brokenOff(Framing towards, long code);

    /**
     * Gives the exchange up as its origin did, before a response began.
     *
     * @param code of HTTP/2
     * @return false where the client's version has no way to say so
     */
    boolean reset(long code);

    /** Answers in the origin's place. */
    void answer(Answer answer, Upload upload) throws IOException, InterruptedException;

    /** Answers what the client sent and should not have. */
    void refuse(Violation violation, Upload upload) throws IOException, InterruptedException;

    /** The exchange has ended: request content that is still to come is not awaited for long. */
    void stopContent();
}
