package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that do not get out, to a full disk or to a reader that went away. */
class TerminalTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path folder;

    @Test
    void results_thatAreLost_failTheCommandAndSaySo() {
        for (String command : List.of("status", "threats", "--version", "--help")) {
            assertEquals(3, run(command, "No space left on device"));
            assertEquals(
                    "clawsec: cannot write to standard output: No space left on device\n",
                    err.toString(StandardCharsets.UTF_8));
            err.reset();
        }
    }

    @Test
    void results_thatNobodyReads_areNoFailure() {
        assertEquals(0, run("threats", "Broken pipe"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    private int run(String command, String failure) {
        OutputStream refusing =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException(failure);
                    }
                };
        PrintStream stderr = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.of(new StandardOutput(refusing), stderr, false);
        Map<String, String> environment = Map.of("CLAWSEC_LOG_DIR", folder.toString());
        return Main.run(
                List.of(command),
                new Session(
                        environment,
                        terminal,
                        InputStream.nullInputStream(),
                        InstantSource.system()));
    }
}
