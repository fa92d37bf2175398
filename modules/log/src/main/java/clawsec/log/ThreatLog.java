package clawsec.log;

import clawsec.detect.Finding;
import clawsec.detect.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends findings to {@code threats.jsonl}: one line, one write, before {@link #append} returns.
 * When the file is removed or moved away it is made anew; when writing fails, that is said once on
 * stderr, held as {@link #failure}, and the lines wait in memory for the next attempt. Each is
 * mirrored in {@code clawsec.log} at WARNING; so are, at INFO, the repeats that were suppressed,
 * when their window is found to have ended.
 *
 * <p>Safe for use by many threads: the file and the window are guarded by {@code appendLock}, the
 * counters can be read without it.
 */
public final class ThreatLog implements AutoCloseable {
    /** The file's name in the log folder. */
    public static final String FILE_NAME = "threats.jsonl";

    private static final System.Logger LOGGER = System.getLogger("clawsec.log");

    private final Path path;
    private final RetryingFile file;
    private final RepeatWindow repeats;
    private final Duration window;
    private final InstantSource clock;
    private final ReentrantLock appendLock = new ReentrantLock();
    private long suppressed;
    private volatile ThreatTally tally = new ThreatTally(0, 0, 0, 0);

    ThreatLog(Path path, RetryingFile file, Duration window, InstantSource clock) {
        this.path = path;
        this.file = file;
        this.window = window;
        this.clock = clock;
        this.repeats = new RepeatWindow(window, this::tellRepeats);
    }

    /**
     * Opens the log in a folder, both made where they are missing.
     *
     * @param dedupWindow how long a finding of the same pattern, dest and direction is counted
     *     instead of written; zero writes every one
     * @throws IOException when the folder is not safe ({@link LogFolder}) or the file cannot be
     *     opened
     */
    public static ThreatLog open(Path logDir, Duration dedupWindow, InstantSource clock)
            throws IOException {
        if (dedupWindow.isNegative()) {
            throw new IllegalArgumentException("dedup window " + dedupWindow + " is negative");
        }
        LogFolder folder = LogFolder.open(logDir);
        LineFile.Opener opener = () -> AppendFile.open(LogFolder.open(folder.path()), FILE_NAME);
        Path path = folder.path().resolve(FILE_NAME);
        RetryingFile file = new RetryingFile(path, opener, System.err);
        file.open();
        return new ThreatLog(path, file, dedupWindow, clock);
    }

    /** Writes the finding with the present time, unless it is a repeat. Never throws. */
    public Outcome append(Finding finding) {
        appendLock.lock();
        try {
            Instant now = clock.instant();
            if (repeats.suppresses(finding, now)) {
                suppressed++;
                file.retry();
                return Outcome.SUPPRESSED;
            }
            mirror(finding);
            String line = new Threat(finding, now).toJson() + "\n";
            return switch (file.append(line.getBytes(StandardCharsets.UTF_8))) {
                case WRITTEN -> {
                    repeats.opens(finding, now);
                    yield Outcome.WRITTEN;
                }
                case HELD -> {
                    repeats.opens(finding, now);
                    yield Outcome.FAILED;
                }
                // A repeat has another chance to be written.
                case LOST -> Outcome.FAILED;
            };
        } finally {
            tally = new ThreatTally(file.written(), suppressed, file.held(), file.lost());
            appendLock.unlock();
        }
    }

    /** Counts since the log was opened. */
    public ThreatTally tally() {
        return tally;
    }

    /** Why the last line could not be written; empty while all is well. */
    public Optional<String> failure() {
        return file.failure();
    }

    /** The file, absolute. */
    public Path path() {
        return path;
    }

    /** Releases the file. A finding that comes later still is not lost: it opens the file again. */
    @Override
    public void close() throws IOException {
        appendLock.lock();
        try {
            repeats.endAll();
            file.close();
        } finally {
            tally = new ThreatTally(file.written(), suppressed, file.held(), file.lost());
            appendLock.unlock();
        }
    }

    private static void mirror(Finding finding) {
        Subject subject = finding.subject();
        LOGGER.log(
                System.Logger.Level.WARNING,
                () ->
                        "threat %s %s %s %s dest %s source %s: %s"
                                .formatted(
                                        finding.type(),
                                        finding.pattern(),
                                        lower(subject.direction()),
                                        lower(subject.protocol()),
                                        subject.dest(),
                                        subject.source(),
                                        finding.snippet()));
    }

    private void tellRepeats(RepeatWindow.Repeats ended) {
        LOGGER.log(
                System.Logger.Level.INFO,
                () ->
                        "threat %s %s dest %s: %d more within %d s of %s, not written"
                                .formatted(
                                        ended.key().pattern(),
                                        lower(ended.key().direction()),
                                        ended.key().dest(),
                                        ended.count(),
                                        window.toSeconds(),
                                        Timestamps.format(ended.loggedAt())));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
