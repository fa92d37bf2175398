package clawsec.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process that runs as long as the measurement does.
 *
 * @param log where its outputs go
 */
record Service(String name, Process process, Path log) {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int LOG_LINES_SHOWN = 8;

    /**
     * Waits until the port of the loopback interface accepts.
     *
     * @throws IOException with the end of the log when the process ends or the limit passes first
     */
    void awaitListening(int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!accepts(port)) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "%s does not listen on port %d; it said:%n%s"
                                .formatted(name, port, logEnd()));
            }
            Thread.sleep(POLL);
        }
    }

    /**
     * @throws IOException with the end of the log when the process has ended
     */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(
                    "%s ended with status %d; it said:%n%s"
                            .formatted(name, process.exitValue(), logEnd()));
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private String logEnd() throws IOException {
        List<String> lines = Files.readString(log).lines().toList();
        int from = Math.max(0, lines.size() - LOG_LINES_SHOWN);
        return String.join("\n", lines.subList(from, lines.size()));
    }

    /** Processor time that it and its living children have used. */
    Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
