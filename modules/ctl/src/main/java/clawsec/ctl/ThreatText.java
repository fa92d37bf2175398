package clawsec.ctl;

import clawsec.log.Printable;
import clawsec.log.ThreatLine;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A threat for a person to read. What a peer sent is shown so that it cannot steer a terminal. */
final class ThreatText {
    private ThreatText() {}

    /** Two lines: what was found where, and the snippet. */
    static String of(ThreatLine threat, Terminal terminal) {
        String severity = threat.severity().orElse("").toUpperCase(Locale.ROOT);
        String arrow = threat.direction().equals("inbound") ? " <- " : " -> ";
        String head =
                "%s  %-8s  %s %s  %s %s  %s%s%s"
                        .formatted(
                                threat.timestamp().truncatedTo(ChronoUnit.SECONDS),
                                Printable.of(severity),
                                Printable.of(threat.threatType()),
                                Printable.of(threat.pattern()),
                                Printable.of(threat.direction()),
                                Printable.of(threat.protocol()),
                                Printable.of(threat.source()),
                                arrow,
                                Printable.of(threat.dest()));
        String request =
                threat.url()
                        .map(url -> "  " + threat.method().map(m -> m + " ").orElse("") + url)
                        .map(Printable::of)
                        .orElse("");
        return terminal.styled(style(severity), head)
                + request
                + "\n    "
                + terminal.styled(Terminal.Style.DIM, Printable.of(threat.snippet()));
    }

    private static Terminal.Style style(String severity) {
        return switch (severity) {
            case "CRITICAL", "HIGH" -> Terminal.Style.RED;
            case "MEDIUM" -> Terminal.Style.YELLOW;
            default -> Terminal.Style.BOLD;
        };
    }
}
