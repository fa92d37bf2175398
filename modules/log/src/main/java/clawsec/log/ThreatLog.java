package clawsec.log;

import clawsec.detect.Finding;
import clawsec.detect.Subject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Appends findings to {@code threats.jsonl}: one line, one write, before {@link #append} returns.
 * When the file is removed or moved away it is made anew; when writing fails, that is said once on
 * stderr and held as {@link #failure} until a line is written again. Each line is mirrored in
 * {@code clawsec.log} at WARNING; so are, at INFO, the repeats that were suppressed, when their
 * window is found to have ended.
 *
 * <p>Safe for use by many threads: the file and the window are guarded by {@code appendLock}, the
 * counters can be read without it.
 */
public final class ThreatLog implements AutoCloseable {
    /** The file's name in the log folder. */
    public static final String FILE_NAME = "threats.jsonl";

    private static final System.Logger LOGGER = System.getLogger("clawsec.log");

    private final Path path;
    private final LineFile.Opener opener;
    private final RepeatWindow repeats;
    private final Duration window;
    private final InstantSource clock;
    private final PrintStream stderr;
    private final ReentrantLock appendLock = new ReentrantLock();
    private @Nullable LineFile file;
    private volatile ThreatTally tally = new ThreatTally(0, 0, 0);
    private volatile @Nullable String failure;

    ThreatLog(
            Path path,
            LineFile.Opener opener,
            Duration window,
            InstantSource clock,
            PrintStream stderr) {
        this.path = path;
        this.opener = opener;
        this.window = window;
        this.clock = clock;
        this.stderr = stderr;
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
        ThreatLog log = new ThreatLog(path, opener, dedupWindow, clock, System.err);
        log.file = opener.open();
        return log;
    }

    /** Writes the finding with the present time, unless it is a repeat. Never throws. */
    public Outcome append(Finding finding) {
        appendLock.lock();
        try {
            Instant now = clock.instant();
            if (repeats.suppresses(finding, now)) {
                count(0, 1, 0);
                return Outcome.SUPPRESSED;
            }
            mirror(finding);
            byte[] line =
                    (new Threat(finding, now).toJson() + "\n").getBytes(StandardCharsets.UTF_8);
            try {
                write(line);
            } catch (IOException problem) {
                count(0, 0, 1);
                fail(problem);
                return Outcome.FAILED;
            }
            count(1, 0, 0);
            recover();
            repeats.opens(finding, now);
            return Outcome.WRITTEN;
        } finally {
            appendLock.unlock();
        }
    }

    /** Counts since the log was opened. */
    public ThreatTally tally() {
        return tally;
    }

    /** Why the last line could not be written; empty while all is well. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
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
            LineFile open = file;
            file = null;
            if (open != null) {
                open.close();
            }
        } finally {
            appendLock.unlock();
        }
    }

    private void write(byte[] line) throws IOException {
        LineFile open = file;
        if (open != null && open.size() < 0) {
            open.close();
            open = null;
        }
        if (open == null) {
            open = opener.open();
            file = open;
        }
        open.append(line);
    }

    private void fail(IOException problem) {
        // Opened anew for the next line: only that finds out whether half a line was written.
        LineFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException alsoFailed) {
                problem.addSuppressed(alsoFailed);
            }
        }
        boolean isNew = failure == null;
        String words = "cannot write " + path + ": " + Failures.words(problem);
        failure = words;
        if (isNew) {
            stderr.println(
                    "clawsec: "
                            + words
                            + ". Traffic goes on, but threats are not recorded until this is"
                            + " mended (free some space, or check the folder).");
        }
    }

    private void recover() {
        if (failure != null) {
            failure = null;
            String words =
                    "writing " + path + " again; threats not recorded so far: " + tally.lost();
            stderr.println("clawsec: " + words);
            LOGGER.log(System.Logger.Level.WARNING, words);
        }
    }

    private void count(int written, int suppressed, int lost) {
        ThreatTally old = tally;
        tally =
                new ThreatTally(
                        old.written() + written, old.suppressed() + suppressed, old.lost() + lost);
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
