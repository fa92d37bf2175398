package clawsec.ctl;

import clawsec.ctl.daemon.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code clawsec stop}. */
final class StopCommand {
    /** How long the monitor may take to finish what it is doing. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long a killed process may take to be gone. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private StopCommand() {}

    /**
     * Stops the monitor that has its records in {@code folder}.
     *
     * @param patience how long it may take after SIGTERM
     */
    static ExitStatus run(Path folder, Duration patience, Session session)
            throws IOException, InterruptedException {
        if (!PidFile.isHeld(folder)) {
            session.print("not running (log_dir " + folder + ")");
            return ExitStatus.NO;
        }
        OptionalLong pid = PidFile.pid(folder);
        Optional<ProcessHandle> monitor =
                pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
        if (monitor.isEmpty()) {
            session.complain(
                    "a monitor holds %s locked, but the file names no process: find it with fuser"
                                    .formatted(folder.resolve(PidFile.FILE_NAME))
                            + " or lsof");
            return ExitStatus.FAILED;
        }
        return stop(monitor.get(), folder, patience, session);
    }

    private static ExitStatus stop(
            ProcessHandle monitor, Path folder, Duration patience, Session session)
            throws IOException, InterruptedException {
        String owner = Files.getOwner(folder.resolve(PidFile.FILE_NAME)).getName();
        String user = monitor.info().user().orElse(owner);
        if (!user.equals(owner)) {
            session.complain(
                    "process %d belongs to %s, but %s to %s: not stopped"
                            .formatted(
                                    monitor.pid(), user, folder.resolve(PidFile.FILE_NAME), owner));
            return ExitStatus.FAILED;
        }
        if (!monitor.destroy() && PidFile.isHeld(folder)) {
            session.complain("no permission to stop process " + monitor.pid() + " of " + user);
            return ExitStatus.FAILED;
        }
        if (isGone(folder, patience)) {
            session.print("stopped (process " + monitor.pid() + " ended on SIGTERM)");
            return ExitStatus.DONE;
        }
        monitor.destroyForcibly();
        if (isGone(folder, KILL_PATIENCE)) {
            session.print(
                    "killed (process %d did not end within %d s of SIGTERM; SIGKILL ended it)"
                            .formatted(monitor.pid(), patience.toSeconds()));
            return ExitStatus.DONE;
        }
        session.complain("process " + monitor.pid() + " goes on in spite of SIGKILL");
        return ExitStatus.FAILED;
    }

    /** Waits until the lock is free, which is when the process is gone. */
    private static boolean isGone(Path folder, Duration patience)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (PidFile.isHeld(folder)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
    }
}
