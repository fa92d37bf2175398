package clawsec.log;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code clawsec.log}: where every {@link System.Logger} of this process writes while it is open.
 * One line a message, in the file when the call returns; control characters are neutralised, so
 * that no peer can forge a line. Past {@link #ROTATION_LIMIT_BYTES} the file is renamed to {@code
 * .1}, up to {@code .3}. A logger never throws: when the file cannot be written that is said once
 * on stderr, and lines are counted until it can be.
 *
 * <p>While none is open, loggers write WARNING and above to stderr.
 *
 * <p>Safe for use by many threads: the file is guarded by {@code writeLock}, level and mask are
 * volatile.
 */
public final class MonitorLog implements AutoCloseable {
    /** The file's name in the log folder. */
    public static final String FILE_NAME = "clawsec.log";

    /** A line that would make the file longer than this begins a new file. */
    public static final long ROTATION_LIMIT_BYTES = 10L * 1024 * 1024;

    /** How many earlier files are kept. */
    public static final int EARLIER_FILES_LIMIT = 3;

    private static volatile @Nullable MonitorLog current;

    private final RotatingFile file;
    private final InstantSource clock;
    private final PrintStream stderr;
    private final ReentrantLock writeLock = new ReentrantLock();
    private volatile Level level;
    private volatile UnaryOperator<String> mask = UnaryOperator.identity();
    private volatile @Nullable String failure;
    private long linesLost;

    MonitorLog(RotatingFile file, Level level, InstantSource clock, PrintStream stderr) {
        this.file = file;
        this.level = level;
        this.clock = clock;
        this.stderr = stderr;
    }

    /**
     * Opens the log in a folder, both made where they are missing, and sends every logger's lines
     * to it from now on.
     *
     * @param level DEBUG, INFO, WARNING or ERROR; what is below it is not written
     * @throws IOException when the folder is not safe ({@link LogFolder}) or the file cannot be
     *     opened
     */
    public static MonitorLog open(Path logDir, Level level) throws IOException {
        LogFolder folder = LogFolder.open(logDir);
        RotatingFile file =
                RotatingFile.open(
                        folder.path().resolve(FILE_NAME),
                        () -> AppendFile.open(LogFolder.open(folder.path()), FILE_NAME),
                        ROTATION_LIMIT_BYTES,
                        EARLIER_FILES_LIMIT);
        MonitorLog log = new MonitorLog(file, level, InstantSource.system(), System.err);
        current = log;
        return log;
    }

    /** For the service loader: the finder through which {@link System#getLogger} comes here. */
    public static System.LoggerFinder provider() {
        return new MonitorLoggerFinder();
    }

    /** Writes this level and above from now on. */
    public void setLevel(Level newLevel) {
        level = newLevel;
    }

    /**
     * Shows every text, of a message and of what was thrown, through this from now on; it must not
     * throw. For secrets, which peers can put wherever a name of theirs is written.
     */
    public void setMask(UnaryOperator<String> newMask) {
        mask = newMask;
    }

    /** The level below which nothing is written. */
    public Level level() {
        return level;
    }

    /** Why the last line could not be written; empty while all is well. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Releases the file; loggers write WARNING and above to stderr again. */
    @Override
    public void close() throws IOException {
        if (current == this) {
            current = null;
        }
        writeLock.lock();
        try {
            file.close();
        } finally {
            writeLock.unlock();
        }
    }

    /** The log that is open; null when lines go to stderr. */
    static @Nullable MonitorLog current() {
        return current;
    }

    /** Writes one message; its time is taken under the lock, so lines are in order. */
    void write(LogMessage message) {
        boolean hasStackTrace = level.getSeverity() <= Level.DEBUG.getSeverity();
        writeLock.lock();
        try {
            file.append(bytes(message.line(clock.instant(), hasStackTrace, mask)));
            if (failure != null) {
                recover();
            }
        } catch (IOException problem) {
            linesLost++;
            if (failure == null) {
                String words = problem.getMessage() + "";
                failure = words;
                stderr.println(
                        "clawsec: "
                                + words
                                + ". The monitor goes on without this log until it can be written"
                                + " again (free some space, or check the folder).");
            }
        } finally {
            writeLock.unlock();
        }
    }

    private void recover() throws IOException {
        failure = null;
        String words = "lines lost while this file could not be written: " + linesLost;
        linesLost = 0;
        LogMessage note = new LogMessage("log", Level.WARNING, words, null);
        file.append(bytes(note.line(clock.instant(), false, UnaryOperator.identity())));
        stderr.println("clawsec: writing the log again; " + words);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
