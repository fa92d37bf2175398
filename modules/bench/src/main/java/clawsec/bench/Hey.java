package clawsec.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * hey: HTTPS through CONNECT, HTTP/1.1. It resumes no TLS sessions, so that every new connection is
 * a full handshake.
 */
record Hey(Workspace workspace) {
    private static final Duration SLACK = Duration.ofSeconds(40);
    private static final Pattern SECONDS = Pattern.compile("Total:\\s+([0-9.]+) secs");
    private static final Pattern GOOD = Pattern.compile("\\[200]\\s+(\\d+) responses");
    private static final Pattern ANSWERS = Pattern.compile("\\[\\d+]\\s+(\\d+) responses");
    private static final Pattern ERRORS = Pattern.compile("\\[(\\d+)]\\s+(?!\\d+ responses)\\S");
    private static final String ERROR_TITLE = "Error distribution:";

    /** Each request has a connection of its own. */
    Sample loadNew(Target target, Origin origin, int atOnce, Duration time)
            throws IOException, InterruptedException {
        Command command = command(target, origin, atOnce, time, "-disable-keepalive");
        Meter meter = Meter.start(target);
        return meter.stop(read(workspace.run(command.words(), time.plus(SLACK))));
    }

    /** Requests on kept connections; the rate is that after the last of them was made. */
    Sample loadKept(Target target, Origin origin, int connections, Duration time)
            throws IOException, InterruptedException {
        Command command = command(target, origin, connections, time, "-o", "csv");
        Meter meter = Meter.start(target);
        Output report = workspace.run(command.words(), time.plus(SLACK));
        return meter.stop(HeyRequest.tally(HeyRequest.parse(report), connections));
    }

    private static Command command(
            Target target, Origin origin, int workers, Duration time, String... more) {
        return new Command("hey")
                .with("-z", time.toMillis() + "ms", "-c", String.valueOf(workers))
                .with(more)
                .with(target.throughProxy())
                .with(origin.secureUrl(Origin.SMALL_PATH));
    }

    /**
     * @throws IOException with the report when it holds no duration
     */
    static Tally read(Output report) throws IOException {
        String seconds =
                report.find(SECONDS)
                        .orElseThrow(() -> new IOException("hey failed:\n" + report.text()));
        long good = report.sum(GOOD);
        int title = report.text().indexOf(ERROR_TITLE);
        Output errors = new Output(0, title < 0 ? "" : report.text().substring(title));
        return new Tally(
                good / Double.parseDouble(seconds),
                good,
                report.sum(ANSWERS) - good + errors.sum(ERRORS));
    }
}
