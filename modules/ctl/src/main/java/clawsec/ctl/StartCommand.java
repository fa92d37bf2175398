package clawsec.ctl;

import clawsec.ca.CaException;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.ctl.config.ConfigException;
import clawsec.ctl.config.ConfigLoader;
import clawsec.ctl.config.MonitorConfig;
import clawsec.ctl.daemon.Monitor;
import clawsec.ctl.daemon.PidFile;
import clawsec.ctl.daemon.Presence;
import clawsec.ctl.daemon.Reporter;
import clawsec.ctl.daemon.StatusClient;
import clawsec.ctl.daemon.StatusReport;
import clawsec.log.LogFolder;
import clawsec.log.MonitorLog;
import clawsec.log.ThreatLog;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code clawsec start}. */
final class StartCommand {
    private static final System.Logger LOGGER = System.getLogger("clawsec.ctl");

    private StartCommand() {}

    static ExitStatus run(MonitorConfig config, ParsedCommand parsed, Session session)
            throws ConfigException, CaException, IOException, InterruptedException {
        Signals signals = Signals.ofDaemon();
        LogFolder folder = LogFolder.open(config.records().folder());
        Optional<PidFile> held = PidFile.hold(folder);
        if (held.isEmpty()) {
            session.complain(alreadyRunning(folder.path()));
            return ExitStatus.FAILED;
        }
        Version version = Version.read();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LOGGER.log(
                        System.Logger.Level.ERROR,
                        "thread " + thread.getName() + " ended by a bug",
                        failure));
        // Closed in reverse; the lock goes last, so that none starts before this one is gone.
        try (PidFile pidFile = held.get();
                MonitorLog log = MonitorLog.open(folder.path(), config.records().level().level());
                ThreatLog threats =
                        ThreatLog.open(
                                folder.path(), config.records().dedupWindow(), session.clock());
                Monitor monitor = Monitor.open(config, threats, log, session.clock())) {
            Reporter reporter =
                    new Reporter(
                            config,
                            version.number(),
                            session.clock().instant(),
                            monitor,
                            threats,
                            log);
            try (Presence _ =
                    Presence.open(
                            folder.path(), pidFile, reporter::report, session.terminal().err())) {
                LOGGER.log(
                        System.Logger.Level.INFO,
                        "started: "
                                + version.line()
                                + ", "
                                + config.file().map(f -> "configured by " + f).orElse("no file")
                                + ", listening on "
                                + reporter.report().listeners());
                Announcement.print(config, monitor.listeners(), session);
                while (signals.take() == Signals.Wish.RELOAD) {
                    reload(monitor, parsed, session);
                }
                drain(monitor, session);
            }
        } catch (BindException e) {
            session.complain(e.getMessage() + "; set one of these keys to what is free");
            return ExitStatus.FAILED;
        }
        return ExitStatus.DONE;
    }

    /** Takes other rules over, and says so; where they cannot be used, the old ones stay. */
    private static void reload(Monitor monitor, ParsedCommand parsed, Session session) {
        try {
            MonitorConfig config = ConfigLoader.load(parsed.flags(), session.environment());
            String words = monitor.reload(config).words();
            LOGGER.log(System.Logger.Level.INFO, "reloaded: " + words);
            session.print("reloaded: " + words);
        } catch (ConfigException e) {
            String words = "not reloaded, what was loaded before goes on: " + e.getMessage();
            LOGGER.log(System.Logger.Level.ERROR, words);
            session.complain(words);
        }
    }

    private static void drain(Monitor monitor, Session session) throws InterruptedException {
        session.print("stopping: exchanges in flight may finish");
        boolean isWhole = monitor.drain(Monitor.DRAIN_PATIENCE);
        LOGGER.log(
                System.Logger.Level.INFO,
                isWhole
                        ? "stopped; every exchange in flight finished"
                        : "stopped; exchanges still in flight after "
                                + Monitor.DRAIN_PATIENCE.toMillis()
                                + " ms were cut off");
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
