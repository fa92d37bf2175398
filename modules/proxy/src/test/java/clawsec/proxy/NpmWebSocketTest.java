package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WebSocketEcho;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The WebSocket client that most programs for Node use ({@code ws} of npm), compressing. It is
 * installed into the build's folder, as the lock file beside the script says; the tests are
 * skipped, visibly, where there is no npm or no registry.
 */
class NpmWebSocketTest {
    private static final Path SOURCE = Path.of("src", "test", "npm");
    private static final Path INSTALLED = Path.of("target", "npm");
    private static final int MESSAGES = 10_000;

    @TempDir Path folder;

    private record Result(int status, String output) {}

    @BeforeAll
    static void install() throws Exception {
        Path lock = INSTALLED.resolve("package-lock.json");
        boolean isInstalled =
                Files.isDirectory(INSTALLED.resolve("node_modules/ws"))
                        && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0;
        Files.createDirectories(INSTALLED);
        for (String name : List.of("package.json", "package-lock.json", "client.js")) {
            Files.copy(
                    SOURCE.resolve(name),
                    INSTALLED.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (!isInstalled) {
            Result npm = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assumptions.assumeTrue(npm.status == 0, () -> "npm ci failed: " + npm.output);
        }
    }

    @Test
    void ws_withContextTakeover() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.open(new WebSocketEcho("permessage-deflate"))) {
            converse(proxy, "ws://" + origin.authority() + "/", "{\"threshold\": 0}");
        }
    }

    @Test
    void wss_withoutContextTakeover_andASmallWindow() throws Exception {
        String agreed =
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
                        + " client_max_window_bits=9";
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"),
                                new WebSocketEcho(agreed))) {
            converse(
                    proxy,
                    "wss://localhost:" + origin.port() + "/",
                    "{\"threshold\": 0, \"serverNoContextTakeover\": true,"
                            + " \"clientNoContextTakeover\": true}");
        }
    }

    private void converse(ProxyFixture proxy, String url, String options) throws Exception {
        Result node =
                run(
                        "node",
                        "client.js",
                        Integer.toString(proxy.port()),
                        url,
                        folder.resolve("ca/ca.crt").toString(),
                        options,
                        Integer.toString(MESSAGES));
        assertEquals(
                "permessage-deflate %1$d %1$d 4001 that is all\n".formatted(MESSAGES + 1),
                node.output());
        proxy.awaitCount("connections_open", 0);
        for (boolean isOutbound : List.of(true, false)) {
            List<RecordingInspector.Seen> messages =
                    proxy.inspector().seen(isOutbound).stream()
                            .filter(seen -> seen.codings().equals(List.of("permessage-deflate")))
                            .toList();
            assertEquals(MESSAGES + 1, messages.size());
            assertEquals("in pieces", messages.getFirst().contentText());
            assertTrue(
                    messages.getLast().contentText().startsWith("{\"number\":" + (MESSAGES - 1)));
        }
        assertEquals(0, proxy.count("frames_unreadable"));
    }

    private static Result run(String... command) throws Exception {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(INSTALLED.toFile())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException none) {
            return Assumptions.abort(command[0] + " is not on this machine: " + none.getMessage());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), command[0] + " hangs");
        return new Result(process.exitValue(), output);
    }
}
