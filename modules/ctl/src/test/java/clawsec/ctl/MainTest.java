package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.ctl.Cli.Result;
import clawsec.ctl.cli.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir private Path folder;

    @Test
    void run_version_saysVersionCommitAndJava() {
        Result result = Cli.run("--version");
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
                Cli.run("statsu"));
    }

    @Test
    void run_wrongConfiguration_exitsTwoWithTheMessageAlone() {
        assertEquals(
                new Result(
                        2,
                        "",
                        "clawsec: CLAWSEC_PROXY_PORT is x; allowed is a whole number from 0 to"
                                + " 65535\n"),
                Cli.run(Map.of("CLAWSEC_PROXY_PORT", "x"), "status"));
    }

    @Test
    void run_helpOfEveryCommand_exitsZeroAndNamesItsOptions() {
        for (Command command : Command.values()) {
            Result result = Cli.run((command.words() + " --help").split(" ", -1));
            assertEquals(0, result.status());
            command.options()
                    .forEach(option -> assertTrue(result.out().contains("  " + option.usage())));
            assertTrue(result.out().lines().allMatch(line -> line.length() <= 100), result.out());
        }
    }

    @Test
    void run_statusAndStopOfNothing_exitOne() {
        Path none = folder.resolve("none");
        assertEquals(new Result(1, "stopped (log_dir " + none + ")\n", ""), Cli.on(none, "status"));
        assertEquals(
                new Result(
                        1,
                        "{\"state\":\"stopped\",\"log_dir\":\""
                                + none
                                + "\",\"last_threats\":[]}\n",
                        ""),
                Cli.on(none, "status", "--json"));
        assertEquals(
                new Result(1, "not running (log_dir " + none + ")\n", ""), Cli.on(none, "stop"));
    }

    @Test
    void run_logDirOfAnotherKind_exitsThreeAndSaysSo() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Result result = Cli.on(file, "status");
        assertEquals(3, result.status());
        assertEquals(
                "clawsec: " + file.resolve("monitor.pid") + ": Not a directory\n", result.err());
    }

    @Test
    void run_configWithoutAName_saysWhatIsAllowed() {
        assertEquals(
                "clawsec: --config is empty; allowed is a path of a file\n"
                        + "Try: clawsec status --help\n",
                Cli.run("status", "--config", "").err());
    }
}
