package clawsec.bench;

import java.io.IOException;
import java.time.Duration;

/** Plain HTTP in absolute-form on kept connections, 1 KB answers. */
record PlainRequests(int connections) implements Row {
    @Override
    public String id() {
        return "http-" + connections;
    }

    @Override
    public String title() {
        return "plain HTTP, %d kept connections, wrk".formatted(connections);
    }

    @Override
    public String unit() {
        return "requests/s";
    }

    @Override
    public double bar() {
        return 2.0;
    }

    @Override
    public Sample measure(Workspace workspace, Target target, Origin origin, Duration time)
            throws IOException, InterruptedException {
        return new Wrk(workspace).load(target, origin, connections, time);
    }
}
