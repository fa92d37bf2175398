package clawsec.detect;

import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The scans of one direction's messages, one after the other, and the one that goes on through all
 * of them.
 */
final class MessageSequence implements SequenceScan {
    /** The two scans take turns, so that what one has found the other knows. */
    private static final int PIECE_BYTES = 2048;

    private final Detector detector;
    private final Subject subject;
    private final Consumer<Finding> sink;
    private final RecentFindings recent = new RecentFindings();
    private final JoinedMessages joined;
    private @Nullable Part open;

    MessageSequence(Detector detector, Subject subject, Consumer<Finding> sink) {
        this.detector = detector;
        this.subject = subject;
        this.sink = sink;
        this.joined = new JoinedMessages(detector, subject, sink, recent);
    }

    @Override
    public MessageScan next(List<String> codings) {
        if (open != null) {
            throw new IllegalStateException("the message before has not ended");
        }
        StreamedScan scan = new StreamedScan(detector, subject, sink, codings, recent);
        joined.begin(codings);
        Part part = new Part(scan);
        open = part;
        return part;
    }

    @Override
    public boolean isPending() {
        return joined.isPending();
    }

    @Override
    public void flush() {
        joined.flush();
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
        joined.close();
    }

    /** One of the messages. */
    private final class Part implements MessageScan {
        private final StreamedScan scan;
        private final long cutsBefore = joined.cuts();
        private final long omittedBefore = joined.omitted();
        private boolean isBegun;

        Part(StreamedScan scan) {
            this.scan = scan;
        }

        @Override
        public void head(ByteBuffer encoded, Fields fields) {
            throw new IllegalStateException("a message of a sequence has no head");
        }

        @Override
        public void content(ByteBuffer bytes) {
            int end = bytes.limit();
            if (!isBegun && bytes.hasRemaining()) {
                isBegun = true;
                if (isWord(joined.lastByte()) && isWord(bytes.get(bytes.position()) & 0xff)) {
                    scan.hideBeginning();
                }
            }
            while (bytes.hasRemaining()) {
                int start = bytes.position();
                bytes.limit(Math.min(end, start + PIECE_BYTES));
                long before = scan.scannedBytes();
                scan.content(bytes);
                int scanned = (int) (scan.scannedBytes() - before);
                if (scanned > 0) {
                    recent.advance(scanned);
                    joined.read(bytes.limit(start + scanned).position(start));
                }
                if (scanned < Math.min(end - start, PIECE_BYTES)) {
                    // Past the limit: what was not scanned stands between this and the next.
                    joined.breakOff();
                    scan.content(bytes.limit(end).position(Math.min(end, start + PIECE_BYTES)));
                }
                bytes.limit(end);
            }
        }

        @Override
        public boolean isPending() {
            return scan.isPending() || joined.isPending();
        }

        @Override
        public void flush() {
            scan.flush();
            joined.flush();
        }

        @Override
        public void end() {
            scan.end();
            joined.endMessage();
        }

        @Override
        public ScanTally tally() {
            ScanTally own = scan.tally();
            return new ScanTally(
                    own.scannedBytes(),
                    own.unscannedBytes(),
                    own.uninspected(),
                    own.undecodedStretches() + joined.cuts() - cutsBefore,
                    own.omittedFindings() + joined.omitted() - omittedBefore);
        }

        @Override
        public void close() {
            scan.close();
            if (open == this) {
                open = null;
            }
        }
    }

    /** Whether a secret may go on with it, so that the next message may begin with its rest. */
    private static boolean isWord(int value) {
        return value >= 0 && CompiledRule.PACKED.contains(value);
    }
}
