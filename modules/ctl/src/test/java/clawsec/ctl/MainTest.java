package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir private Path folder;

    /** What a run left behind. */
    private record Result(int status, String out, String err) {}

    @Test
    void run_version_saysVersionCommitAndJava() {
        Result result = run("--version");
        assertEquals(0, result.status());
        assertTrue(
                result.out()
                        .matches("clawsec \\d+\\.\\d+\\.\\d+ \\(commit \\w+\\), Java 25\\S*\\n"),
                result.out());
    }

    @Test
    void run_unknownCommand_asksAndPointsToHelp() {
        assertEquals(
                new Result(
                        2,
                        "",
                        """
                        clawsec: unknown command "statsu"; did you mean status?
                        Try: clawsec --help
                        """),
                run("statsu"));
    }

    @Test
    void run_wrongConfiguration_exitsTwoWithTheMessageAlone() {
        assertEquals(
                new Result(
                        2,
                        "",
                        "clawsec: CLAWSEC_PROXY_PORT is x; allowed is a whole number from 0 to"
                                + " 65535\n"),
                run(Map.of("CLAWSEC_PROXY_PORT", "x"), "status"));
    }

    @Test
    void run_statusOfNothing_exitsOne() {
        String logDir = folder.resolve("none").toString();
        assertEquals(
                new Result(1, "stopped (log_dir " + logDir + ")\n", ""),
                run("status", "--log-dir", logDir));
    }

    @Test
    void run_stopOfNothing_exitsOne() {
        String logDir = folder.resolve("none").toString();
        assertEquals(
                new Result(1, "not running (log_dir " + logDir + ")\n", ""),
                run("stop", "--log-dir", logDir));
    }

    private static Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private static Result run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                Main.run(
                        List.of(arguments),
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
