package clawsec.proxy.relay;

import clawsec.http.Fields;
import clawsec.http.Violation;
import clawsec.http.h1.Http1Encoder;
import clawsec.http.h1.Http1Event;
import clawsec.proxy.net.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries the content of one message from one wire to the other as it comes, inspecting each piece
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

    private final Function<ByteBuffer, Http1Event> poll;
    private final Supplier<Http1Event> endOfInput;
    private final Wire from;
    private final Wire to;
    private final MessageInspection inspection;
    private final PendingFinding pending;
    private final boolean writesChunks;
    private volatile boolean sawEnd;
    private volatile boolean waitsForSender;
    private long contentBytes;
    private Violation violation = new Violation(400, "", "");

    ContentRelay(
            Function<ByteBuffer, Http1Event> poll,
            Supplier<Http1Event> endOfInput,
            Wire from,
            Wire to,
            MessageInspection inspection,
            boolean writesChunks) {
        this.poll = poll;
        this.endOfInput = endOfInput;
        this.from = from;
        this.to = to;
        this.inspection = inspection;
        this.pending = new PendingFinding(inspection::isPending, inspection::flush);
        this.writesChunks = writesChunks;
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
        Http1Event event = poll.apply(from.input());
        while (true) {
            switch (event) {
                case Http1Event.Content content -> {
                    contentBytes += content.bytes().remaining();
                    inspection.content(content.bytes());
                    event = poll.apply(from.input());
                    if (event instanceof Http1Event.End end) {
                        finishInspection(end.trailers());
                    }
                    write(content.bytes());
                }
                case Http1Event.End end -> {
                    finishInspection(end.trailers());
                    writeEnd(end.trailers());
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

    private void write(ByteBuffer bytes) throws IOException {
        if (writesChunks && bytes.hasRemaining()) {
            to.write(Http1Encoder.chunkPrefix(bytes.remaining()));
            to.write(bytes);
            to.write(Http1Encoder.crlf());
        } else {
            to.write(bytes);
        }
    }

    private void writeEnd(Fields trailers) throws IOException {
        if (writesChunks) {
            to.write(Http1Encoder.lastChunk(trailers));
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
        // RFC 9112 §9.8: under TLS content that a close ends is whole only after a close_notify
        if (from.isExpired()
                || from.isTruncated()
                || !(endOfInput.get() instanceof Http1Event.End)) {
            return Optional.of(Outcome.SOURCE_FAILED);
        }
        finishInspection(Fields.EMPTY);
        writeEnd(Fields.EMPTY);
        return Optional.of(Outcome.ENDED);
    }
}
