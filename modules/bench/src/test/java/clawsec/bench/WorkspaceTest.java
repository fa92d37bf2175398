package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void close_runningService_endsItAndItsChildrenAndRemovesTheFolder() throws Exception {
        Path folder;
        Process process;
        ProcessHandle child;
        try (Workspace workspace = Workspace.open()) {
            folder = workspace.folder("here");
            String script = "sleep 600 & wait";
            process = workspace.startService("shell", List.of("/bin/sh", "-c", script)).process();
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (process.descendants().findAny().isEmpty()) {
                assertTrue(System.nanoTime() < deadline, "the shell started no child");
                Thread.onSpinWait();
            }
            child = process.descendants().findAny().orElseThrow();
        }
        child.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertFalse(process.isAlive());
        assertFalse(Files.exists(folder));
    }

    @Test
    void run_command_givesStatusAndBothOutputs() throws Exception {
        try (Workspace workspace = Workspace.open()) {
            String script = "echo out; echo err >&2; exit 3";
            Output output = workspace.run(List.of("/bin/sh", "-c", script), LIMIT);
            assertEquals(new Output(3, "out\nerr\n"), output);
        }
    }

    @Test
    void run_pastItsLimit_isEndedAndNamed() throws Exception {
        try (Workspace workspace = Workspace.open()) {
            IOException failure =
                    assertThrows(
                            IOException.class,
                            () ->
                                    workspace.run(
                                            List.of("/bin/sleep", "600"), Duration.ofMillis(50)));
            assertTrue(String.valueOf(failure.getMessage()).contains("'/bin/sleep 600'"));
        }
    }

    @Test
    void run_afterClose_startsNothing() throws Exception {
        Workspace workspace = Workspace.open();
        workspace.close();
        assertThrows(IOException.class, () -> workspace.run(List.of("/bin/true"), LIMIT));
    }
}
