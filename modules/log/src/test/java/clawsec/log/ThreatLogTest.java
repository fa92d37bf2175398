package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ThreatLogTest {
    private static final Duration WINDOW = Duration.ofSeconds(60);

    @TempDir Path temporary;
    private final TestClock clock = new TestClock();
    private @Nullable MonitorLog monitorLog;

    @BeforeEach
    void openMonitorLog() throws IOException {
        monitorLog = MonitorLog.open(temporary.resolve("monitor"), System.Logger.Level.INFO);
    }

    @AfterEach
    void closeMonitorLog() throws IOException {
        Objects.requireNonNull(monitorLog).close();
    }

    @Test
    void append_finding_isOneLineOfAPrivateFile() throws IOException {
        try (ThreatLog log = open(WINDOW)) {
            assertEquals(Outcome.WRITTEN, log.append(Samples.to("a:1")));
            assertEquals(List.of(new Threat(Samples.to("a:1"), clock.instant()).toJson()), lines());
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(log.path())));
            assertEquals(temporary.resolve("clawsec/threats.jsonl"), log.path());
        }
    }

    @Test
    void append_repeat_isCountedUntilTheWindowEnds() throws IOException {
        try (ThreatLog log = open(WINDOW)) {
            assertEquals(Outcome.WRITTEN, log.append(Samples.ssh()));
            clock.advance(WINDOW.minusNanos(1));
            assertEquals(Outcome.SUPPRESSED, log.append(Samples.ssh()));
            clock.advance(Duration.ofNanos(1));
            assertEquals(Outcome.WRITTEN, log.append(Samples.ssh()));
            assertEquals(new ThreatTally(2, 1, 0, 0), log.tally());
            assertEquals(2, lines().size());
        }
    }

    @Test
    void append_windowZero_writesEveryOne() throws IOException {
        try (ThreatLog log = open(Duration.ZERO)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(Outcome.WRITTEN, log.append(Samples.ssh()));
            }
            assertEquals(3, lines().size());
        }
    }

    @Test
    void open_fileEndsMidLine_beginsALineOfItsOwn() throws IOException {
        Path folder = LogFolder.open(temporary.resolve("clawsec")).path();
        Files.writeString(folder.resolve("threats.jsonl"), "{\"direction\":\"outb");
        try (ThreatLog log = open(WINDOW)) {
            log.append(Samples.to("a:1"));
            log.append(Samples.to("b:1"));
        }
        assertEquals(3, lines().size());
        assertEquals("{\"direction\":\"outb", lines().getFirst());
        try (ThreatLog log = open(WINDOW)) {
            log.append(Samples.to("a:1"));
        }
        assertEquals(4, lines().size());
    }

    @Test
    void append_fileRemovedOrMovedAway_makesItAnew() throws IOException {
        try (ThreatLog log = open(Duration.ZERO)) {
            log.append(Samples.to("a:1"));
            Files.delete(log.path());
            log.append(Samples.to("b:1"));
            assertEquals(1, lines().size());
            Path moved = temporary.resolve("moved");
            Files.move(log.path(), moved);
            log.append(Samples.to("c:1"));
            assertEquals(1, lines().size());
            assertEquals(1, Files.readAllLines(moved).size());
            assertEquals(new ThreatTally(3, 0, 0, 0), log.tally());
        }
    }

    @Test
    void append_cannotWrite_failsThenCatchesUp() throws IOException {
        try (ThreatLog log = open(WINDOW)) {
            Files.delete(log.path());
            Files.createDirectory(log.path());
            assertEquals(Outcome.FAILED, log.append(Samples.to("a:1")));
            assertEquals(Outcome.SUPPRESSED, log.append(Samples.to("a:1")));
            assertEquals(new ThreatTally(0, 1, 1, 0), log.tally());
            String failure = log.failure().orElseThrow();
            assertTrue(failure.contains("is a folder, not a file; remove it"), failure);
            Files.delete(log.path());
            assertEquals(Outcome.SUPPRESSED, log.append(Samples.to("a:1")));
            assertEquals(1, lines().size());
            assertEquals(new ThreatTally(1, 2, 0, 0), log.tally());
            assertTrue(log.failure().isEmpty());
        }
    }

    @Test
    void append_afterClose_isNotLost() throws IOException {
        ThreatLog log = open(WINDOW);
        log.close();
        assertEquals(Outcome.WRITTEN, log.append(Samples.to("a:1")));
        assertEquals(1, lines().size());
        log.close();
    }

    @Test
    void append_manyVirtualThreads_everyLineIsWhole() throws Exception {
        int threads = 64;
        int each = 200;
        CountDownLatch start = new CountDownLatch(1);
        try (ThreatLog log = open(WINDOW)) {
            List<Thread> workers =
                    IntStream.range(0, threads)
                            .mapToObj(thread ->
                                    Thread.startVirtualThread(
                                            () -> appendAll(log, start, thread, each)))
                            .toList();
            start.countDown();
            for (Thread worker : workers) {
                worker.join();
            }
            assertEquals(new ThreatTally((long) threads * each, 0, 0, 0), log.tally());
        }
        Set<String> expected = new HashSet<>();
        for (int thread = 0; thread < threads; thread++) {
            for (int i = 0; i < each; i++) {
                expected.add(json(thread, i));
            }
        }
        List<String> lines = lines();
        assertEquals(expected.size(), lines.size());
        assertEquals(expected, new HashSet<>(lines));
    }

    @Test
    void append_interruptedThread_stillWrites() throws Exception {
        try (ThreatLog log = open(WINDOW)) {
            Thread interrupted =
                    Thread.startVirtualThread(() -> {
                        Thread.currentThread().interrupt();
                        log.append(Samples.to("a:1"));
                    });
            interrupted.join();
            assertEquals(Outcome.WRITTEN, log.append(Samples.to("b:1")));
            assertEquals(2, lines().size());
        }
    }

    @Test
    void open_negativeWindow_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> open(Duration.ofNanos(-1)));
    }

    @Test
    void open_folderNotSafe_isRefused() throws IOException {
        Files.createSymbolicLink(temporary.resolve("clawsec"), temporary);
        IOException refusal = assertThrows(IOException.class, () -> open(WINDOW));
        assertTrue(refusal.toString().contains("symbolic link"), refusal.toString());
    }

    private void appendAll(ThreatLog log, CountDownLatch start, int thread, int count) {
        try {
            start.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        for (int i = 0; i < count; i++) {
            log.append(Samples.to("host" + i + "." + thread + ".example:443"));
        }
    }

    private String json(int thread, int i) {
        return new Threat(Samples.to("host" + i + "." + thread + ".example:443"), clock.instant())
                .toJson();
    }

    private ThreatLog open(Duration window) throws IOException {
        return ThreatLog.open(temporary.resolve("clawsec"), window, clock);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(temporary.resolve("clawsec/threats.jsonl"));
    }
}
