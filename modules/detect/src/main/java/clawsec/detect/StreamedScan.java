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

    private final Detector detector;
    private final Subject subject;
    private final List<String> codings;

    /** Given back at the end. */
    private @Nullable Scanner scanner;

    private @Nullable ContentDecoder decoder;
    private @Nullable FormContent form;
    private @Nullable EventContent events;
    private long scannedBytes;
    private long unscannedBytes;

    /** Content bytes so far of a stream of events, and whether the last of them were left out. */
    private long eventsPlace;

    private boolean isLeftOut;

    /** Content bytes that may still be scanned. */
    private long allowance;

    /** Decodings that ended early, known at the end. */
    private long cuts;

    /** Findings that were not reported, known at the end. */
    private long omitted;

    /** While bytes are read; a bug found there leaves it so. */
    private boolean isReading;

    /**
     * @param codings what was removed before, where the message has no head
     * @param recent takes note of what is found, where other messages go before and after it
     */
    StreamedScan(
            Detector detector,
            Subject subject,
            Consumer<Finding> sink,
            List<String> codings,
            @Nullable RecentFindings recent) {
        this.detector = detector;
        this.subject = subject;
        this.codings = codings;
        this.scanner = detector.scanners(subject.direction()).take(subject, sink);
        if (recent != null) {
            scanner.message().reporter().remember(recent);
        }
        scanner.text().begin(false, this::via, 0);
        long limit = detector.config().maxScanBytes();
        this.allowance = limit == 0 || subject.isTunnel() ? Long.MAX_VALUE : limit;
    }

    @Override
    public void head(ByteBuffer encoded, Fields fields) {
        Scanner used = scanner();
        isReading = true;
        scannedBytes += encoded.remaining();
        used.message().budget().earn(encoded.remaining());
        Layer text = used.text();
        text.begin(true, List::of, 0);
        int query = queryStart(encoded);
        text.holdsForm(query, queryEnd(encoded, query));
        text.read(encoded);
        text.end();
        if (isJoined(used)) {
            used.joinedParts().read(subject.url());
        }
        text.begin(false, this::via, 0);
        form = FormContent.open(fields);
        if (form != null && form.isForm()) {
            text.holdsForm(0, Long.MAX_VALUE);
        }
        if (decoder != null) {
            decoder.close();
        }
        decoder = ContentDecoder.open(fields, detector.config().contentLimits());
        events = EventContent.open(fields, used, allowance);
        if (events != null && events.isLimitedByEvent()) {
            allowance = Long.MAX_VALUE;
        }
        isReading = false;
    }

    /** Hides the word that the content begins with: it may be the rest of a secret. */
    void hideBeginning() {
        scanner().text().begin(true);
    }

    /** As {@link ScanTally#scannedBytes}. */
    long scannedBytes() {
        return scannedBytes;
    }

    private boolean isJoined(Scanner used) {
        return subject.direction() == Direction.OUTBOUND && used.text().isDecoded();
    }

    /** How many bytes of a head come before its first question mark, or all. */
    private static int queryStart(ByteBuffer head) {
        int at = head.position();
        while (at < head.limit() && head.get(at) != '?') {
            at++;
        }
        return at - head.position();
    }

    private static int queryEnd(ByteBuffer head, int start) {
        int at = head.position() + start;
        while (at < head.limit() && head.get(at) > ' ') {
            at++;
        }
        return at - head.position();
    }

    @Override
    public void content(ByteBuffer bytes) {
        Scanner used = scanner();
        isReading = true;
        while (bytes.hasRemaining() && allowance > 0) {
            ByteBuffer piece =
                    bytes.slice(bytes.position(), Math.min(PIECE_BYTES, bytes.remaining()));
            bytes.position(bytes.position() + piece.remaining());
            if (decoder == null) {
                scanContent(used, piece);
            } else {
                decoder.decode(piece, decoded -> scanContent(used, decoded));
            }
        }
        if (events != null) {
            events.advance();
        }
        unscannedBytes += bytes.remaining();
        bytes.position(bytes.limit());
        isReading = false;
    }

    @Override
    public boolean isPending() {
        return scanner != null && scanner.isPending();
    }

    @Override
    public void flush() {
        if (scanner != null) {
            isReading = true;
            scanner.flush();
            isReading = false;
        }
    }

    @Override
    public void end() {
        Scanner used = scanner;
        if (used != null) {
            isReading = true;
            if (decoder != null && allowance > 0) {
                decoder.end(decoded -> scanContent(used, decoded));
            }
            giveBack(used);
        }
    }

    @Override
    public ScanTally tally() {
        Optional<String> uninspected = decoder == null ? Optional.empty() : decoder.uninspected();
        long cutSoFar = scanner == null ? cuts : scanner.message().budget().cuts();
        long omittedSoFar = scanner == null ? omitted : scanner.message().reporter().omitted();
        return new ScanTally(scannedBytes, unscannedBytes, uninspected, cutSoFar, omittedSoFar);
    }

    @Override
    public void close() {
        Scanner used = scanner;
        if (used != null) {
            if (isReading) {
                // A bug ended the reading halfway: what state it left must not meet other messages.
                scanner = null;
                countLeftOut(used);
                used.recycle();
            } else {
                giveBack(used);
            }
        }
        if (decoder != null) {
            decoder.close();
        }
    }

    private void countLeftOut(Scanner used) {
        cuts = used.message().budget().cuts();
        omitted = used.message().reporter().omitted();
    }

    private void giveBack(Scanner used) {
        isReading = true;
        used.end();
        if (form != null && isJoined(used)) {
            form.joinBy(used.joinedParts());
        }
        isReading = false;
        countLeftOut(used);
        scanner = null;
        detector.scanners(subject.direction()).give(used);
    }

    private Scanner scanner() {
        if (scanner == null) {
            throw new IllegalStateException("more of a message after its end");
        }
        return scanner;
    }

    private void scanContent(Scanner used, ByteBuffer piece) {
        if (events != null && events.isLimitedByEvent()) {
            scanEvents(used, events, piece);
            return;
        }
        int count = (int) Math.min(allowance, piece.remaining());
        if (count > 0) {
            used.message().budget().earn(count);
            int limit = piece.limit();
            piece.limit(piece.position() + count);
            if (form != null && isJoined(used) && !form.add(piece)) {
                used.message().budget().cut();
            }
            if (events != null) {
                events.read(piece.duplicate(), used.text().place());
            }
            used.text().read(piece);
            piece.limit(limit);
            scannedBytes += count;
            allowance -= count;
            if (allowance == 0) {
                used.text().end();
            }
        }
        unscannedBytes += piece.remaining();
        piece.position(piece.limit());
    }

    /** Scans of each event as much as is scanned of a message. */
    private void scanEvents(Scanner used, EventContent stream, ByteBuffer piece) {
        while (piece.hasRemaining()) {
            int from = piece.position();
            boolean isScanned = stream.read(piece, eventsPlace);
            int count = piece.position() - from;
            if (isScanned) {
                if (isLeftOut) {
                    used.text().begin(false, this::via, eventsPlace);
                }
                used.message().budget().earn(count);
                used.text().read(piece.slice(from, count));
                scannedBytes += count;
            } else {
                if (!isLeftOut) {
                    used.text().end();
                }
                unscannedBytes += count;
            }
            isLeftOut = !isScanned;
            eventsPlace += count;
        }
    }

    private List<String> via() {
        if (decoder == null) {
            return codings;
        }
        // Content that cannot be decoded is scanned as it came.
        return decoder.applied();
    }
}
