package clawsec.ctl;

import clawsec.ctl.config.MonitorConfig;
import clawsec.ctl.daemon.Monitor;
import clawsec.ctl.daemon.PidFile;
import clawsec.ctl.daemon.StatusClient;
import clawsec.ctl.daemon.StatusReport;
import clawsec.ctl.daemon.StatusServer;
import clawsec.log.LogFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code clawsec start}. */
final class StartCommand {
    private StartCommand() {}

    static ExitStatus run(MonitorConfig config, Session session)
            throws IOException, InterruptedException {
        StopSignal stop = StopSignal.install();
        LogFolder folder = LogFolder.open(config.records().folder());
        Optional<PidFile> held = PidFile.hold(folder);
        if (held.isEmpty()) {
            session.complain(alreadyRunning(folder.path()));
            return ExitStatus.FAILED;
        }
        Version version = Version.read();
        // Closed in reverse: the lock goes last, so that none starts before this one is gone.
        try (PidFile _ = held.get();
                Monitor monitor = Monitor.open(config, version.number(), session.clock());
                StatusServer _ = StatusServer.open(folder.path(), monitor::report)) {
            session.print("clawsec " + version.number() + " runs");
            stop.await();
        }
        session.print("stopped");
        return ExitStatus.DONE;
    }

    private static String alreadyRunning(Path folder) throws IOException, InterruptedException {
        Optional<StatusReport> report = StatusClient.ask(folder);
        OptionalLong pid = PidFile.pid(folder);
        String process =
                report.map(r -> "process " + r.pid())
                        .orElse(pid.isPresent() ? "process " + pid.getAsLong() : "a process");
        String listeners =
                report.filter(r -> !r.listeners().isEmpty())
                        .map(r -> " on " + String.join(" and ", r.listeners().values()))
                        .orElse("");
        return "already running: %s%s, log_dir %s; stop it with: clawsec stop --log-dir %s"
                .formatted(process, listeners, folder, ShellText.quoted(folder.toString()));
    }
}
