package clawsec.ctl.daemon;

import clawsec.detect.Detector;
import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.MessageScan;
import clawsec.detect.Protocol;
import clawsec.detect.SequenceScan;
import clawsec.detect.Severity;
import clawsec.detect.Subject;
import clawsec.detect.ThreatType;
import clawsec.http.Fields;
import clawsec.log.Outcome;
import clawsec.log.ThreatLog;
import clawsec.proxy.Inspection;
import clawsec.proxy.Inspector;
import clawsec.proxy.Passage;
import clawsec.proxy.SequenceInspection;
import clawsec.proxy.SshWatcher;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Joins inspector, detector and log: what passes the proxy is scanned, and what is found is in
 * {@code threats.jsonl} when the call returns. Safe for use by many threads.
 */
final class ThreatInspector implements Inspector, SshWatcher.Sink {
    /** The pattern that an SSH connection is recorded under. */
    static final String SSH_PATTERN = "established_connection";

    private volatile Supplier<Detector> detector;
    private final ThreatLog log;
    private final InspectionCounters counters;

    /**
     * @param detector may block until there is one
     */
    ThreatInspector(Supplier<Detector> detector, ThreatLog log, InspectionCounters counters) {
        this.detector = detector;
        this.log = log;
        this.counters = counters;
    }

    /** Scans messages that are still to come with another detector; gives the one before. */
    Detector use(Detector next) {
        Detector before = detector.get();
        detector = () -> next;
        return before;
    }

    /** A text with the secrets in it masked as in a finding. */
    String masked(String text) {
        return detector.get().masked(text);
    }

    @Override
    public Inspection open(Passage passage) {
        return new Scanned(detector.get().open(subject(passage), this::record));
    }

    @Override
    public SequenceInspection openSequence(Passage passage) {
        return new ScannedSequence(detector.get().openSequence(subject(passage), this::record));
    }

    private static Subject subject(Passage passage) {
        return new Subject(
                passage.outbound() ? Direction.OUTBOUND : Direction.INBOUND,
                Protocol.valueOf(passage.scheme().toUpperCase(Locale.ROOT)),
                passage.source(),
                passage.dest(),
                passage.method(),
                passage.url());
    }

    @Override
    public void established(String source, String dest, String description) {
        Subject subject = new Subject(Direction.OUTBOUND, Protocol.SSH, source, dest, "", "");
        record(
                new Finding(
                        subject,
                        ThreatType.SSH_CONNECT,
                        SSH_PATTERN,
                        Severity.MEDIUM,
                        description,
                        0,
                        List.of()));
    }

    /** A repeat is counted by the log alone. */
    private void record(Finding finding) {
        if (log.append(finding) != Outcome.SUPPRESSED) {
            counters.countFinding(finding);
        }
    }

    /** Messages that follow one another. */
    private final class ScannedSequence implements SequenceInspection {
        private final SequenceScan scan;

        ScannedSequence(SequenceScan scan) {
            this.scan = scan;
        }

        @Override
        public Inspection next(List<String> codings) {
            return new Scanned(scan.next(codings));
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
        public void close() {
            scan.close();
        }
    }

    /** One message, counted when it is closed. */
    private final class Scanned implements Inspection {
        private final MessageScan scan;

        Scanned(MessageScan scan) {
            this.scan = scan;
        }

        @Override
        public void head(ByteBuffer encoded, Fields fields) {
            scan.head(encoded, fields);
        }

        @Override
        public void content(ByteBuffer bytes) {
            scan.content(bytes);
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
            scan.end();
        }

        @Override
        public void close() {
            scan.close();
            counters.countMessage(scan.tally(), ThreatInspector.this::masked);
        }
    }
}
