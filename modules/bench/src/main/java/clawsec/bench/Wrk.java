package clawsec.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** wrk: plain HTTP on kept connections. */
record Wrk(Workspace workspace) {
    private static final Duration SLACK = Duration.ofSeconds(20);
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern TOTAL = Pattern.compile("(\\d+) requests in");
    private static final Pattern NOT_2XX = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKET_ERRORS =
            Pattern.compile("(?:connect|read|write|timeout) (\\d+)");

    /** wrk knows no proxies; this makes it send absolute-form (RFC 9112 section 3.2.2). */
    private static final String ABSOLUTE_FORM =
            """
            function init(arguments)
              wrk.headers["Host"] = "%1$s"
              whole = wrk.format("GET", "%2$s")
            end
            function request() return whole end
            """;

    Sample load(Target target, Origin origin, int connections, Duration time)
            throws IOException, InterruptedException {
        long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0)); // it takes no fractions
        Command command = new Command("wrk").with("-t", "1", "-c", String.valueOf(connections));
        command.with("-d", seconds + "s");
        if (target.isProxy()) {
            String url = origin.plainUrl(Origin.SMALL_PATH);
            Path script =
                    workspace.write(
                            "absolute.lua", ABSOLUTE_FORM.formatted(origin.plainAuthority(), url));
            command.with("-s", script.toString(), "http://127.0.0.1:" + target.port());
        } else {
            command.with(origin.plainUrl(Origin.SMALL_PATH));
        }
        Meter meter = Meter.start(target);
        return meter.stop(read(workspace.run(command.words(), time.plus(SLACK))));
    }

    /**
     * @throws IOException with the report when it holds no rate
     */
    static Tally read(Output report) throws IOException {
        String rate =
                report.find(RATE)
                        .orElseThrow(() -> new IOException("wrk failed:\n" + report.text()));
        long total = report.sum(TOTAL);
        long refused = report.sum(NOT_2XX);
        double goodShare = total == 0 ? 0 : (double) (total - refused) / total;
        return new Tally(
                Double.parseDouble(rate) * goodShare,
                total - refused,
                refused + report.sum(SOCKET_ERRORS));
    }
}
