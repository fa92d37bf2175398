package clawsec.ctl;

import clawsec.ctl.cli.Options;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.ctl.config.FailureText;
import clawsec.detect.DetectConfig;
import clawsec.detect.Detector;
import clawsec.detect.Direction;
import clawsec.detect.MessageScan;
import clawsec.detect.Protocol;
import clawsec.detect.RuleSet;
import clawsec.detect.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code clawsec rules test}: scans a file as if it passed the monitor. */
final class RulesTestCommand {
    private static final int PIECE_BYTES = 65_536;

    /** A match may take a few KB, and be told from a longer one a few KB later. */
    private static final int KEPT_BACK_BYTES = 65_536;

    /** No provider's own host, so that every secret counts as one that is lost. */
    private static final String DESTINATION = "rules-test.invalid:443";

    private RulesTestCommand() {}

    static ExitStatus run(RuleSet rules, DetectConfig config, ParsedCommand parsed, Session session)
            throws IOException {
        DetectConfig whole =
                new DetectConfig(
                        0, config.maskSecrets(), config.contentLimits(), config.decodeLimits());
        Detector detector = Detector.of(rules, whole);
        String name = parsed.operand().orElse("-");
        try (InputStream in = name.equals("-") ? session.input() : open(Path.of(name))) {
            FindingPrinter printer =
                    FindingPrinter.of(session.terminal(), parsed.has(Options.JSON));
            scan(in, detector, parsed, printer);
        } catch (NoSuchFileException e) {
            session.complain("there is no file " + name);
            return ExitStatus.NO;
        } catch (IOException e) {
            throw new IOException("cannot read " + name + ": " + FailureText.words(e), e);
        }
        return ExitStatus.DONE;
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        return Files.newInputStream(file);
    }

    /** What a rule finds both ways is printed once. */
    private static void scan(
            InputStream in, Detector detector, ParsedCommand parsed, FindingPrinter printer)
            throws IOException {
        List<Direction> directions =
                parsed.value(Options.DIRECTION)
                        .map(List::of)
                        .orElse(List.of(Direction.OUTBOUND, Direction.INBOUND));
        List<MessageScan> scans = new ArrayList<>();
        try {
            for (Direction direction : directions) {
                Subject subject =
                        new Subject(direction, Protocol.HTTPS, "", DESTINATION, "POST", "");
                scans.add(detector.open(subject, printer::add));
            }
            byte[] piece = new byte[PIECE_BYTES];
            long place = 0;
            for (int count = in.read(piece);
                    count >= 0 && !printer.isInVain();
                    count = in.read(piece)) {
                for (MessageScan scan : scans) {
                    scan.content(ByteBuffer.wrap(piece, 0, count));
                }
                place += count;
                printer.printBefore(place - KEPT_BACK_BYTES);
            }
            scans.forEach(MessageScan::end);
            printer.end(
                    scans.stream()
                            .mapToLong(scan -> scan.tally().omittedFindings())
                            .max()
                            .orElse(0));
        } finally {
            scans.forEach(MessageScan::close);
        }
    }
}
