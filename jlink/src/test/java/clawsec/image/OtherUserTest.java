package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users that have a number and no name, as containers give them, and users that may not look. */
class OtherUserTest {
    private static final List<String> NAMELESS =
            List.of("setpriv", "--reuid=12345", "--regid=12345", "--clear-groups");

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImageAndAnotherUser() throws Exception {
        image = Environment.image();
        Environment.requireTool("setpriv");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Result version = Image.run(asOther("--version"), Map.of());
        assumeTrue(version.status() == 0, () -> "no other user can run the image: " + version);
    }

    @Test
    void start_byAUserWithoutAName_serves() throws Exception {
        String logDir = folder.resolve("logs").toString();
        ProcessBuilder builder =
                new ProcessBuilder(asOther("start", "--port", "0", "--log-dir", logDir));
        builder.environment().put("CLAWSEC_GATEWAY_LOCAL_PORT", "0");
        Process monitor = builder.redirectErrorStream(true).start();
        try (BufferedReader out = monitor.inputReader()) {
            List<String> said = new ArrayList<>();
            String line = out.readLine();
            while (line != null && !line.startsWith("export ")) {
                said.add(line);
                line = out.readLine();
            }
            assertTrue(line != null, said::toString);
            assertEquals(0, Image.run(asOther("stop", "--log-dir", logDir), Map.of()).status());
            assertTrue(monitor.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, monitor.exitValue());
        } finally {
            monitor.destroyForcibly();
        }
    }

    @Test
    void records_ofSomebodyElse_saysThatItMayNotLook() throws Exception {
        Path logDir = folder.resolve("logs");
        try (Daemon daemon = Daemon.start(image, logDir, Map.of())) {
            assertEquals(0, daemon.run("stop").status());
        }
        Files.setPosixFilePermissions(logDir, PosixFilePermissions.fromString("rwx------"));
        for (String command : List.of("status", "threats", "ca path", "ca show", "ca export")) {
            List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
            arguments.addAll(List.of("--log-dir", logDir.toString()));
            Result result = Image.run(asOther(arguments.toArray(String[]::new)), Map.of());
            assertEquals(3, result.status(), result::toString);
            assertEquals("", result.out());
            assertTrue(result.err().contains(": permission denied"), result.err());
        }
    }

    private List<String> asOther(String... arguments) {
        List<String> command = new ArrayList<>(NAMELESS);
        command.add(image.launcher().toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
