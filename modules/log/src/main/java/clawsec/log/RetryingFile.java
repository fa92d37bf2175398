package clawsec.log;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a file and, while that fails (disk full, folder gone), holds them in memory and
 * tries again with each further line. A failure is told once on stderr and held as state until
 * every line is written. A file that was removed or moved away is made anew.
 *
 * <p>Confined to the holder of its owner's lock, but for {@link #failure}.
 */
final class RetryingFile {
    /** Lines that are held at most, in bytes; what comes when they are full is lost. */
    static final int HELD_LIMIT_BYTES = 4 * 1024 * 1024;

    /** What became of a line. */
    enum Fate {
        WRITTEN,
        HELD,
        LOST
    }

    private static final System.Logger LOGGER = System.getLogger("clawsec.log");

    private final Path path;
    private final LineFile.Opener opener;
    private final PrintStream stderr;
    private final Deque<byte[]> held = new ArrayDeque<>();
    private long heldBytes;
    private long written;
    private long lost;
    private @Nullable LineFile file;
    private volatile @Nullable String failure;

    /** Opens nothing yet. */
    RetryingFile(Path path, LineFile.Opener opener, PrintStream stderr) {
        this.path = path;
        this.opener = opener;
        this.stderr = stderr;
    }

    /** Opens the file, as an attempt that may fail. */
    void open() throws IOException {
        file = opener.open();
    }

    /** Writes the line after those that are held; the line ends with a newline. */
    Fate append(byte[] line) {
        held.add(line);
        heldBytes += line.length;
        if (retry()) {
            return Fate.WRITTEN;
        }
        if (heldBytes <= HELD_LIMIT_BYTES) {
            return Fate.HELD;
        }
        held.removeLast();
        heldBytes -= line.length;
        lost++;
        return Fate.LOST;
    }

    /** Writes what is held; true when nothing is left. */
    boolean retry() {
        try {
            for (byte[] line = held.peek(); line != null; line = held.peek()) {
                current().append(line);
                held.remove();
                heldBytes -= line.length;
                written++;
            }
        } catch (IOException problem) {
            fail(problem);
            return false;
        }
        if (failure != null) {
            failure = null;
            tell(Level.WARNING, "writing " + path + " again; threats lost so far: " + lost);
        }
        return true;
    }

    /** Tries a last time and releases the file; what could not be written is lost, and told. */
    void close() throws IOException {
        if (!retry()) {
            tell(Level.ERROR, "threats never written to " + path + ": " + held.size());
            lost += held.size();
            held.clear();
            heldBytes = 0;
        }
        release();
    }

    long written() {
        return written;
    }

    int held() {
        return held.size();
    }

    long lost() {
        return lost;
    }

    /** Why the last line could not be written; empty while all is well. Safe for any thread. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private LineFile current() throws IOException {
        LineFile open = file;
        if (open != null && open.size() < 0) {
            release();
            open = null;
        }
        if (open == null) {
            open = opener.open();
            file = open;
        }
        return open;
    }

    private void fail(IOException problem) {
        try {
            // Opened anew next time: only that finds out whether half a line was written.
            release();
        } catch (IOException alsoFailed) {
            problem.addSuppressed(alsoFailed);
        }
        boolean isNew = failure == null;
        String words = "cannot write " + path + ": " + Failures.words(problem);
        failure = words;
        if (isNew) {
            tell(
                    Level.ERROR,
                    words
                            + ". Traffic goes on; up to "
                            + HELD_LIMIT_BYTES / (1024 * 1024)
                            + " MB of threats are held in memory until this is mended (free some"
                            + " space, or check the folder).");
        }
    }

    private void tell(Level level, String words) {
        stderr.println("clawsec: " + words);
        if (MonitorLog.current() != null) {
            // Without it, loggers write to stderr too.
            LOGGER.log(level, words);
        }
    }

    private void release() throws IOException {
        LineFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
