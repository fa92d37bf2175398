package clawsec.ctl;

import clawsec.ctl.daemon.StatusReport;
import clawsec.log.ThreatLine;
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

/**
 * How a monitor fares, for a person or a program to read.
 *
 * @param pid as the PID file has it; empty where that cannot be read
 * @param report what the monitor tells; empty when it does not run or does not answer
 * @param lastThreats newest first
 */
record StatusView(
        Path folder,
        boolean isRunning,
        OptionalLong pid,
        Optional<StatusReport> report,
        List<ThreatLine> lastThreats) {
    private static final String ROW = "  %-12s %s";

    StatusView {
        lastThreats = List.copyOf(lastThreats);
    }

    static StatusView ofStopped(Path folder, List<ThreatLine> lastThreats) {
        return new StatusView(folder, false, OptionalLong.empty(), Optional.empty(), lastThreats);
    }

    /** One JSON object on one line. */
    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("state", isRunning ? "running" : "stopped");
            json.writeStringField("log_dir", folder.toString());
            if (report.isPresent()) {
                report.get().writeMembers(json);
            } else if (pid.isPresent()) {
                json.writeNumberField("pid", pid.getAsLong());
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

    void print(Session session) {
        if (report.isPresent()) {
            print(report.get(), session);
        } else if (isRunning) {
            String process = pid.isPresent() ? "process " + pid.getAsLong() : "process unknown";
            session.print("running (" + process + "), but it does not answer");
        } else {
            session.print("stopped (log_dir " + folder + ")");
        }
        if (!lastThreats.isEmpty()) {
            session.print("last threats, newest first:");
            lastThreats.forEach(threat -> session.print(ThreatText.of(threat, session.terminal())));
        }
    }

    private void print(StatusReport running, Session session) {
        Terminal terminal = session.terminal();
        session.print(
                terminal.styled(Terminal.Style.GREEN, "running")
                        + " (process %d, up %s, version %s)"
                                .formatted(
                                        running.pid(), words(running.uptime()), running.version()));
        running.listeners().forEach((name, address) -> session.print(ROW.formatted(name, address)));
        session.print(ROW.formatted("log_dir", folder));
        running.counters()
                .forEach((group, counts) -> session.print(ROW.formatted(group, words(counts))));
        for (String failure : running.failures()) {
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
