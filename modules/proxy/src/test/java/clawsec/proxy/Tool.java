package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of others, of this machine; a test that needs one that is missing is skipped. */
final class Tool implements AutoCloseable {
    private static final long SECONDS = 120;

    private final Process process;

    private Tool(Process process) {
        this.process = process;
    }

    /** What a program prints, errors too; it has to end well. */
    static String run(String... command) throws Exception {
        Process process = begin(new ProcessBuilder(command).redirectErrorStream(true));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), command[0] + " hangs");
        assertTrue(process.exitValue() == 0, () -> command[0] + " failed: " + output);
        return output;
    }

    /** A server that is there when it accepts connections at that port. */
    static Tool serve(Path log, int port, String... command) throws Exception {
        Tool tool =
                new Tool(
                        begin(
                                new ProcessBuilder(command)
                                        .redirectErrorStream(true)
                                        .redirectOutput(log.toFile())));
        long startNanos = System.nanoTime();
        while (!accepts(port)) {
            assertTrue(tool.process.isAlive(), () -> command[0] + " ended, see " + log);
            long nanos = System.nanoTime() - startNanos;
            assertTrue(nanos < TimeUnit.SECONDS.toNanos(SECONDS), command[0] + " does not listen");
            Thread.onSpinWait();
        }
        return tool;
    }

    /** A port that nobody had a moment ago, for a server that cannot choose one itself. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Process begin(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException none) {
            Assumptions.abort(
                    builder.command().getFirst() + " is not on this machine: " + none.getMessage());
            throw new IllegalStateException(none);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
