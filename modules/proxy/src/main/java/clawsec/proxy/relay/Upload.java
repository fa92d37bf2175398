package clawsec.proxy.relay;

import clawsec.http.Violation;
import clawsec.http.h1.Framing;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The request content on its way to the origin. What is already buffered goes with the head in one
 * write; the rest is carried by a thread of its own, so that an origin that answers early is heard.
 */
final class Upload {
    /** How long a client may take to end its content after the response has ended. */
    private static final Duration AFTER_RESPONSE = Duration.ofSeconds(2);

    private final Http1Session session;
    private final GuardedInspection inspection;
    private final boolean hasContent;
    private final boolean writesChunks;
    private volatile ContentRelay.Outcome outcome = ContentRelay.Outcome.RUNNING;
    private volatile boolean isStarted;
    private @Nullable ContentRelay relay;
    private @Nullable Thread thread;

    Upload(Http1Session session, GuardedInspection inspection, Framing framing) {
        this.session = session;
        this.inspection = inspection;
        this.hasContent = hasContent(framing);
        this.writesChunks = framing instanceof Framing.Chunked;
        if (!hasContent) {
            session.decoder().poll(session.client().input());
            inspection.end();
            outcome = ContentRelay.Outcome.ENDED;
        }
    }

    static boolean hasContent(Framing framing) {
        return switch (framing) {
            case Framing.None none -> false;
            case Framing.Length length -> length.bytes() > 0;
            case Framing.Chunked chunked -> true;
            case Framing.UntilClose untilClose -> true;
            case Framing.Tunnel tunnel -> false;
        };
    }

    boolean hasContent() {
        return hasContent;
    }

    /** Sends what is queued on the origin's wire and the content behind it. */
    void start(Wire origin) throws IOException {
        if (!hasContent) {
            origin.flush();
            return;
        }
        ContentRelay content =
                new ContentRelay(
                        session.decoder()::poll,
                        session.decoder()::endOfInput,
                        session.client(),
                        origin,
                        inspection,
                        writesChunks);
        relay = content;
        isStarted = true;
        outcome = content.relayBuffered();
        if (outcome == ContentRelay.Outcome.RUNNING) {
            thread = Thread.ofVirtual().name("upload").start(() -> carry(content, origin));
        }
    }

    private void carry(ContentRelay content, Wire origin) {
        ContentRelay.Outcome end = content.relay();
        outcome = end;
        if (end == ContentRelay.Outcome.SOURCE_FAILED || end == ContentRelay.Outcome.MALFORMED) {
            origin.abort();
        }
    }

    /** Before an answer is passed on: all that was found in the request so far is on record. */
    void recordWhatIsFound() {
        if (!isComplete()) {
            inspection.flush();
        }
    }

    /** True when the whole content was read; its last piece may still be on its way out. */
    boolean isComplete() {
        ContentRelay content = relay;
        return outcome == ContentRelay.Outcome.ENDED || (content != null && content.sawEnd());
    }

    /**
     * True when content is left on the client's connection, which can then carry no other request.
     */
    boolean isUnread() {
        return hasContent && !(isStarted && isComplete());
    }

    /** Ends the carrying thread: at once when it is done, else as soon as the client pauses. */
    void stop() throws InterruptedException {
        Thread carrying = thread;
        if (carrying != null) {
            if (!isComplete()) {
                session.client().deadline().allowInTotal(AFTER_RESPONSE);
            }
            carrying.join();
        }
        ContentRelay content = relay;
        if (content != null) {
            session.context().counters().add(Counter.BYTES_OUTBOUND, content.contentBytes());
        }
    }

    /** True when the exchange failed because the client broke off, or broke the protocol. */
    boolean isClientAtFault() {
        return outcome == ContentRelay.Outcome.SOURCE_FAILED
                || outcome == ContentRelay.Outcome.MALFORMED;
    }

    /** Answers a client that is at fault. */
    boolean refuse() throws IOException {
        ContentRelay content = relay;
        Wire client = session.client();
        if (outcome == ContentRelay.Outcome.MALFORMED && content != null) {
            return session.refuse(content.violation());
        }
        if (client.isExpired()) {
            session.context().counters().count(Counter.CLIENTS_TIMED_OUT);
            return session.refuse(
                    new Violation(408, "RFC 9110 §15.5.9", "the request content stalled"));
        }
        session.context().counters().count(Counter.CLIENTS_GONE);
        client.abort();
        return false;
    }
}
