package clawsec.ctl;

import clawsec.ctl.cli.Options;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.ctl.config.FailureText;
import clawsec.ctl.config.NearMiss;
import clawsec.ctl.daemon.ConfiguredRules;
import clawsec.detect.Rule;
import clawsec.detect.RuleException;
import clawsec.detect.RuleSet;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code clawsec rules list}, {@code show} and {@code check}. */
final class RulesCommand {
    /** A hostile text must not hold a connection up for long. */
    static final double LEAST_MEGABYTES_PER_SECOND = 30;

    /** How long the worst text is timed; the best of many runs counts. */
    private static final Duration TIMED = Duration.ofMillis(500);

    private static final JsonFactory JSON = new JsonFactory();

    private RulesCommand() {}

    static ExitStatus list(RuleSet rules, ParsedCommand parsed, Session session)
            throws IOException {
        if (parsed.has(Options.JSON)) {
            try (StringWriter text = new StringWriter()) {
                try (JsonGenerator json = JSON.createGenerator(text)) {
                    json.writeStartArray();
                    for (Rule rule : rules.rules()) {
                        RuleView.write(rule, json);
                    }
                    json.writeEndArray();
                }
                session.print(text.toString());
            }
            return ExitStatus.DONE;
        }
        int width = rules.rules().stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
        for (Rule rule : rules.rules()) {
            session.print(
                    "%s  %-9s  %-8s  %s"
                            .formatted(
                                    rule.id() + " ".repeat(width - rule.id().length()),
                                    rule.type(),
                                    rule.severity().name().toLowerCase(Locale.ROOT),
                                    rule.title()));
        }
        session.print(counted(rules.rules().size()));
        return ExitStatus.DONE;
    }

    static ExitStatus show(RuleSet rules, ParsedCommand parsed, Session session)
            throws IOException {
        String id = parsed.operand().orElseThrow();
        Optional<Rule> found =
                rules.rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
        if (found.isEmpty()) {
            List<String> ids = rules.rules().stream().map(Rule::id).toList();
            session.complain(
                    "no rule is named "
                            + id
                            + NearMiss.of(id, ids)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("; clawsec rules list tells which there are"));
            return ExitStatus.NO;
        }
        if (parsed.has(Options.JSON)) {
            try (StringWriter text = new StringWriter()) {
                try (JsonGenerator json = JSON.createGenerator(text)) {
                    RuleView.write(found.get(), json);
                }
                session.print(text.toString());
            }
        } else {
            RuleView.lines(found.get()).forEach(session::print);
        }
        return ExitStatus.DONE;
    }

    static ExitStatus check(ParsedCommand parsed, Session session) throws IOException {
        return check(parsed, session, LEAST_MEGABYTES_PER_SECOND);
    }

    /** As {@link #check(ParsedCommand, Session)}, with another bound. */
    static ExitStatus check(ParsedCommand parsed, Session session, double leastMegabytesPerSecond)
            throws IOException {
        Path file = Path.of(parsed.operand().orElseThrow());
        byte[] json;
        try {
            json = ConfiguredRules.text(file);
        } catch (NoSuchFileException e) {
            session.complain("there is no file " + file);
            return ExitStatus.NO;
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + FailureText.words(e), e);
        }
        try {
            RuleSet rules = RuleSet.parse(json, file.toString());
            RuleSet.builtIn().with(rules);
            if (rules.rules().isEmpty()) {
                session.print(file + ": the list of rules is empty; nothing to check");
                return ExitStatus.DONE;
            }
            String ids = rules.rules().stream().map(Rule::id).collect(Collectors.joining(", "));
            session.print(
                    "%s: %s, every hit found and no miss: %s"
                            .formatted(file, counted(rules.rules().size()), ids));
            double speed = rules.worstMegabytesPerSecond(System::nanoTime, TIMED.toNanos());
            String words =
                    String.format(
                            Locale.ROOT,
                            "the worst text found for them scans at %.0f MB/s; at least %.0f are"
                                    + " wanted",
                            speed,
                            leastMegabytesPerSecond);
            if (speed < leastMegabytesPerSecond) {
                session.complain(
                        words
                                + ": shorten bounded gaps and repetitions, or begin with rarer"
                                + " text");
                return ExitStatus.NO;
            }
            session.print(words);
            return ExitStatus.DONE;
        } catch (RuleException e) {
            session.complain(String.valueOf(e.getMessage()));
            return e.isUnmet() ? ExitStatus.NO : ExitStatus.WRONG_USAGE;
        }
    }

    private static String counted(int rules) {
        return rules == 1 ? "1 rule" : rules + " rules";
    }
}
