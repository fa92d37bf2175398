package clawsec.ctl;

import clawsec.ctl.cli.Options;
import clawsec.ctl.cli.ParsedCommand;
import clawsec.log.ThreatFollower;
import clawsec.log.ThreatLine;
import clawsec.log.ThreatLog;
import clawsec.log.ThreatPage;
import clawsec.log.ThreatQuery;
import clawsec.log.ThreatReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** {@code clawsec threats}. */
final class ThreatsCommand {
    /** How many are listed where nothing else is asked for. */
    static final int DEFAULT_LIMIT = 10;

    private static final Duration FOLLOW_PAUSE = Duration.ofMillis(200);

    private ThreatsCommand() {}

    static ExitStatus run(Path folder, ParsedCommand parsed, Session session)
            throws IOException, InterruptedException {
        Path file = folder.resolve(ThreatLog.FILE_NAME);
        Instant now = session.clock().instant();
        ThreatQuery query =
                new ThreatQuery(
                        parsed.value(Options.PATTERN),
                        parsed.value(Options.DIRECTION),
                        parsed.value(Options.SINCE).map(since -> since.from(now)));
        boolean isJson = parsed.has(Options.JSON);
        ThreatReader reader = new ThreatReader(file);
        ThreatPage page = reader.newest(query, parsed.value(Options.LIMIT).orElse(DEFAULT_LIMIT));
        if (page.skipped() > 0) {
            session.complain(
                    "%d lines of %s are no whole records and were passed over"
                            .formatted(page.skipped(), file));
        }
        if (parsed.has(Options.FOLLOW)) {
            page.lines().reversed().forEach(line -> show(line, isJson, session));
            return follow(reader.follow(query, page.end()), isJson, session);
        }
        page.lines().forEach(line -> show(line, isJson, session));
        if (page.lines().isEmpty() && !isJson) {
            session.print("no such threats in " + file);
        }
        return ExitStatus.DONE;
    }

    /** Shows what comes until a signal, or until nobody reads any more. */
    private static ExitStatus follow(ThreatFollower follower, boolean isJson, Session session)
            throws IOException, InterruptedException {
        Signals stop = Signals.ofViewer();
        try (follower) {
            follower.follow(
                    line -> show(line, isJson, session),
                    () -> !session.terminal().out().checkError() && !stop.await(FOLLOW_PAUSE));
        }
        return ExitStatus.DONE;
    }

    private static void show(ThreatLine line, boolean isJson, Session session) {
        session.print(isJson ? line.raw() : ThreatText.of(line, session.terminal()));
    }
}
