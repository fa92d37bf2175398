package clawsec.detect;

import clawsec.http.Fields;
import clawsec.http.content.ContentDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The scan of one message. The head is one text, the decoded content another: no match spans both.
 *
 * <pre>{@code
 * head ──────────────────────────────► Layer ─► Finding
 * content ─► ContentDecoder ─► limit ──┘
 * }</pre>
 */
final class StreamedScan implements MessageScan {
    /** Coded content is decoded in pieces of this size, so that decoding stops near the limit. */
    private static final int PIECE_BYTES = 2048;

    /** A stream of events has no end after which a limit a message would make sense. */
    private static final String EVENT_STREAM = "text/event-stream";

    private final Detector detector;
    private final Message message;
    private final Layer text;
    private @Nullable ContentDecoder decoder;
    private boolean isEnded;
    private long scannedBytes;
    private long unscannedBytes;

    /** Content bytes that may still be scanned. */
    private long allowance;

    StreamedScan(Detector detector, Subject subject, Consumer<Finding> sink) {
        this.detector = detector;
        this.message = new Message(detector, subject, sink);
        this.text = Layer.outermost(message);
        text.begin(false, this::via);
        long limit = detector.config().maxScanBytes();
        this.allowance = limit == 0 || subject.isTunnel() ? Long.MAX_VALUE : limit;
    }

    @Override
    public void head(ByteBuffer encoded, Fields fields) {
        scannedBytes += encoded.remaining();
        message.budget().earn(encoded.remaining());
        text.begin(true, List::of);
        text.read(encoded);
        text.end();
        if (message.subject().direction() == Direction.OUTBOUND && text.isDecoded()) {
            new JoinedParts(text, message).read(message.subject().url());
        }
        text.begin(false, this::via);
        if (decoder != null) {
            decoder.close();
        }
        decoder = ContentDecoder.open(fields, detector.config().contentLimits());
        if (isEventStream(fields)) {
            allowance = Long.MAX_VALUE;
        }
    }

    private static boolean isEventStream(Fields fields) {
        return fields.first("Content-Type")
                .filter(type -> type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length()))
                .isPresent();
    }

    @Override
    public void content(ByteBuffer bytes) {
        if (isEnded) {
            throw new IllegalStateException("content after the message's end");
        }
        while (bytes.hasRemaining() && allowance > 0) {
            ByteBuffer piece =
                    bytes.slice(bytes.position(), Math.min(PIECE_BYTES, bytes.remaining()));
            bytes.position(bytes.position() + piece.remaining());
            if (decoder == null) {
                scanContent(piece);
            } else {
                decoder.decode(piece, this::scanContent);
            }
        }
        unscannedBytes += bytes.remaining();
        bytes.position(bytes.limit());
    }

    @Override
    public boolean isPending() {
        return text.isPending();
    }

    @Override
    public void flush() {
        text.flush();
    }

    @Override
    public void end() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        if (decoder != null && allowance > 0) {
            decoder.end(this::scanContent);
        }
        text.end();
    }

    @Override
    public ScanTally tally() {
        Optional<String> uninspected = decoder == null ? Optional.empty() : decoder.uninspected();
        return new ScanTally(scannedBytes, unscannedBytes, uninspected, message.budget().cuts());
    }

    @Override
    public void close() {
        if (!isEnded) {
            isEnded = true;
            text.end();
        }
        text.close();
        if (decoder != null) {
            decoder.close();
        }
    }

    private void scanContent(ByteBuffer piece) {
        int count = (int) Math.min(allowance, piece.remaining());
        if (count > 0) {
            message.budget().earn(count);
            text.read(piece.slice(piece.position(), count));
            piece.position(piece.position() + count);
            scannedBytes += count;
            allowance -= count;
            if (allowance == 0) {
                text.end();
            }
        }
        unscannedBytes += piece.remaining();
        piece.position(piece.limit());
    }

    private List<String> via() {
        // Content that cannot be decoded is scanned as it came.
        boolean isDecoded = decoder != null && decoder.uninspected().isEmpty();
        return isDecoded && decoder != null ? decoder.codings() : List.of();
    }
}
