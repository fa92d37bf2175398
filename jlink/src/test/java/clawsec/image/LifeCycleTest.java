package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon's life as an operator sees it, from start to stop, kill and start again. */
class LifeCycleTest {
    private static final String SECRET = "sk-" + "ant-api03-made-up-0123456789abcdef";

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void statusThreatsStop_runningAndStopped_sayWhatIs() throws Exception {
        String logDir = folder.toString();
        assertEquals(1, image.run("status", "--log-dir", logDir).status());
        assertEquals(1, image.run("stop", "--log-dir", logDir).status());
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Daemon daemon = Daemon.start(image, folder, Map.of())) {
            send(daemon, origin, "/first");
            Result status = daemon.run("status");
            assertEquals(0, status.status(), status::toString);
            assertTrue(status.out().contains(String.valueOf(daemon.process().pid())), status.out());
            assertTrue(status.out().contains(":" + daemon.port()), status.out());
            assertTrue(status.out().contains("ai_api_key"), status.out());

            Result json = daemon.run("status", "--json");
            Map<String, String> members = ThreatLine.parse(json.out());
            assertEquals(String.valueOf(daemon.process().pid()), members.get("pid"));

            Result threats = daemon.run("threats");
            assertEquals(0, threats.status(), threats::toString);
            assertTrue(threats.out().contains("ai_api_key"), threats.out());
            assertEquals(
                    "ai_api_key",
                    ThreatLine.parse(daemon.run("threats", "--json").out()).get("pattern"));

            Result stop = daemon.run("stop");
            assertEquals(0, stop.status(), stop::toString);
            assertTrue(stop.out().contains("SIGTERM"), stop.out());
            assertEquals(0, daemon.awaitEnd(), daemon.output());
            assertEquals(1, daemon.run("status").status());
        }
    }

    @Test
    void start_whileRunning_isRefusedAndNamesTheProcess() throws Exception {
        try (Daemon daemon = Daemon.start(image, folder, Map.of())) {
            Result second = daemon.run("start", "--port", "0");
            assertEquals(3, second.status(), second::toString);
            assertTrue(second.err().contains(String.valueOf(daemon.process().pid())), second.err());
            assertEquals(0, daemon.run("status").status());
        }
    }

    @Test
    void start_launcher_becomesTheJavaProcess() throws Exception {
        try (Daemon daemon = Daemon.start(image, folder, Map.of())) {
            String pid = Files.readString(folder.resolve("monitor.pid")).strip();
            assertEquals(String.valueOf(daemon.process().pid()), pid);
        }
    }

    @Test
    void start_afterKill_replacesTheStalePidFile() throws Exception {
        try (Daemon daemon = Daemon.start(image, folder, Map.of())) {
            daemon.process().destroyForcibly();
            assertNotEquals(0, daemon.awaitEnd());
            assertTrue(Files.exists(folder.resolve("monitor.pid")));
            assertEquals(1, daemon.run("status").status());
        }
        try (Daemon daemon = Daemon.start(image, folder, Map.of())) {
            assertEquals(0, daemon.run("status").status());
        }
    }

    @Test
    void sigterm_exchangeInFlight_isFinishedFirst() throws Exception {
        LinkedBlockingQueue<String> chunks = new LinkedBlockingQueue<>();
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.chunks(chunks));
                Daemon daemon = Daemon.start(image, folder, Map.of());
                RawClient client = RawClient.connect(daemon.port())) {
            client.send(get(origin, "/slow"));
            chunks.add("first");
            client.readUntil("first");
            daemon.process().destroy();
            awaitNoListener(daemon);
            chunks.add("second");
            client.readUntil("second");
            chunks.add("");
            client.readUntil("0\r\n\r\n");
            assertEquals(0, daemon.awaitEnd(), daemon.output());
        }
    }

    @Test
    void start_heap_isCapped() throws Exception {
        try (Daemon daemon = Daemon.start(image, folder, Map.of())) {
            Path line = Path.of("/proc/" + daemon.process().pid() + "/cmdline");
            assumeTrue(Files.isReadable(line), "no /proc to read a command line from");
            List<String> words = List.of(Files.readString(line).split("\0", -1));
            assertTrue(words.contains("-Xmx256m"), words::toString);
        }
    }

    @Test
    void start_brokenRoot_exitsWithThreeAndTouchesNothing() throws Exception {
        try (Daemon daemon = Daemon.start(image, folder, Map.of())) {
            assertEquals(0, daemon.run("stop").status());
        }
        Path key = folder.resolve("ca.key");
        Path certificate = folder.resolve("ca.crt");
        String whole = Files.readString(key);
        String root = Files.readString(certificate);
        for (String broken : List.of("", "not a key\n", whole.substring(0, whole.length() / 2))) {
            Files.writeString(key, broken);
            Result start = start(Map.of("CLAWSEC_GATEWAY_LOCAL_PORT", "0"), "--port", "0");
            assertEquals(3, start.status(), start::toString);
            String beginning = "clawsec: " + key + " ";
            assertTrue(
                    start.err().lines().anyMatch(line -> line.startsWith(beginning)), start.err());
            assertTrue(start.err().contains("Put the right files back; or move both"), start.err());
            assertEquals(broken, Files.readString(key));
            assertEquals(root, Files.readString(certificate));
        }
        Files.delete(key);
        Result alone = start(Map.of("CLAWSEC_GATEWAY_LOCAL_PORT", "0"), "--port", "0");
        assertEquals(3, alone.status(), alone::toString);
        assertTrue(alone.err().contains(key + " is missing beside"), alone.err());
        assertTrue(Files.notExists(key));
        assertEquals(root, Files.readString(certificate));
    }

    @Test
    void start_wrongConfiguration_exitsWithTwoAndSaysWhere() throws Exception {
        Path unknownKey = folder.resolve("config.json");
        Files.writeString(unknownKey, "{\n  \"proxy_prot\": 8888\n}\n");
        Result unknown = start(Map.of(), "--config", unknownKey.toString());
        assertEquals(2, unknown.status(), unknown::toString);
        assertTrue(
                unknown.err().contains("config.json") && unknown.err().contains("proxy_prot"),
                unknown.err());

        Result range = start(Map.of("CLAWSEC_PROXY_PORT", "70000"));
        assertEquals(2, range.status(), range::toString);
        assertTrue(
                range.err().contains("CLAWSEC_PROXY_PORT") && range.err().contains("70000"),
                range.err());

        Result flag = start(Map.of(), "--prot", "1");
        assertEquals(2, flag.status(), flag::toString);
        assertTrue(flag.err().contains("--prot"), flag.err());
    }

    private Result start(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                image.launcher().toString(),
                                "start",
                                "--log-dir",
                                folder.toString()));
        command.addAll(List.of(arguments));
        return Image.run(command, environment);
    }

    private static void awaitNoListener(Daemon daemon) throws Exception {
        while (daemon.isListening()) {
            daemon.process().waitFor(1, TimeUnit.MILLISECONDS);
        }
    }

    private static void send(Daemon daemon, ScriptedOrigin origin, String path) throws Exception {
        try (RawClient client = RawClient.connect(daemon.port())) {
            client.send(get(origin, path).replace("\r\n\r\n", "\r\nX-Key: " + SECRET + "\r\n\r\n"));
            assertEquals(200, client.readResponse().status());
        }
    }

    private static String get(ScriptedOrigin origin, String path) {
        String authority = origin.authority();
        return "GET http://" + authority + path + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    }
}
