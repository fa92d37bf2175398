package clawsec.ctl;

import clawsec.ctl.cli.Options;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.ctl.config.FailureText;
import clawsec.detect.DetectConfig;
import clawsec.detect.Detector;
import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.MessageScan;
import clawsec.detect.Protocol;
import clawsec.detect.RuleSet;
import clawsec.detect.Severity;
import clawsec.detect.Subject;
import clawsec.log.Printable;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code clawsec rules test}: scans a file as if it passed the monitor. */
final class RulesTestCommand {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PIECE_BYTES = 65_536;

    /** No provider's own host, so that every secret counts as one that is lost. */
    private static final String DESTINATION = "rules-test.invalid:443";

    private static final Comparator<Finding> ORDER =
            Comparator.comparingLong(Finding::offsetBytes).thenComparing(Finding::pattern);

    /** What a finding is the same as another by. */
    private record Seen(long offsetBytes, String pattern, List<String> via) {
        static Seen of(Finding finding) {
            return new Seen(finding.offsetBytes(), finding.pattern(), finding.via());
        }
    }

    private RulesTestCommand() {}

    static ExitStatus run(RuleSet rules, DetectConfig config, ParsedCommand parsed, Session session)
            throws IOException {
        DetectConfig whole =
                new DetectConfig(
                        0, config.maskSecrets(), config.contentLimits(), config.decodeLimits());
        Detector detector = Detector.of(rules, whole);
        String name = parsed.operand().orElse("-");
        List<Finding> findings = new ArrayList<>();
        try (InputStream in = name.equals("-") ? session.input() : open(Path.of(name))) {
            scan(in, detector, parsed, findings);
        } catch (NoSuchFileException e) {
            session.complain("there is no file " + name);
            return ExitStatus.NO;
        } catch (IOException e) {
            throw new IOException("cannot read " + name + ": " + FailureText.words(e), e);
        }
        findings.sort(ORDER);
        if (parsed.has(Options.JSON)) {
            session.print(json(findings));
        } else {
            findings.forEach(finding -> session.print(line(finding, session.terminal())));
            session.print(findings.isEmpty() ? "nothing found" : findings.size() + " found");
        }
        return ExitStatus.DONE;
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        return Files.newInputStream(file);
    }

    /** What a rule finds both ways is listed once. */
    private static void scan(
            InputStream in, Detector detector, ParsedCommand parsed, List<Finding> findings)
            throws IOException {
        List<Direction> directions =
                parsed.value(Options.DIRECTION)
                        .map(List::of)
                        .orElse(List.of(Direction.OUTBOUND, Direction.INBOUND));
        List<MessageScan> scans = new ArrayList<>();
        Set<Seen> seen = new HashSet<>();
        try {
            for (Direction direction : directions) {
                Subject subject =
                        new Subject(direction, Protocol.HTTPS, "", DESTINATION, "POST", "");
                scans.add(
                        detector.open(
                                subject,
                                finding -> {
                                    if (seen.add(Seen.of(finding))) {
                                        findings.add(finding);
                                    }
                                }));
            }
            byte[] piece = new byte[PIECE_BYTES];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                for (MessageScan scan : scans) {
                    scan.content(ByteBuffer.wrap(piece, 0, count));
                }
            }
            scans.forEach(MessageScan::end);
        } finally {
            scans.forEach(MessageScan::close);
        }
    }

    private static String line(Finding finding, Terminal terminal) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String via = finding.via().isEmpty() ? "" : " via " + String.join(", ", finding.via());
        String head =
                "%d: %s %s %s%s"
                        .formatted(
                                finding.offsetBytes(),
                                severity,
                                finding.type(),
                                finding.pattern(),
                                via);
        boolean isGrave = finding.severity().compareTo(Severity.HIGH) >= 0;
        return terminal.styled(isGrave ? Terminal.Style.RED : Terminal.Style.BOLD, head)
                + "\n    "
                + Printable.of(finding.snippet());
    }

    private static String json(List<Finding> findings) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeNumberField("offset", finding.offsetBytes());
                json.writeStringField(
                        "direction", finding.subject().direction().name().toLowerCase(Locale.ROOT));
                json.writeStringField("threat_type", finding.type().name());
                json.writeStringField("pattern", finding.pattern());
                json.writeStringField(
                        "severity", finding.severity().name().toLowerCase(Locale.ROOT));
                json.writeStringField("snippet", finding.snippet());
                json.writeArrayFieldStart("via");
                for (String decoding : finding.via()) {
                    json.writeString(decoding);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }
}
