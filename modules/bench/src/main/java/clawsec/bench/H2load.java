package clawsec.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * h2load of nghttp2: HTTP/2 with many streams at once, or HTTP/1.1. It knows no proxies, so that a
 * program of ours opens its tunnels.
 */
record H2load(Workspace workspace) {
    private static final Path ADAPTER = Path.of("modules/bench/src/main/c/connect-adapter.c");
    private static final Duration COMPILING = Duration.ofSeconds(60);
    private static final Duration SLACK = Duration.ofSeconds(40);
    private static final Pattern RATE = Pattern.compile("finished in .*?, ([0-9.]+) req/s");
    private static final Pattern GOOD = Pattern.compile("status codes: (\\d+) 2xx");
    private static final Pattern ALL =
            Pattern.compile("requests: \\d+ total, \\d+ started, (\\d+) done");

    /**
     * Loads the target for a while.
     *
     * @param streams at once on each connection; 0 for HTTP/1.1, one request after the other
     */
    Sample load(Target target, Origin origin, int connections, int streams, Duration time)
            throws IOException, InterruptedException {
        String url = origin.secureUrl(Origin.SMALL_PATH);
        Command command =
                new Command("h2load")
                        .with("-D", Math.max(1, time.toSeconds()) + "s")
                        .with("--warm-up-time", "1s")
                        .with("-c", String.valueOf(connections))
                        .with("-m", String.valueOf(Math.max(1, streams)));
        if (streams == 0) {
            command = command.with("--h1");
        }
        if (target.isProxy()) {
            command = command.with("--connect-to", "127.0.0.1:" + adapter(target, origin));
        }
        Meter meter = Meter.start(target);
        Output report = workspace.run(command.with(url).words(), time.plus(SLACK));
        return meter.stop(read(report));
    }

    /** The port of a tunnel to the origin through that proxy. */
    private int adapter(Target target, Origin origin) throws IOException, InterruptedException {
        int port = Workspace.freePort();
        Service adapter =
                workspace.startService(
                        "connect-adapter",
                        List.of(
                                program().toString(),
                                String.valueOf(port),
                                String.valueOf(target.port()),
                                origin.secureAuthority()));
        adapter.awaitListening(port);
        return port;
    }

    private Path program() throws IOException, InterruptedException {
        Path program = workspace.folder("adapter").resolve("connect-adapter");
        if (!program.toFile().exists()) {
            Command compile = new Command("gcc").with("-O2", "-pthread", "-o", program.toString());
            Output output = workspace.run(compile.with(ADAPTER.toString()).words(), COMPILING);
            if (output.status() != 0) {
                throw new IOException("gcc cannot build " + ADAPTER + ":\n" + output.text());
            }
        }
        return program;
    }

    /**
     * @throws IOException with the report when it holds no rate
     */
    static Tally read(Output report) throws IOException {
        String rate =
                report.find(RATE)
                        .orElseThrow(() -> new IOException("h2load failed:\n" + report.text()));
        long good = report.sum(GOOD);
        return new Tally(Double.parseDouble(rate), good, report.sum(ALL) - good);
    }
}
