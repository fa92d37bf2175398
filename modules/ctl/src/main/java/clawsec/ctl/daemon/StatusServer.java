package clawsec.ctl.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers every connection to the status socket with one JSON object and closes it. Has a platform
 * thread of its own: the proxy's virtual threads share a few carriers, and a status that waits
 * behind thousands of busy connections helps nobody.
 */
public final class StatusServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("clawsec.ctl");

    private static final Duration FAILURE_PAUSE = Duration.ofMillis(100);

    private final Path path;
    private final ServerSocketChannel server;
    private final Supplier<StatusReport> reports;
    private final @Nullable Object identity;

    private StatusServer(Path path, ServerSocketChannel server, Supplier<StatusReport> reports)
            throws IOException {
        this.path = path;
        this.identity = FileIdentity.of(path).orElse(null);
        this.server = server;
        this.reports = reports;
    }

    /**
     * Listens. A socket file left by a killed monitor is replaced; the caller holds the {@link
     * PidFile}, so it is nobody's.
     */
    public static StatusServer open(Path logFolder, Supplier<StatusReport> reports)
            throws IOException {
        Path path = StatusSocket.toBind(logFolder, Path.of(System.getProperty("java.io.tmpdir")));
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            StatusServer opened = new StatusServer(path, server, reports);
            Thread.ofPlatform().daemon().name("status").start(opened::serve);
            return opened;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** False when the socket file was removed or replaced, so that nobody finds this server. */
    boolean isInPlace() throws IOException {
        return identity != null && identity.equals(FileIdentity.of(path).orElse(null));
    }

    /** Stops listening and removes the socket file. */
    @Override
    public void close() throws IOException {
        try (server) {
            if (isInPlace()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                answer();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOGGER.log(System.Logger.Level.DEBUG, "status socket: " + e.getMessage());
                pause(); // accepting fails at once, again and again, while descriptors are short
            } catch (RuntimeException | Error ours) {
                // The catch-all of this thread: this asker goes without, the next may fare better.
                say(ours);
                pause();
            }
        }
    }

    /** Out of memory, the log may fail too; that is no reason to end. */
    private static void say(Throwable ours) {
        try {
            LOGGER.log(System.Logger.Level.ERROR, "a status could not be made", ours);
        } catch (RuntimeException | Error unsaid) {
            // Nothing is left to say it with.
        }
    }

    private void answer() throws IOException {
        try (SocketChannel client = server.accept()) {
            // An answer fits the socket's buffer, so a client that does not read holds up none.
            ByteBuffer answer = ByteBuffer.wrap(json(reports.get()));
            while (answer.hasRemaining()) {
                client.write(answer);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(FAILURE_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] json(StatusReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            report.writeMembers(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
