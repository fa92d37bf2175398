package clawsec.testkit.tidy;

import static clawsec.testkit.tidy.Samples.MAIN;
import static clawsec.testkit.tidy.Samples.complaints;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurityChecksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.Socket",
                "java.nio.channels.ByteChannel",
                "java.nio.file.Path",
                "java.io.FileInputStream",
                "java.util.concurrent.Executors",
                "java.util.concurrent.ThreadLocalRandom",
                "java.util.Random",
                "java.util.logging.Logger",
                "java.time.InstantSource",
                "java.security.SecureRandom"
            })
    void pureModules_impureImport_isRefused(String name) {
        String text = "import java.net.URI;\nimport " + name + ";\nclass Sample {}\n";
        assertEquals(
                List.of("2: " + name + " in a pure module"),
                complaints(PurityChecks::pureModules, MAIN, text));
        assertEquals(
                List.of(),
                complaints(PurityChecks::pureModules, MAIN.replace("http-parser", "ctl"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thread.currentThread()",
                "System.nanoTime()",
                "Instant.now()",
                "Math.random()",
                "java.net.InetAddress.getByName(null)"
            })
    void pureModules_impureCall_isRefused(String call) {
        String text = "class Sample {\n    Object made = " + call + ";\n}\n";
        assertEquals(1, complaints(PurityChecks::pureModules, MAIN, text).size());
    }

    @Test
    void ioExceptions_declaredOrMade_areRefusedOutsideIoModules() {
        String text =
                """
                class Sample {
                    void read() throws java.io.EOFException {}
                    Object made = new IOException();
                    private void passesOn() throws IOException {}
                }
                """;
        assertEquals(
                List.of(
                        "2: java.io.EOFException outside the I/O modules",
                        "3: IOException outside the I/O modules"),
                complaints(PurityChecks::ioExceptions, MAIN, text));
    }
}
