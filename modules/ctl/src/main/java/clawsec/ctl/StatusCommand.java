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
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code clawsec status}. */
final class StatusCommand {
    /** How many of the last threats are shown. */
    static final int LAST_THREATS = 5;

    private static final String ROW = "  %-12s %s";

    private StatusCommand() {}

    static ExitStatus run(Path folder, ParsedCommand parsed, Session session)
            throws IOException, InterruptedException {
        boolean isRunning = PidFile.isHeld(folder);
        Optional<StatusReport> report = isRunning ? StatusClient.ask(folder) : Optional.empty();
        ThreatReader reader = new ThreatReader(folder.resolve(ThreatLog.FILE_NAME));
        List<ThreatLine> last = reader.newest(ThreatQuery.ALL, LAST_THREATS).lines();
        if (parsed.has(Options.JSON)) {
            session.print(json(folder, isRunning, report, last));
            return isRunning ? ExitStatus.DONE : ExitStatus.NO;
        }
        if (report.isPresent()) {
            describe(report.get(), folder, session);
        } else if (isRunning) {
            OptionalLong pid = PidFile.pid(folder);
            String process = pid.isPresent() ? "process " + pid.getAsLong() : "process unknown";
            session.print("running (" + process + "), but it does not answer");
        } else {
            session.print("stopped (log_dir " + folder + ")");
        }
        if (!last.isEmpty()) {
            session.print("last threats, newest first:");
            last.forEach(threat -> session.print(ThreatText.of(threat, session.terminal())));
        }
        return isRunning ? ExitStatus.DONE : ExitStatus.NO;
    }

    private static String json(
            Path folder,
            boolean isRunning,
            Optional<StatusReport> report,
            List<ThreatLine> lastThreats)
            throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("state", isRunning ? "running" : "stopped");
            json.writeStringField("log_dir", folder.toString());
            if (report.isPresent()) {
                report.get().writeMembers(json);
            }
            json.writeArrayFieldStart("last_threats");
            for (ThreatLine threat : lastThreats) {
                json.writeRawValue(threat.raw());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void describe(StatusReport report, Path folder, Session session) {
        Terminal terminal = session.terminal();
        session.print(
                terminal.styled(Terminal.Style.GREEN, "running")
                        + " (process %d, up %s, version %s)"
                                .formatted(report.pid(), words(report.uptime()), report.version()));
        report.listeners().forEach((name, address) -> session.print(ROW.formatted(name, address)));
        session.print(ROW.formatted("log_dir", folder));
        report.counters()
                .forEach((group, counts) -> session.print(ROW.formatted(group, words(counts))));
        for (String failure : report.failures()) {
            session.print(terminal.styled(Terminal.Style.RED, ROW.formatted("FAILING", failure)));
        }
    }

    /** The counts that are not zero. */
    private static String words(Map<String, Long> counts) {
        List<String> words =
                counts.entrySet().stream()
                        .filter(count -> count.getValue() != 0)
                        .map(count -> count.getKey() + " " + count.getValue())
                        .toList();
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    /** A duration by its two largest units, such as {@code 2 d 4 h}. */
    static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }
}
