package clawsec.ctl;

import clawsec.ctl.cli.Options;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.ctl.daemon.PidFile;
import clawsec.ctl.daemon.StatusClient;
import clawsec.ctl.daemon.StatusReport;
import clawsec.log.ThreatLine;
import clawsec.log.ThreatLog;
import clawsec.log.ThreatQuery;
import clawsec.log.ThreatReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code clawsec status}. */
final class StatusCommand {
    /** How many of the last threats are shown. */
    static final int LAST_THREATS = 5;

    private StatusCommand() {}

    static ExitStatus run(Path folder, ParsedCommand parsed, Session session)
            throws IOException, InterruptedException {
        boolean isRunning = PidFile.isHeld(folder);
        Optional<StatusReport> report = isRunning ? StatusClient.ask(folder) : Optional.empty();
        ThreatReader reader = new ThreatReader(folder.resolve(ThreatLog.FILE_NAME));
        List<ThreatLine> last = reader.newest(ThreatQuery.ALL, LAST_THREATS).lines();
        StatusView view =
                isRunning
                        ? new StatusView(folder, true, PidFile.pid(folder), report, last)
                        : StatusView.ofStopped(folder, last);
        if (parsed.has(Options.JSON)) {
            session.print(view.json());
        } else {
            view.print(session);
        }
        return isRunning ? ExitStatus.DONE : ExitStatus.NO;
    }
}
