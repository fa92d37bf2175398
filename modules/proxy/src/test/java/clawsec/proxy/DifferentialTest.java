package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.LoggedLines;
import clawsec.testkit.MessageGrammar;
import clawsec.testkit.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was inspected is what is sent: odd requests go through the proxy to origins whose parsers
 * are not ours, and each of them reads the messages that the inspector was shown, no other and no
 * more. An origin may refuse one; then its refusal is what came back.
 */
class DifferentialTest {
    private static final int MUTATIONS = 1_000;

    @TempDir Path folder;

    /**
     * A request as the inspector was shown it.
     *
     * @param answer all that came back on its connection
     */
    private record Inspected(EchoOrigin.Received message, String answer) {}

    @Test
    void scriptedOrigin_readsWhatWasInspected_inOneWayOnly() throws Exception {
        try (ScriptedEcho origin = ScriptedEcho.open()) {
            check(origin);
            assertEquals(List.of(), origin.ambiguities());
        }
    }

    @Test
    void serverOfTheJdk_readsWhatWasInspected() throws Exception {
        try (EchoOrigin origin = JdkEcho.open()) {
            check(origin);
        }
    }

    @Test
    void node_readsWhatWasInspected() throws Exception {
        try (EchoOrigin origin = ProcessEcho.open(folder, "node", "echo.mjs")) {
            check(origin);
        }
    }

    @Test
    void python_readsWhatWasInspected() throws Exception {
        try (EchoOrigin origin = ProcessEcho.open(folder, "python3", "echo.py")) {
            check(origin);
        }
    }

    @Test
    void nginx_readsWhatWasInspected() throws Exception {
        try (EchoOrigin origin = NginxEcho.open(folder)) {
            check(origin);
        }
    }

    private void check(EchoOrigin origin) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                LoggedLines refusals = LoggedLines.of("clawsec.proxy")) {
            List<Inspected> inspected = new ArrayList<>();
            int number = 0;
            int known = 0;
            for (String request : requests()) {
                String answer = ask(proxy, request, origin.authority(), number++);
                List<RecordingInspector.Seen> all = proxy.inspector().seen(true);
                all.subList(known, all.size()).stream()
                        .filter(RecordingInspector.Seen::isEnded)
                        .filter(message -> !message.headText().startsWith("0\r\n")) // trailers
                        .forEach(message -> inspected.add(new Inspected(shown(message), answer)));
                known = all.size();
            }
            compare(inspected, origin.received());
            assertTrue(refusals.with("Refused a request").size() > MUTATIONS / 4);
        }
    }

    private static void compare(List<Inspected> inspected, List<EchoOrigin.Received> received) {
        int next = 0;
        for (Inspected each : inspected) {
            if (next < received.size() && received.get(next).equals(each.message())) {
                next++;
                continue;
            }
            String saw = next < received.size() ? received.get(next).toString() : "nothing";
            assertTrue(
                    each.answer().matches("(?s).*HTTP/1.1 [45].*"),
                    () -> each + "\nand the origin saw " + saw);
        }
        assertEquals(List.of(), received.subList(next, received.size()), "seen by none");
        assertTrue(next > MUTATIONS / 6, next + " arrived");
    }

    /** Those written down, and damaged ones. */
    private static List<String> requests() {
        List<String> all = new ArrayList<>(OddRequests.all());
        MessageGrammar grammar = MessageGrammar.ofRequests();
        for (int seed = 0; seed < MUTATIONS; seed++) {
            all.add(
                    grammar.next(new Random(seed), seed % 3)
                            .replace("/_URI_", "http://ORIGIN/NUMBER")
                            .replace("_HOST_", "ORIGIN")
                            .replace("_REQUEST_ID_", "NUMBER"));
        }
        return all;
    }

    /** Sends one input on a connection of its own; what comes back until its end. */
    private static String ask(ProxyFixture proxy, String request, String authority, int number)
            throws Exception {
        try (RawClient client = proxy.client()) {
            client.send(
                    request.replace("ORIGIN", authority)
                            .replace("NUMBER", Integer.toString(number)));
            client.shutdownOutput();
            return new String(client.readToEnd(), StandardCharsets.ISO_8859_1);
        } catch (IOException reset) {
            return ""; // cut off in the middle of its request: nothing more is to come
        }
    }

    private static EchoOrigin.Received shown(RecordingInspector.Seen message) {
        String[] lines = message.headText().split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        String host = "";
        for (String line : lines) {
            if (line.regionMatches(true, 0, "Host: ", 0, 6)) {
                host = line.substring(6);
            }
        }
        return new EchoOrigin.Received(start[0], start[1], host, message.contentText());
    }
}
