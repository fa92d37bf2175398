package clawsec.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A linked image in a folder, used from outside as its users do. No {@code CLAWSEC_*} variable of
 * this process reaches what it starts. Immutable.
 */
public final class Image {
    private static final long COMMAND_SECONDS = 60;

    private final Path folder;

    private Image(Path folder) {
        this.folder = folder;
    }

    /** The image in a folder that has {@code bin/clawsec}. */
    public static Image at(Path folder) {
        return new Image(folder.toAbsolutePath());
    }

    public Path folder() {
        return folder;
    }

    /** {@code bin/clawsec}. */
    public Path launcher() {
        return folder.resolve("bin/clawsec");
    }

    /** Runs {@code clawsec} with these arguments to its end. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        return run(command, Map.of());
    }

    /**
     * Runs any command to its end.
     *
     * @throws IllegalStateException when it has not ended after a minute
     */
    public static Result run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        try {
            Process process = builder(command, environment, out, err).start();
            process.getOutputStream().close();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " has not ended: " + text(out, err));
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static ProcessBuilder builder(
            List<String> command, Map<String, String> environment, Path out, Path err) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("CLAWSEC_"));
        builder.environment().putAll(environment);
        return builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    }

    /** What files hold, one after the other; bytes that are not UTF-8 are replaced. */
    static String text(Path... files) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
        return all.toString();
    }
}
