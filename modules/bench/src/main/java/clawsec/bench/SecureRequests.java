package clawsec.bench;

import java.io.IOException;
import java.time.Duration;

/** Intercepted HTTPS on kept connections, 1 KB answers. */
record SecureRequests(int connections) implements Row {
    @Override
    public String id() {
        return "https-" + connections;
    }

    @Override
    public String title() {
        return "intercepted HTTPS, %d kept connections, hey".formatted(connections);
    }

    @Override
    public String unit() {
        return "requests/s";
    }

    @Override
    public double bar() {
        return 1.6;
    }

    @Override
    public Sample measure(Workspace workspace, Target target, Origin origin, Duration time)
            throws IOException, InterruptedException {
        return new Hey(workspace).loadKept(target, origin, connections, time);
    }
}
