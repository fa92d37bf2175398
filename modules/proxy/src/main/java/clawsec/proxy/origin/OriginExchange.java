package clawsec.proxy.origin;

import clawsec.http.RequestHead;
import clawsec.http.h1.Framing;
import clawsec.http.h1.Http1Event;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.net.Duplex;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The origin's end of one exchange: a connection of HTTP/1.1, or a stream of HTTP/2. For the
 * exchange that took it from the pool, and the thread that carries its request's content.
 */
public interface OriginExchange {
    /**
     * True when the other end is a proxy, which wants the whole URL in the request line (RFC 9112
     * §3.2.2).
     */
    boolean usesAbsoluteForm();

    /** True when the origin asked for a client certificate, which we have not. */
    boolean asksForCertificate();

    /** True when its connection served an exchange before, and may have been closed meanwhile. */
    boolean isReused();

    /**
     * Queues the request's head.
     *
     * @param framing of the content that follows
     * @param neverIndexed names of field lines that no table may remember (RFC 7541 §7.1.3)
     * @param silence how long the origin may be silent from here on
     */
    void begin(RequestHead head, Framing framing, Set<String> neverIndexed, Duration silence)
            throws IOException;

    /** Where the request's content goes. */
    ContentSink sink(Framing framing);

    /** Sends what is queued. */
    void flush() throws IOException;

    /**
     * The next head, or what is wrong with it; NeedsInput when there will be none.
     *
     * @param limit from the head's first byte to its end
     */
    Http1Event nextHead(Duration limit);

    /** Names of field lines in the last head that no table may remember. */
    Set<String> neverIndexed();

    /** True when the head that was waited for last had begun, perhaps in vain. */
    boolean isHeadBegun();

    /** True when the origin was silent for too long. */
    boolean isExpired();

    /** True when the origin did nothing for the request, and said so. */
    boolean isRefused();

    /** The code of HTTP/2 with which the origin gave the exchange up; empty when it did not. */
    OptionalLong resetCode();

    /** The error code of HTTP/2 for a response that ended too early. */
    long errorCode();

    /** The content of the response. */
    ContentSource source();

    /** The bytes that follow a head that switched to another protocol, both ways. */
    Duplex duplex();

    /** The exchange ended well, and so far as this one can tell another may use the connection. */
    void release();

    /** Gives the exchange up, if it has not ended; any thread may. */
    void abort();
}
