package clawsec.bench;

import java.io.IOException;
import java.time.Duration;

/** New intercepted TLS connections: CONNECT, full handshake, one 1 KB answer, close. */
record NewSecureConnections(int atOnce) implements Row {
    @Override
    public String id() {
        return "tls-new-" + atOnce;
    }

    @Override
    public String title() {
        return "new intercepted TLS connections, %d at once, hey".formatted(atOnce);
    }

    @Override
    public String unit() {
        return "connections/s";
    }

    @Override
    public double bar() {
        return 2.2;
    }

    @Override
    public Sample measure(Workspace workspace, Target target, Origin origin, Duration time)
            throws IOException, InterruptedException {
        return new Hey(workspace).loadNew(target, origin, atOnce, time);
    }
}
