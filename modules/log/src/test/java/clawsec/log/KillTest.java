package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that dies, or lives under a strange umask or limit, leaves behind. */
@Timeout(60)
class KillTest {
    private static final int ACKNOWLEDGED_BEFORE_KILL = 5_000;

    @TempDir Path temporary;
    private @Nullable Process child;

    @AfterEach
    void endChild() {
        if (child != null) {
            child.destroyForcibly();
        }
    }

    @Test
    void kill9_inTheMiddleOfAppending_losesNothingAcknowledged() throws Exception {
        Process appender = start(":", "64", "1000000");
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader acknowledgements = appender.inputReader(StandardCharsets.UTF_8)) {
            for (String dest = acknowledgements.readLine();
                    dest != null;
                    dest = acknowledgements.readLine()) {
                acknowledged.add(dest);
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    // By its handle: Process itself would close the stream that is read here.
                    appender.toHandle().destroyForcibly();
                }
            }
        }
        assertEquals(128 + 9, appender.waitFor());
        assertTrue(acknowledged.size() >= ACKNOWLEDGED_BEFORE_KILL);
        // The last acknowledgement may itself be cut off.
        acknowledged.removeLast();

        ThreatPage page = newest();
        Set<String> written = new HashSet<>();
        page.lines().forEach(line -> written.add(line.dest()));
        assertTrue(written.containsAll(acknowledged));
        assertTrue(page.skipped() <= 1, "broken lines: " + page.skipped());
        appendAndReadBack();
    }

    @Test
    void fileSizeLimit_reached_isHeldAndTrafficGoesOn() throws Exception {
        Process appender = start("ulimit -f 16", "4", "100");
        List<String> out = drain(appender);
        String problems =
                new String(appender.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, appender.waitFor(), problems);
        int written = out.size() - 1;
        assertTrue(written > 10 && written < 400, "written: " + written);
        assertEquals("end " + written + " " + (400 - written) + " 0", out.getLast());
        assertEquals(1, problems.split("cannot write .*threats.jsonl", -1).length - 1, problems);
        assertEquals(1, problems.split("cannot write .*clawsec.log", -1).length - 1, problems);
        assertEquals(written, newest().lines().size());
        appendAndReadBack();
    }

    @ParameterizedTest
    @ValueSource(strings = {"umask 000", "umask 777"})
    void umask_strange_filesArePrivateAllTheSame(String umask) throws Exception {
        Process appender = start(umask, "1", "1");
        List<String> out = drain(appender);
        assertEquals(List.of("host0.0.example:443", "end 1 0 0"), out);
        assertEquals(0, appender.waitFor());
        assertEquals("rwx------", mode(folder()));
        assertEquals("rw-------", mode(folder().resolve(ThreatLog.FILE_NAME)));
        assertEquals("rw-------", mode(folder().resolve(MonitorLog.FILE_NAME)));
    }

    private void appendAndReadBack() throws IOException {
        long before = newest().skipped();
        try (MonitorLog monitor = MonitorLog.open(folder(), System.Logger.Level.INFO);
                ThreatLog log =
                        ThreatLog.open(folder(), Duration.ofSeconds(60), InstantSource.system())) {
            assertEquals(Outcome.WRITTEN, log.append(Samples.to("afterwards:1")));
            assertTrue(monitor.failure().isEmpty());
        }
        ThreatPage page = newest();
        assertEquals("afterwards:1", page.lines().getFirst().dest());
        assertEquals(before, page.skipped());
        assertFalse(page.lines().isEmpty());
    }

    private ThreatPage newest() throws IOException {
        return new ThreatReader(folder().resolve(ThreatLog.FILE_NAME))
                .newest(ThreatQuery.ALL, Integer.MAX_VALUE);
    }

    private static List<String> drain(Process appender) throws Exception {
        try (BufferedReader out = appender.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            assertTrue(appender.waitFor(30, TimeUnit.SECONDS));
            return lines;
        }
    }

    private Process start(String setup, String threads, String each) throws IOException {
        Process started = ChildJvm.start(setup, folder().toString(), threads, each);
        child = started;
        return started;
    }

    private Path folder() {
        return temporary.resolve("clawsec");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
