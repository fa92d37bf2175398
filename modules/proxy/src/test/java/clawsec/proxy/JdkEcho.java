package clawsec.proxy;

import clawsec.testkit.JdkOrigin;
import java.io.IOException;
import java.util.List;

/** The JDK's server. */
final class JdkEcho implements EchoOrigin {
    private final JdkOrigin origin;

    private JdkEcho() throws IOException {
        origin = JdkOrigin.open();
    }

    static JdkEcho open() throws IOException {
        return new JdkEcho();
    }

    @Override
    public String authority() {
        return origin.authority();
    }

    @Override
    public List<Received> received() {
        return origin.requests().stream().map(JdkEcho::received).toList();
    }

    @Override
    public void close() {
        origin.close();
    }

    private static Received received(JdkOrigin.Request request) {
        return new Received(request.method(), request.target(), request.host(), request.content());
    }
}
