package clawsec.ctl;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command in a process of its own, on the module path of this one. Closing it kills the process.
 * Confined to one thread.
 */
final class Child implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 30;
    private static final int LIFE_SECONDS = 120;

    private final Process process;
    private final BufferedReader out;

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader();
        // A test that waits in vain for a line ends with it.
        CompletableFuture.delayedExecutor(LIFE_SECONDS, TimeUnit.SECONDS)
                .execute(process::destroyForcibly);
    }

    /** Starts the monitor on free ports and waits until it says that it listens. */
    static Child monitor(Path logFolder, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("start", "--port", "0"));
        all.addAll(List.of("--log-dir", logFolder.toString()));
        all.addAll(List.of(arguments));
        Child child = start(Map.of("CLAWSEC_GATEWAY_LOCAL_PORT", "0"), all);
        child.readUntil("export ");
        return child;
    }

    /** Starts a command; what it says on standard error comes with its standard output. */
    static Child start(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(List.of("-p", System.getProperty("jdk.module.path")));
        command.addAll(List.of("-m", "clawsec.ctl/clawsec.ctl.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CLAWSEC_"));
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    Process process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    /** The output up to and with the first line that begins so. */
    List<String> readUntil(String beginning) throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("no line begins with " + beginning + ": " + lines);
            }
            lines.add(line);
            if (line.startsWith(beginning)) {
                return lines;
            }
        }
    }

    /** Waits for the end and returns the exit status. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + pid() + " goes on");
        }
        return process.exitValue();
    }

    /** The rest of the output. */
    String rest() {
        return String.join("\n", out.lines().toList());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
