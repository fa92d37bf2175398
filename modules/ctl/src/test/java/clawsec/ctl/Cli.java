package clawsec.ctl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands in this process, as a shell would see them. */
final class Cli {
    /** What a command left behind. */
    record Result(int status, String out, String err) {}

    private Cli() {}

    static Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Runs a command on one log folder. */
    static Result on(Path logFolder, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--log-dir", logFolder.toString()));
        return run(all.toArray(String[]::new));
    }

    static Result run(Map<String, String> environment, String... arguments) {
        return reading("", environment, arguments);
    }

    /** Runs a command with a text on its standard input. */
    static Result reading(String input, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                Main.run(
                        List.of(arguments),
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
