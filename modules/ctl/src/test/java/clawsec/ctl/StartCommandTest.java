package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.ctl.Cli.Result;
import clawsec.ctl.daemon.PidFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: start, a second start, status, stop, kill, and what is left behind. */
class StartCommandTest {
    private static final String RULES =
            """
            {"version":1,"rules":[{"id":"%s","type":"EXFIL","title":"Own","severity":"low",
            "regex":"own_[a-f]{8}","hit":["own_abcdefab"],"miss":["own_xyz"]}]}
            """;

    @TempDir private Path parent;
    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("log dir");
    }

    @Test
    void life_fromStartToStop_saysWhatIsAtEachStep() throws Exception {
        try (Child monitor = Child.monitor(folder)) {
            monitor.readUntil("export HTTP_PROXY=http://127.0.0.1:");
            String root = "'" + folder.resolve("ca.crt") + "'";
            assertEquals(
                    List.of(
                            "export SSL_CERT_FILE=%1$s CURL_CA_BUNDLE=%1$s REQUESTS_CA_BUNDLE=%1$s"
                                            .formatted(root)
                                    + " NODE_EXTRA_CA_CERTS="
                                    + root),
                    monitor.readUntil("export SSL_CERT_FILE="));
            assertEquals(monitor.pid() + "\n", Files.readString(folder.resolve("monitor.pid")));

            Result status = Cli.on(folder, "status");
            assertEquals(0, status.status(), status.err());
            assertTrue(
                    status.out().startsWith("running (process " + monitor.pid() + ", up "),
                    status.out());
            Result json = Cli.on(folder, "status", "--json");
            assertTrue(
                    json.out().startsWith("{\"state\":\"running\",\"log_dir\":\"" + folder + "\""),
                    json.out());

            String address = json.out().replaceFirst("(?s).*\"proxy\":\"([^\"]+)\".*", "$1");
            try (Child second = Child.start(Map.of(), start("0"))) {
                assertEquals(3, second.awaitEnd());
                String refusal = second.rest();
                assertTrue(
                        refusal.startsWith(
                                "clawsec: already running: process "
                                        + monitor.pid()
                                        + " on "
                                        + address
                                        + " and 127.0.0.1:"),
                        refusal);
                assertTrue(
                        refusal.endsWith("stop it with: clawsec stop --log-dir '" + folder + "'"),
                        refusal);
            }

            assertEquals(
                    new Result(0, "stopped (process " + monitor.pid() + " ended on SIGTERM)\n", ""),
                    Cli.on(folder, "stop"));
            assertEquals(0, monitor.awaitEnd());
            assertFalse(Files.exists(folder.resolve("monitor.pid")));
            assertFalse(Files.exists(folder.resolve("monitor.sock")));
            assertEquals(1, Cli.on(folder, "status").status());
        }
    }

    @Test
    void kill_thenStatusAndStart_findNothingInTheWay() throws Exception {
        try (Child monitor = Child.monitor(folder)) {
            monitor.process().destroyForcibly();
            monitor.awaitEnd();
        }
        assertTrue(Files.exists(folder.resolve("monitor.sock")));
        assertTrue(Files.exists(folder.resolve("monitor.pid")));
        // The number may be anybody's by now: here, this process's.
        Files.writeString(folder.resolve("monitor.pid"), ProcessHandle.current().pid() + "\n");
        assertEquals(1, Cli.on(folder, "status").status());
        assertEquals(1, Cli.on(folder, "stop").status());
        try (Child monitor = Child.monitor(folder)) {
            assertEquals(0, Cli.on(folder, "status").status());
            assertTrue(monitor.process().isAlive());
        }
    }

    @Test
    void stop_processThatDoesNotAnswer_isKilledAndSaysSo() throws Exception {
        try (Child monitor = Child.monitor(folder)) {
            signal("STOP", monitor.pid());
            awaitStopped(monitor.pid());
            Result status = Cli.on(folder, "status");
            assertEquals(
                    new Result(
                            0,
                            "running (process " + monitor.pid() + "), but it does not answer\n",
                            ""),
                    status);
            Result out = stopWithin(Duration.ofMillis(200));
            assertEquals(
                    new Result(
                            0,
                            "killed (process "
                                    + monitor.pid()
                                    + " did not end within 0 s of SIGTERM; SIGKILL ended it)\n",
                            ""),
                    out);
            assertEquals(137, monitor.awaitEnd());
        }
    }

    /** The signal is sent when kill returns, but each thread stops when it next may. */
    private static void awaitStopped(long pid) throws IOException {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(tasks)) {
            return;
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!areStopped(tasks)) {
            assertTrue(System.nanoTime() < deadline, "SIGSTOP stopped not every thread");
            Thread.onSpinWait();
        }
    }

    private static boolean areStopped(Path tasks) throws IOException {
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                // proc(5): the state follows the name, which stands in parentheses
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException threadEnded) {
            return false;
        }
    }

    @Test
    void interrupt_fromTheTerminal_endsWithZero() throws Exception {
        assumeFalse(ignores(2), "this process was started to ignore SIGINT (in the background)");
        try (Child monitor = Child.monitor(folder)) {
            signal("INT", monitor.pid());
            assertEquals(0, monitor.awaitEnd(), monitor.rest());
        }
    }

    @Test
    void interrupt_whileTheStartHangs_endsIt() throws Exception {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("ca.crt"), "");
        Process fifo = new ProcessBuilder("mkfifo", folder.resolve("ca.crt.fifo") + "").start();
        assumeTrue(fifo.waitFor() == 0, "no mkfifo on this machine");
        // Nobody ever writes into it: reading the certificate does not end.
        Files.move(
                folder.resolve("ca.crt.fifo"),
                folder.resolve("ca.crt"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("ca.key"), "");
        try (Child monitor = Child.start(Map.of(), start("0"))) {
            awaitLogFile(monitor);
            signal("TERM", monitor.pid());
            assertEquals(143, monitor.awaitEnd());
            assertEquals("clawsec: ended by SIGTERM while starting", monitor.rest());
        }
    }

    /** The log is opened after the signals are taken over, and before the certificate is read. */
    private void awaitLogFile(Child monitor) {
        while (!Files.exists(folder.resolve("clawsec.log"))) {
            assertTrue(monitor.process().isAlive(), monitor::rest);
            Thread.onSpinWait();
        }
    }

    @Test
    void logFolder_removedUnderTheMonitor_isMadeAnew() throws Exception {
        try (Child monitor = Child.monitor(folder)) {
            monitor.readUntil("export SSL_CERT_FILE=");
            remove(folder);
            List<String> said = monitor.readUntil("clawsec: ");
            assertTrue(
                    said.getLast().startsWith("clawsec: " + folder + " was removed or replaced"),
                    said::toString);
            Result status = Cli.on(folder, "status");
            assertEquals(0, status.status(), status::toString);
            assertTrue(
                    status.out().startsWith("running (process " + monitor.pid() + ", up "),
                    status.out());
            String log = Files.readString(folder.resolve("clawsec.log"));
            assertTrue(log.contains("was removed or replaced"), log);
            try (Child second = Child.start(Map.of(), start("0"))) {
                assertEquals(3, second.awaitEnd());
            }
            assertEquals(0, Cli.on(folder, "stop").status());
            assertEquals(0, monitor.awaitEnd());
            assertFalse(Files.exists(folder.resolve("monitor.pid")));
            assertFalse(Files.exists(folder.resolve("monitor.sock")));
        }
    }

    private static void remove(Path folder) throws IOException {
        // Renamed first, so that all is gone at once.
        Path away = Files.move(folder, folder.resolveSibling("away"));
        try (Stream<Path> files = Files.list(away)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(away);
    }

    @Test
    void start_takenPort_namesTheKeysAndLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            try (Child refused = Child.start(Map.of(), start(port))) {
                assertEquals(3, refused.awaitEnd());
                assertEquals(
                        "clawsec: cannot listen on 127.0.0.1:"
                                + port
                                + ": Address already in use (proxy_host, proxy_port); set one of"
                                + " these keys to what is free",
                        refused.rest());
            }
        }
        assertFalse(Files.exists(folder.resolve(PidFile.FILE_NAME)));
    }

    @Test
    void hangUp_readsTheRulesAgain_andKeepsTheOldOnesWhereTheyAreBroken() throws Exception {
        assumeFalse(ignores(1), "this process was started to ignore SIGHUP (nohup)");
        Path rules = parent.resolve("rules.json");
        Path config = parent.resolve("config.json");
        Files.writeString(config, "{\"rules_files\":[\"" + rules + "\"]}");
        Files.writeString(rules, RULES.formatted("own_one"));
        try (Child monitor = Child.monitor(folder, "--config", config.toString())) {
            monitor.readUntil("export SSL_CERT_FILE=");
            Files.writeString(rules, RULES.formatted("own_two"));
            signal("HUP", monitor.pid());
            String reloaded = monitor.readUntil("reloaded: ").getLast();
            assertTrue(reloaded.endsWith(" rules; added own_two; removed own_one"), reloaded);
            Files.writeString(rules, "{}");
            signal("HUP", monitor.pid());
            assertEquals(
                    "clawsec: not reloaded, what was loaded before goes on: "
                            + config
                            + " line 1: rules_files: "
                            + rules
                            + " line 1 column 1: the file: version is missing",
                    monitor.readUntil("clawsec: not reloaded").getLast());
            Files.writeString(rules, "[".repeat(100_000));
            signal("HUP", monitor.pid());
            String deep = monitor.readUntil("clawsec: not reloaded").getLast();
            assertTrue(deep.contains(rules + " line 1 column 22: not valid JSON: "), deep);
            Files.writeString(rules, RULES.formatted("own_two"));
            signal("HUP", monitor.pid());
            String same = monitor.readUntil("reloaded: ").getLast();
            assertTrue(same.endsWith(" rules, as before"), same);
            assertEquals(0, Cli.on(folder, "stop").status());
            String log = Files.readString(folder.resolve("clawsec.log"));
            assertTrue(log.contains("added own_two; removed own_one"), log);
            assertTrue(log.contains("not reloaded, what was loaded before goes on"), log);
        }
    }

    private List<String> start(String port) {
        return List.of("start", "--port", port, "--log-dir", folder.toString());
    }

    private Result stopWithin(Duration patience) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Session session =
                new Session(
                        Map.of(),
                        new Terminal(stream, stream, false, Optional::empty),
                        InputStream.nullInputStream(),
                        InstantSource.system());
        ExitStatus status = StopCommand.run(folder, patience, session);
        return new Result(status.code(), out.toString(StandardCharsets.UTF_8), "");
    }

    /** Processes started by this one would ignore it too. */
    private static boolean ignores(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        for (String line : Files.exists(status) ? Files.readAllLines(status) : List.<String>of()) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (signal - 1) & 1)
                        != 0;
            }
        }
        return false;
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
        assertTrue(kill.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, kill.exitValue());
    }
}
