package clawsec.ctl.daemon;

import clawsec.log.LogFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What other processes find a running monitor by: its PID file and its status socket. Somebody may
 * remove the folder that they lie in, such as a clean-up of {@code /tmp}; a second monitor could
 * then start beside the first, which nothing could stop. So they are looked after and made anew.
 *
 * <p>Guarded by itself; a thread of its own looks.
 */
public final class Presence implements AutoCloseable {
    /** How long the monitor may be hidden before it shows again. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final System.Logger LOGGER = System.getLogger("clawsec.ctl");

    private final Path folder;
    private final Supplier<StatusReport> reports;
    private final PrintStream stderr;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final PidFile pidFile;
    private StatusServer statusServer;
    private String lastTrouble = "";

    private Presence(
            Path folder, PidFile pidFile, Supplier<StatusReport> reports, PrintStream stderr)
            throws IOException {
        this.folder = folder;
        this.pidFile = pidFile;
        this.reports = reports;
        this.stderr = stderr;
        this.statusServer = StatusServer.open(folder, reports);
    }

    /**
     * Answers for the monitor that holds a PID file from now on.
     *
     * @param pidFile stays the caller's
     * @param stderr where trouble is told, beside the log
     */
    public static Presence open(
            Path folder, PidFile pidFile, Supplier<StatusReport> reports, PrintStream stderr)
            throws IOException {
        Presence presence = new Presence(folder, pidFile, reports, stderr);
        Thread.ofPlatform().daemon().name("presence").start(presence::watch);
        return presence;
    }

    /** Stops answering and looking. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        synchronized (this) {
            statusServer.close();
        }
    }

    private void watch() {
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            if (!pidFile.isInPlace()) {
                replace();
            } else if (!statusServer.isInPlace()) {
                answerAnew();
                tell(folder + ": the status socket was removed or replaced; made anew");
            }
            lastTrouble = "";
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).equals(lastTrouble)) {
                lastTrouble = String.valueOf(e.getMessage());
                tell(
                        folder
                                + " was removed or replaced and cannot be made anew: "
                                + lastTrouble
                                + ". Traffic goes on, but clawsec stop and status do not find this"
                                + " monitor (process "
                                + ProcessHandle.current().pid()
                                + ")");
            }
        }
    }

    private void replace() throws IOException {
        if (!pidFile.takeAnew(LogFolder.open(folder))) {
            throw new IOException("another monitor has its records there by now");
        }
        answerAnew();
        tell(
                folder
                        + " was removed or replaced under the running monitor; its files are made"
                        + " anew, but for the root certificate: put ca.crt and ca.key back, or the"
                        + " next start makes another, which clients must trust anew");
    }

    private void answerAnew() throws IOException {
        statusServer.close();
        statusServer = StatusServer.open(folder, reports);
    }

    private void tell(String words) {
        LOGGER.log(System.Logger.Level.ERROR, words);
        stderr.println("clawsec: " + words);
    }
}
