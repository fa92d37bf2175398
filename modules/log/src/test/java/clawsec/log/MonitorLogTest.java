package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MonitorLogTest {
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00 (.*)");
    private static final System.Logger PROXY = System.getLogger("clawsec.proxy");

    @TempDir Path temporary;
    private final PrintStream realStderr = System.err;
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @BeforeEach
    void catchStderr() {
        System.setErr(new PrintStream(stderr, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveStderrBack() {
        System.setErr(realStderr);
    }

    @Test
    void loggers_noneOpen_writeWarningsToStderr() {
        PROXY.log(Level.INFO, "quiet");
        PROXY.log(Level.WARNING, "heard");
        assertEquals("WARNING proxy heard\n", stderr.toString(StandardCharsets.UTF_8));
    }

    @Test
    void log_open_writesToAPrivateFile() throws IOException {
        try (MonitorLog log = open(Level.INFO)) {
            PROXY.log(Level.DEBUG, "unheard");
            PROXY.log(Level.INFO, "listening on {0}", "127.0.0.1:8888");
            PROXY.log(Level.ERROR, () -> "broken");
            assertEquals(
                    List.of("INFO proxy listening on 127.0.0.1:8888", "ERROR proxy broken"),
                    lines());
            assertEquals(Level.INFO, log.level());
        }
        Path file = temporary.resolve("clawsec/clawsec.log");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        PROXY.log(Level.WARNING, "after");
        assertEquals(2, lines().size());
        assertEquals("WARNING proxy after\n", stderr.toString(StandardCharsets.UTF_8));
    }

    @Test
    void setLevel_atRunTime_decidesFromThenOn() throws IOException {
        try (MonitorLog log = open(Level.ERROR)) {
            PROXY.log(Level.WARNING, "one");
            log.setLevel(Level.DEBUG);
            PROXY.log(Level.DEBUG, "two");
            log.setLevel(Level.WARNING);
            PROXY.log(Level.INFO, "three");
            assertEquals(List.of("DEBUG proxy two"), lines());
        }
    }

    @Test
    void log_numbers_areNotGrouped() throws IOException {
        try (MonitorLog log = open(Level.INFO)) {
            PROXY.log(Level.INFO, "port {0} of {1}, {2,number}", 8888, 1234567890123L, 5000);
            PROXY.log(Level.INFO, "{0} {1}", null, new Object[0].length);
            assertEquals(
                    List.of("INFO proxy port 8888 of 1234567890123, 5,000", "INFO proxy null 0"),
                    lines());
            assertTrue(log.failure().isEmpty());
        }
    }

    @Test
    void log_foreignLogger_isSilentBelowWarning() throws IOException {
        try (MonitorLog log = open(Level.DEBUG)) {
            System.Logger foreign = System.getLogger("jdk.event.security");
            foreign.log(Level.INFO, "chatter");
            foreign.log(Level.WARNING, "news");
            assertEquals(List.of("WARNING jdk.event.security news"), lines());
            assertEquals(Level.DEBUG, log.level());
        }
    }

    @Test
    void log_forgedLine_staysOneLine() throws IOException {
        try (MonitorLog log = open(Level.INFO)) {
            PROXY.log(Level.INFO, "host x\r\n2026-01-01 ERROR forged \33[2J\u202e\u2028");
            assertEquals(
                    List.of(
                            "INFO proxy host x\\r\\n2026-01-01 ERROR forged"
                                    + " \\u001b[2J\\u202e\\u2028"),
                    lines());
            assertTrue(log.failure().isEmpty());
        }
    }

    @Test
    void setMask_everyText_isShownThroughIt() throws IOException {
        try (MonitorLog log = open(Level.DEBUG)) {
            log.setMask(text -> text.replace("secret", "***"));
            IOException thrown = new ConnectException("secret.test");
            thrown.setStackTrace(new StackTraceElement[0]);
            PROXY.log(Level.INFO, "no secret here", thrown);
            System.getLogger("a.secret.name").log(Level.WARNING, "{0}", "a secret parameter");
            assertEquals(
                    List.of(
                            "INFO proxy no *** here: java.net.ConnectException: ***.test",
                            "\tjava.net.ConnectException: ***.test",
                            "WARNING a.***.name a *** parameter"),
                    lines());
        }
    }

    @Test
    void log_longMessage_isCutAtTheLimit() throws IOException {
        String atLimit = "x".repeat(LogMessage.TEXT_LIMIT_CHARS);
        try (MonitorLog log = open(Level.INFO)) {
            PROXY.log(Level.INFO, atLimit);
            PROXY.log(Level.INFO, atLimit + "yz");
            assertEquals(
                    List.of(
                            "INFO proxy " + atLimit,
                            "INFO proxy " + atLimit + "... (2 characters cut)"),
                    lines());
            assertTrue(log.failure().isEmpty());
        }
    }

    @Test
    void log_exception_isOneLineAtInfoAndATraceAtDebug() throws IOException {
        Exception thrown =
                new IOException("no way to\norigin", new ConnectException("Connection refused"));
        String line =
                "WARNING proxy gave up: java.io.IOException: no way to\\norigin"
                        + "; caused by java.net.ConnectException: Connection refused";
        try (MonitorLog log = open(Level.INFO)) {
            PROXY.log(Level.WARNING, "gave up", thrown);
            assertEquals(List.of(line), lines());
            log.setLevel(Level.DEBUG);
            PROXY.log(Level.WARNING, "gave up", thrown);
            List<String> lines = lines();
            assertEquals(line, lines.get(1));
            assertEquals("\tjava.io.IOException: no way to", lines.get(2));
            assertTrue(lines.size() > 5);
            assertTrue(lines.stream().skip(2).allMatch(trace -> trace.startsWith("\t")));
        }
    }

    @Test
    void log_hostileParameters_neverThrow() throws IOException {
        Object hostile =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no text");
                    }
                };
        Exception hostileThrown =
                new Exception() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("no text");
                    }
                };
        try (MonitorLog log = open(Level.INFO)) {
            PROXY.log(Level.INFO, "a {0}", hostile);
            PROXY.log(Level.INFO, "b {0", "x");
            PROXY.log(Level.INFO, "c", hostileThrown);
            PROXY.log(Level.INFO, (String) null);
            assertEquals(
                    List.of(
                            "INFO proxy a {0} (parameters cannot be shown)",
                            "INFO proxy b {0 (parameters cannot be shown)",
                            "INFO proxy c",
                            "INFO proxy null"),
                    lines());
            assertTrue(log.failure().isEmpty());
        }
    }

    @Test
    void log_manyVirtualThreadsAndRotation_everyLineIsWhole() throws Exception {
        int threads = 64;
        int each = 100;
        LogFolder folder = LogFolder.open(temporary.resolve("clawsec"));
        RotatingFile file =
                RotatingFile.open(
                        folder.path().resolve("log"),
                        () -> AppendFile.open(folder, "log"),
                        15L * threads * each,
                        MonitorLog.EARLIER_FILES_LIMIT);
        TestClock clock = new TestClock();
        MonitorLog log = new MonitorLog(file, Level.INFO, clock, realStderr);
        List<Thread> workers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            workers.add(
                    Thread.startVirtualThread(() -> {
                        for (int i = 0; i < each; i++) {
                            String text = "line " + number + " " + i;
                            log.write(new LogMessage("test", Level.INFO, text, null));
                        }
                    }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        log.close();
        Set<String> lines = new HashSet<>();
        for (String name : new String[] {"log.3", "log.2", "log.1", "log"}) {
            for (String line : Files.readAllLines(folder.path().resolve(name))) {
                assertTrue(lines.add(withoutTime(line)), line);
            }
        }
        assertEquals(threads * each, lines.size());
        assertTrue(lines.contains("INFO test line 63 99"));
    }

    @Test
    void log_pastTenMegabytes_rotates() throws IOException {
        String text = "x".repeat(LogMessage.TEXT_LIMIT_CHARS);
        Path earlier = temporary.resolve("clawsec/clawsec.log.1");
        try (MonitorLog log = open(Level.INFO)) {
            int lines = 0;
            while (!Files.exists(earlier) && lines < 2000) {
                PROXY.log(Level.INFO, text);
                lines++;
            }
            long line = Files.size(temporary.resolve("clawsec/clawsec.log"));
            assertEquals((lines - 1) * line, Files.size(earlier));
            assertTrue(Files.size(earlier) <= MonitorLog.ROTATION_LIMIT_BYTES);
            assertTrue(Files.size(earlier) + line > MonitorLog.ROTATION_LIMIT_BYTES);
            assertTrue(log.failure().isEmpty());
        }
    }

    @Test
    void log_diskFull_isToldOnceAndNotedAfterwards() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "/dev/full is a Linux device");
        Path folder = LogFolder.open(temporary.resolve("clawsec")).path();
        Path[] disk = {full};
        RotatingFile file =
                RotatingFile.open(
                        folder.resolve("clawsec.log"),
                        () -> AppendFile.open(Files.exists(disk[0]) ? disk[0] : make(disk[0])),
                        MonitorLog.ROTATION_LIMIT_BYTES,
                        MonitorLog.EARLIER_FILES_LIMIT);
        MonitorLog log = new MonitorLog(file, Level.INFO, new TestClock(), System.err);
        log.write(new LogMessage("test", Level.INFO, "one", null));
        log.write(new LogMessage("test", Level.INFO, "two", null));
        String words = "cannot write " + folder.resolve("clawsec.log");
        String reason = ": No space left on device";
        assertEquals(words + reason, log.failure().orElseThrow());
        assertEquals(
                "clawsec: "
                        + words
                        + reason
                        + ". The monitor goes on without this log until it can be written again"
                        + " (free some space, or check the folder).\n",
                stderr.toString(StandardCharsets.UTF_8));
        disk[0] = folder.resolve("clawsec.log");
        log.write(new LogMessage("test", Level.INFO, "three", null));
        assertEquals(
                List.of(
                        "INFO test three",
                        "WARNING log lines lost while this file could not be written: 2"),
                lines());
        assertTrue(log.failure().isEmpty());
        log.close();
    }

    private static Path make(Path file) throws IOException {
        return Files.createFile(file);
    }

    @Test
    void threat_written_isMirroredAtWarningAndItsRepeatsAtInfo() throws IOException {
        TestClock clock = new TestClock();
        Duration window = Duration.ofSeconds(60);
        try (MonitorLog log = open(Level.INFO);
                ThreatLog threats = ThreatLog.open(temporary.resolve("clawsec"), window, clock)) {
            threats.append(Samples.to("api.example:443"));
            threats.append(Samples.to("api.example:443"));
            threats.append(Samples.to("api.example:443"));
            clock.advance(window);
            threats.append(Samples.ssh());
            assertEquals(
                    List.of(
                            "WARNING log threat EXFIL ai_api_key outbound https dest"
                                    + " api.example:443 source 127.0.0.1: Authorization: Bearer"
                                    + " sk-"
                                    + "ant-api01-...",
                            "INFO log threat ai_api_key outbound dest api.example:443: 2 more"
                                    + " within 60 s of 2026-02-19T13:00:00.000000+00:00, not"
                                    + " written",
                            "WARNING log threat SSH_CONNECT established_connection outbound ssh"
                                    + " dest 192.0.2.7:22 source 127.0.0.1: "),
                    lines());
            assertTrue(log.failure().isEmpty());
        }
    }

    private MonitorLog open(Level level) throws IOException {
        return MonitorLog.open(temporary.resolve("clawsec"), level);
    }

    /** The lines without their times, which must be there. */
    private List<String> lines() throws IOException {
        return Files.readAllLines(temporary.resolve("clawsec/clawsec.log")).stream()
                .map(line -> line.startsWith("\t") ? line : withoutTime(line))
                .toList();
    }

    private static String withoutTime(String line) {
        var matcher = TIME.matcher(line);
        assertTrue(matcher.matches(), line);
        return matcher.group(1);
    }
}
