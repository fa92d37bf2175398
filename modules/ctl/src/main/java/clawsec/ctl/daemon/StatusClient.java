package clawsec.ctl.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a running monitor for its report. */
public final class StatusClient {
    /** How long the monitor may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The most bytes of an answer. */
    static final int MAX_ANSWER_BYTES = 1 << 20;

    private StatusClient() {}

    /** The report; empty where nothing answers in time. */
    public static Optional<StatusReport> ask(Path logFolder) throws InterruptedException {
        FutureTask<StatusReport> question = new FutureTask<>(() -> report(logFolder));
        Thread.ofPlatform().daemon().name("status question").start(question);
        try {
            return Optional.of(question.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return Optional.empty();
        } catch (TimeoutException e) {
            question.cancel(true);
            return Optional.empty();
        }
    }

    private static StatusReport report(Path logFolder) throws IOException {
        Path temporaryFolder = Path.of(System.getProperty("java.io.tmpdir"));
        Optional<Path> path = StatusSocket.toConnect(logFolder, temporaryFolder);
        if (path.isEmpty()) {
            throw new IOException("no status socket for " + logFolder);
        }
        byte[] answer;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path.get()));
                InputStream in = Channels.newInputStream(channel)) {
            answer = in.readNBytes(MAX_ANSWER_BYTES);
        }
        try (JsonParser json = new JsonFactory().createParser(answer)) {
            return StatusReport.read(json);
        }
    }
}
