package clawsec.tls;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine; a test whose program is missing is skipped. */
record Tool(int exitStatus, String output) {
    private static final long DEADLINE_SECONDS = 30;

    /** Output and errors together; standard input is empty. */
    static Tool run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not on this machine");
            throw e;
        }
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(
                    Arrays.toString(command)
                            + " did not end: "
                            + Files.readString(output, StandardCharsets.ISO_8859_1));
        }
        return new Tool(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    }
}
