package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.Violation;
import clawsec.http.h1.Http1Event;
import clawsec.proxy.content.ContentSink;
import clawsec.proxy.content.ContentSource;
import java.io.IOException;
import java.util.Optional;

/**
 * Carries the content of one message from one end to the other as it comes, inspecting each piece
 * before it goes on. What was found is recorded before the last piece leaves, and within a second
 * where the stream goes on, so that nothing that was answered is ever unrecorded.
 */
final class ContentRelay {
    /** How the content ended. */
    enum Outcome {
        /** More bytes are needed. */
        RUNNING,
        /** Whole, and passed on. */
        ENDED,
        /** The sender closed, broke or stalled before the end. */
        SOURCE_FAILED,
        /** The sender broke the protocol. */
        MALFORMED,
        /** The receiver took no more. */
        SINK_FAILED
    }

    private final ContentSource from;
    private final ContentSink to;
    private final MessageInspection inspection;
    private final PendingFinding pending;
    private volatile boolean sawEnd;
    private volatile boolean waitsForSender;
    private long contentBytes;
    private Violation violation = new Violation(400, "", "");

    ContentRelay(ContentSource from, ContentSink to, MessageInspection inspection) {
        this.from = from;
        this.to = to;
        this.inspection = inspection;
        this.pending = new PendingFinding(inspection::isPending, inspection::flush);
    }

    /**
     * True as soon as the end was read and the whole content is on record, which is before the last
     * piece is sent.
     */
    boolean sawEnd() {
        return sawEnd;
    }

    /** True while the receiver has all there is, and the sender is to go on. */
    boolean waitsForSender() {
        return waitsForSender;
    }

    long contentBytes() {
        return contentBytes;
    }

    /** What the sender broke; meaningful after {@code MALFORMED}. */
    Violation violation() {
        return violation;
    }

    /** Carries what is buffered; sends only if that was the end. */
    Outcome relayBuffered() {
        try {
            Outcome outcome = relayEvents();
            if (outcome == Outcome.ENDED) {
                to.flush();
            }
            return outcome;
        } catch (IOException sinkFailed) {
            inspection.flush();
            return Outcome.SINK_FAILED;
        }
    }

    /**
     * Carries everything until the content ends one way or another. What was found in content that
     * broke off is on record too.
     */
    Outcome relay() {
        Outcome outcome = relayToEnd();
        if (outcome != Outcome.ENDED) {
            inspection.flush();
        }
        return outcome;
    }

    private Outcome relayToEnd() {
        try {
            while (true) {
                Outcome outcome = relayEvents();
                to.flush();
                if (outcome != Outcome.RUNNING) {
                    return outcome;
                }
                Optional<Outcome> failure = fill();
                if (failure.isPresent()) {
                    to.flush();
                    return failure.get();
                }
            }
        } catch (IOException sinkFailed) {
            return Outcome.SINK_FAILED;
        }
    }

    /**
     * Passes on every event the buffer holds; the end is known, and recorded, before the last piece
     * is sent.
     */
    private Outcome relayEvents() throws IOException {
        Http1Event event = from.poll();
        while (true) {
            switch (event) {
                case Http1Event.Content content -> {
                    contentBytes += content.bytes().remaining();
                    inspection.content(content.bytes());
                    event = from.poll();
                    if (event instanceof Http1Event.End end) {
                        finishInspection(end.trailers());
                    }
                    to.write(content.bytes());
                }
                case Http1Event.End end -> {
                    finishInspection(end.trailers());
                    to.end(end.trailers());
                    return Outcome.ENDED;
                }
                case Http1Event.Malformed malformed -> {
                    violation = malformed.violation();
                    return Outcome.MALFORMED;
                }
                case Http1Event.NeedsInput more -> {
                    return Outcome.RUNNING;
                }
                case Http1Event.Request request ->
                        throw new IllegalStateException("head within content");
                case Http1Event.Response response ->
                        throw new IllegalStateException("head within content");
            }
        }
    }

    private void finishInspection(Fields trailers) {
        if (!sawEnd) {
            inspection.end(trailers);
            sawEnd = true;
        }
    }

    /** Reads more; empty when bytes came. */
    private Optional<Outcome> fill() throws IOException {
        waitsForSender = true;
        try {
            return pending.fill(from) ? Optional.empty() : ended();
        } catch (IOException sourceFailed) {
            return Optional.of(Outcome.SOURCE_FAILED);
        } finally {
            waitsForSender = false;
        }
    }

    /** The sender closed: the end of content that runs until then, and a failure of any other. */
    private Optional<Outcome> ended() throws IOException {
        if (!from.isWhole()) {
            return Optional.of(Outcome.SOURCE_FAILED);
        }
        finishInspection(Fields.EMPTY);
        to.end(Fields.EMPTY);
        return Optional.of(Outcome.ENDED);
    }
}
