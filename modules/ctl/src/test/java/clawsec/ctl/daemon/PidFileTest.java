package clawsec.ctl.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.log.LogFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Within one process; {@code StartCommandTest} has two. */
class PidFileTest {
    @TempDir private Path path;
    private LogFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = LogFolder.open(path);
    }

    @Test
    void hold_free_writesThisProcess() throws IOException {
        try (PidFile _ = PidFile.hold(folder).orElseThrow()) {
            assertTrue(PidFile.isHeld(path));
            assertTrue(PidFile.hold(folder).isEmpty());
        }
        assertFalse(Files.exists(path.resolve("monitor.pid")));
        assertFalse(PidFile.isHeld(path));
    }

    @Test
    void hold_interrupted_doesNotGoOnTrying() throws IOException {
        try (PidFile _ = PidFile.hold(folder).orElseThrow()) {
            Thread.currentThread().interrupt();
            long startNanos = System.nanoTime();
            boolean isHeld = PidFile.hold(folder).isPresent();
            assertTrue(Thread.interrupted(), "the interrupt is not swallowed");
            assertFalse(isHeld);
            assertTrue(System.nanoTime() - startNanos < PidFile.PATIENCE.toNanos());
        }
    }

    @Test
    void hold_longerStaleNumber_leavesNoneOfIt() throws IOException {
        Files.writeString(path.resolve("monitor.pid"), "123456789012345678\nmore\n");
        try (PidFile _ = PidFile.hold(folder).orElseThrow()) {
            assertTrue(PidFile.isHeld(path));
            assertEquals(
                    (ProcessHandle.current().pid() + "\n").length(),
                    Files.size(path.resolve("monitor.pid")));
        }
    }

    @Test
    void pid_noNumber_isEmpty() throws IOException {
        assertEquals(OptionalLong.empty(), PidFile.pid(path));
        for (String text : new String[] {"", "x", "-1", "1234567890123456789"}) {
            Files.writeString(path.resolve("monitor.pid"), text);
            assertEquals(OptionalLong.empty(), PidFile.pid(path));
        }
        Files.writeString(path.resolve("monitor.pid"), "42\n");
        assertEquals(OptionalLong.of(42), PidFile.pid(path));
    }
}
