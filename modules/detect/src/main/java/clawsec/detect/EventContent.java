package clawsec.detect;

import clawsec.http.Fields;
import clawsec.http.sse.EventStreamDecoder;
import clawsec.http.sse.StreamEvent;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Content that comes event by event, of which the texts are joined: {@code text/event-stream}, of
 * which a limit counts for each event, and lines of JSON. Confined to its scan.
 */
final class EventContent {
    private static final String EVENT_STREAM = "text/event-stream";

    private static final List<String> JSON_LINES =
            List.of("application/x-ndjson", "application/ndjson", "application/jsonl");

    /** Empty where nothing is decoded. */
    private final @Nullable JoinedTexts joined;

    private final EventStreamDecoder decoder = new EventStreamDecoder();
    private final boolean isLines;
    private final long limit;
    private long left;

    private EventContent(@Nullable JoinedTexts joined, boolean isLines, long limit) {
        this.joined = joined;
        this.isLines = isLines;
        this.limit = limit;
        this.left = limit;
    }

    /**
     * For content that some field lines describe; null when it is neither of both.
     *
     * @param limit the most bytes of an event that are read
     */
    static @Nullable EventContent open(Fields fields, Scanner scanner, long limit) {
        String type = fields.first("Content-Type").orElse("");
        boolean isLines = JSON_LINES.stream().anyMatch(each -> isOf(type, each));
        if (!isLines && !isOf(type, EVENT_STREAM)) {
            return null;
        }
        JoinedTexts joined = scanner.text().isDecoded() ? scanner.joinedTexts() : null;
        return new EventContent(joined, isLines, isLines ? Long.MAX_VALUE : limit);
    }

    private static boolean isOf(String type, String expected) {
        return type.regionMatches(true, 0, expected, 0, expected.length());
    }

    /** Whether the limit of a message counts for each event. */
    boolean isLimitedByEvent() {
        return !isLines;
    }

    /**
     * Joins what comes next, as far as it is all within the limit or all beyond; consumes that.
     *
     * @param place of the piece in the content
     * @return whether it is within
     */
    boolean read(ByteBuffer piece, long place) {
        boolean isWithin = left > 0;
        int start = piece.position();
        int end = piece.limit();
        while (piece.position() < end && left > 0 == isWithin) {
            long at = place + piece.position() - start;
            if (isLines) {
                readLine(piece, at);
            } else {
                readEvent(piece, at, isWithin);
            }
        }
        return isWithin;
    }

    /** Has what was joined scanned. */
    void advance() {
        if (joined != null) {
            joined.advance();
        }
    }

    private void readEvent(ByteBuffer piece, long place, boolean isWithin) {
        int from = piece.position();
        int end = piece.limit();
        if (isWithin) {
            piece.limit(from + (int) Math.min(end - from, left));
        }
        StreamEvent event = decoder.poll(piece);
        piece.limit(end);
        left -= isWithin ? piece.position() - from : 0;
        switch (event) {
            case StreamEvent.Data(ByteBuffer bytes) -> {
                if (isWithin && joined != null) {
                    joined.read(bytes, place + piece.position() - from - bytes.remaining());
                }
            }
            case StreamEvent.Dispatched _, StreamEvent.Dropped _ -> {
                endEvent();
                left = limit;
            }
            case StreamEvent.Retry _, StreamEvent.Oversized _, StreamEvent.NeedsInput _ -> {}
        }
    }

    private void readLine(ByteBuffer piece, long place) {
        int from = piece.position();
        int at = from;
        while (at < piece.limit() && piece.get(at) != '\n') {
            at++;
        }
        if (joined != null) {
            joined.read(piece.slice(from, at - from), place);
        }
        boolean isWhole = at < piece.limit();
        if (isWhole) {
            endEvent();
        }
        piece.position(isWhole ? at + 1 : at);
    }

    private void endEvent() {
        if (joined != null) {
            joined.endEvent();
        }
    }
}
