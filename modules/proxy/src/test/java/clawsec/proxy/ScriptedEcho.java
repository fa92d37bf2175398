package clawsec.proxy;

import clawsec.testkit.Ambiguities;
import clawsec.testkit.HttpScript;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The testkit's own parser, the strictest of them. */
final class ScriptedEcho implements EchoOrigin {
    private final HttpScript script = HttpScript.of(ScriptedEcho::answer);
    private final ScriptedOrigin origin;

    private ScriptedEcho() throws IOException {
        origin = ScriptedOrigin.open(script);
    }

    static ScriptedEcho open() throws IOException {
        return new ScriptedEcho();
    }

    @Override
    public String authority() {
        return origin.authority();
    }

    @Override
    public List<Received> received() {
        return script.requests().stream().map(ScriptedEcho::received).toList();
    }

    /** What could be read in two ways in all that arrived. */
    List<String> ambiguities() {
        return script.requests().stream()
                .flatMap(request -> Ambiguities.of(request).stream())
                .toList();
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }

    private static Received received(WireMessage request) {
        return new Received(
                request.method(),
                request.target(),
                String.join(", ", request.fields("Host")),
                new String(request.body(), StandardCharsets.ISO_8859_1));
    }

    private static void answer(WireMessage request, OutputStream out) throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
        String whole = request.method().equals("HEAD") ? head : head + "seen";
        out.write(whole.getBytes(StandardCharsets.US_ASCII));
    }
}
