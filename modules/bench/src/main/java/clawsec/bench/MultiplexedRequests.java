package clawsec.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Intercepted HTTPS on 32 kept connections by h2load, 1 KB answers.
 *
 * @param streams of HTTP/2 at once on each; 0 for HTTP/1.1, to compare with
 */
record MultiplexedRequests(int streams) implements Row {
    private static final int CONNECTIONS = 32;

    @Override
    public String id() {
        return streams == 0 ? "h1-" + CONNECTIONS : "h2-" + CONNECTIONS + "x" + streams;
    }

    @Override
    public String title() {
        return streams == 0
                ? "intercepted HTTP/1.1, %d kept connections, h2load".formatted(CONNECTIONS)
                : "intercepted HTTP/2, %d connections x %d streams, h2load"
                        .formatted(CONNECTIONS, streams);
    }

    @Override
    public String unit() {
        return "requests/s";
    }

    @Override
    public double bar() {
        return 0;
    }

    @Override
    public Sample measure(Workspace workspace, Target target, Origin origin, Duration time)
            throws IOException, InterruptedException {
        return new H2load(workspace).load(target, origin, CONNECTIONS, streams, time);
    }
}
