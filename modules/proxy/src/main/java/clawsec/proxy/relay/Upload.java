package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.Violation;
import clawsec.proxy.ProxyCounters.Counter;
import clawsec.proxy.content.ContentSource;
import clawsec.proxy.origin.OriginExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request content on its way to the origin. What is already buffered goes with the head in one
 * write; the rest is carried by a thread of its own, so that an origin that answers early is heard.
 * Confined to the connection's thread but for what that thread of its own does.
 */
final class Upload {
    /** How long the last piece may be on its way out after the response has ended. */
    private static final Duration LAST_PIECE = Duration.ofMillis(200);

    private final ProxyContext context;
    private final ClientExchange client;
    private final ContentSource source;
    private final MessageInspection inspection;
    private final boolean hasContent;
    private volatile ContentRelay.Outcome outcome = ContentRelay.Outcome.RUNNING;
    private @Nullable ContentRelay relay;
    private @Nullable Thread thread;

    Upload(ProxyContext context, ClientExchange client, MessageInspection inspection) {
        this.context = context;
        this.client = client;
        this.source = client.source();
        this.inspection = inspection;
        this.hasContent = client.framing().hasContent();
        if (!hasContent) {
            source.poll();
            inspection.end(Fields.EMPTY);
            outcome = ContentRelay.Outcome.ENDED;
        }
    }

    boolean hasContent() {
        return hasContent;
    }

    /** Sends what is queued towards the origin and the content behind it. */
    void start(OriginExchange origin) throws IOException {
        if (!hasContent) {
            origin.flush();
            return;
        }
        ContentRelay content = new ContentRelay(source, origin.sink(client.framing()), inspection);
        relay = content;
        ContentRelay.Outcome buffered = content.relayBuffered();
        if (buffered == ContentRelay.Outcome.RUNNING) {
            thread = SideThread.start("upload", () -> carry(content, origin));
        } else {
            end(buffered, content, origin);
        }
    }

    private void carry(ContentRelay content, OriginExchange origin) {
        ContentRelay.Outcome end = ContentRelay.Outcome.SOURCE_FAILED;
        try {
            end = content.relay();
        } finally {
            end(end, content, origin);
        }
    }

    /** An origin that gets no more content must not wait for it, nor take what it has as whole. */
    private void end(ContentRelay.Outcome end, ContentRelay content, OriginExchange origin) {
        context.counters().add(Counter.BYTES_OUTBOUND, content.contentBytes());
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

    /** True when the origin got the whole request; waits for the last piece, but not long. */
    boolean isSent() throws InterruptedException {
        Thread carrying = thread;
        return (carrying == null || carrying.join(LAST_PIECE))
                && outcome == ContentRelay.Outcome.ENDED;
    }

    /** Ends the carrying thread: at once when it is done, else as soon as the client pauses. */
    void stop() throws InterruptedException {
        Thread carrying = thread;
        if (carrying != null) {
            if (!isComplete()) {
                client.stopContent();
            }
            carrying.join();
        }
    }

    /**
     * What the client did to spoil the exchange, where it did: it broke the protocol or left, or
     * the origin waited in vain for content that it did not go on to send.
     */
    boolean isClientAtFault(boolean isOriginExpired) {
        ContentRelay content = relay;
        return outcome == ContentRelay.Outcome.SOURCE_FAILED
                || outcome == ContentRelay.Outcome.MALFORMED
                || (isOriginExpired && content != null && content.waitsForSender());
    }

    /** What to answer a client that is at fault; empty when it has left. */
    Optional<Violation> fault() {
        ContentRelay content = relay;
        if (outcome == ContentRelay.Outcome.MALFORMED && content != null) {
            return Optional.of(content.violation());
        }
        boolean isStalled = outcome == ContentRelay.Outcome.RUNNING || source.isExpired();
        return isStalled
                ? Optional.of(new Violation(408, "RFC 9110 §15.5.9", "the request content stalled"))
                : Optional.empty();
    }
}
