package clawsec.detect;

import clawsec.detect.engine.MatchSink;
import clawsec.detect.engine.TextScan;
import clawsec.http.Fields;
import clawsec.http.content.ContentDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The scan of one message. The head is one text, the decoded content another: no match spans both.
 *
 * <pre>{@code
 * head ──────────────────────────────► TextScan ─► Mask, Snippet ─► Finding
 * content ─► ContentDecoder ─► limit ──┘
 * }</pre>
 */
final class StreamedScan implements MessageScan {
    /** Coded content is decoded in pieces of this size, so that decoding stops near the limit. */
    private static final int PIECE_BYTES = 2048;

    /** A stream of events has no end after which a limit a message would make sense. */
    private static final String EVENT_STREAM = "text/event-stream";

    private final Detector detector;
    private final Subject subject;
    private final Consumer<Finding> sink;
    private final Matches matches;
    private final TextScan scan;
    private final Mask mask;
    private @Nullable ContentDecoder decoder;
    private @Nullable Subject shownSubject;
    private boolean isHead;
    private boolean isEnded;
    private long scannedBytes;
    private long unscannedBytes;

    /** Content bytes that may still be scanned. */
    private long allowance;

    StreamedScan(Detector detector, Subject subject, Consumer<Finding> sink) {
        this.detector = detector;
        this.subject = subject;
        this.sink = sink;
        this.mask = new Mask(detector.compiled());
        Direction direction = subject.direction();
        this.matches = new Matches();
        this.scan = new TextScan(detector.patterns(), detector.isWanted(direction), matches);
        long limit = detector.config().maxScanBytes();
        this.allowance = limit == 0 || subject.isTunnel() ? Long.MAX_VALUE : limit;
    }

    @Override
    public void head(ByteBuffer encoded, Fields fields) {
        isHead = true;
        scannedBytes += encoded.remaining();
        scan.read(encoded);
        endText();
        isHead = false;
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
        return scan.isPending();
    }

    @Override
    public void flush() {
        scan.flush();
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
        endText();
    }

    @Override
    public ScanTally tally() {
        Optional<String> uninspected = decoder == null ? Optional.empty() : decoder.uninspected();
        return new ScanTally(scannedBytes, unscannedBytes, uninspected);
    }

    @Override
    public void close() {
        if (!isEnded) {
            isEnded = true;
            endText();
        }
        if (decoder != null) {
            decoder.close();
        }
    }

    private void scanContent(ByteBuffer piece) {
        int count = (int) Math.min(allowance, piece.remaining());
        if (count > 0) {
            scan.read(piece.slice(piece.position(), count));
            piece.position(piece.position() + count);
            scannedBytes += count;
            allowance -= count;
            if (allowance == 0) {
                endText();
            }
        }
        unscannedBytes += piece.remaining();
        piece.position(piece.limit());
    }

    private void endText() {
        scan.end();
        mask.reset();
        matches.known.clear();
    }

    private List<String> via() {
        // Content that cannot be decoded is scanned as it came.
        boolean isDecoded = !isHead && decoder != null && decoder.uninspected().isEmpty();
        return isDecoded && decoder != null ? decoder.codings() : List.of();
    }

    /** The subject with its URL masked; made at the first finding. */
    private Subject shownSubject() {
        if (shownSubject == null) {
            shownSubject = detector.config().maskSecrets() ? masked(subject) : subject;
        }
        return shownSubject;
    }

    private Subject masked(Subject subject) {
        String url = UrlMask.masked(subject.url(), detector);
        return url.equals(subject.url())
                ? subject
                : new Subject(
                        subject.direction(),
                        subject.protocol(),
                        subject.source(),
                        subject.dest(),
                        subject.method(),
                        url);
    }

    private final class Matches implements MatchSink {
        private final boolean[] isReported = detector.isReported(subject.direction());
        private final boolean masksSecrets = detector.config().maskSecrets();

        /** Where rules matched that know what kind of secret it is. */
        private final List<Mask.Span> known = new ArrayList<>();

        @Override
        public boolean found(int index, long start, long end) {
            CompiledRule compiled = detector.compiled().get(index);
            if (!compiled.isMeant(scan.window().copy(start, end))) {
                return false;
            }
            if (compiled.rule().isSecret() && !compiled.isGeneric()) {
                known.add(new Mask.Span(start, end));
            }
            if (masksSecrets) {
                mask.found(index, scan, start, end);
            }
            return isReported[index];
        }

        @Override
        public void ready(int index, long start, long end) {
            CompiledRule compiled = detector.compiled().get(index);
            if (compiled.isGeneric() && isKnown(start, end)) {
                return;
            }
            byte[] match = scan.window().copy(start, end);
            Optional<Severity> severity = Judgement.severity(compiled, subject, match, false);
            if (severity.isPresent()) {
                sink.accept(finding(compiled.rule(), severity.get(), start, end));
            }
        }

        private boolean isKnown(long start, long end) {
            for (Mask.Span span : known) {
                if (span.from() < end && span.to() > start) {
                    return true;
                }
            }
            return false;
        }

        private Finding finding(Rule rule, Severity severity, long start, long end) {
            List<Mask.Span> hidden = masksSecrets ? mask.spans(scan) : List.of();
            String snippet = Snippet.of(scan.window(), start, end, scan.place(), isHead, hidden);
            return new Finding(shownSubject(), rule.type(), rule.id(), severity, snippet, via());
        }

        @Override
        public void passed() {
            mask.advance(scan);
            mask.forget(scan.window().base());
            known.removeIf(span -> span.to() <= scan.window().base());
        }
    }
}
