package clawsec.ctl.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.ctl.config.ConfigLoader;
import clawsec.ctl.config.GivenFlags;
import clawsec.log.MonitorLog;
import clawsec.log.ThreatLine;
import clawsec.log.ThreatLog;
import clawsec.log.ThreatQuery;
import clawsec.log.ThreatReader;
import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Event streams through the monitor with all detection on. The origin sends an event only when the
 * client has got the one before to its last byte: a byte that is held back stops the stream.
 */
class EventStreamReplayTest {
    private static final String KEY = "AKIAQWERTY" + "ZXCVBN1234";
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private MonitorLog log;
    private ThreatLog threats;
    private Monitor monitor;

    @BeforeEach
    void open() throws Exception {
        log = MonitorLog.open(folder, System.Logger.Level.INFO);
        threats = ThreatLog.open(folder, Duration.ZERO, InstantSource.system());
        Map<String, String> environment =
                Map.of(
                        "CLAWSEC_LOG_DIR", folder.toString(),
                        "CLAWSEC_PROXY_PORT", "0",
                        "CLAWSEC_GATEWAY_LOCAL_PORT", "0",
                        "CLAWSEC_ENABLE_SSH_WATCHER", "false");
        monitor =
                Monitor.open(
                        ConfigLoader.load(GivenFlags.NONE, environment),
                        threats,
                        log,
                        InstantSource.system());
    }

    @AfterEach
    void close() throws IOException {
        monitor.close();
        threats.close();
        log.close();
    }

    @Test
    void recordedStreams_arriveEventByEvent_andAreNoThreat() throws Exception {
        for (List<byte[]> stream : recorded()) {
            replay(stream, "");
        }
        assertEquals(List.of(), allThreats());
    }

    @Test
    void recordedStreams_codedAndFlushed_arriveEventByEvent() throws Exception {
        for (List<byte[]> stream : recorded()) {
            replay(gzipped(stream), "Content-Encoding: gzip\r\n");
        }
        assertEquals(List.of(), allThreats());
    }

    @Test
    void secretInPieces_isRecordedWhileTheStreamIsOpen() throws Exception {
        assertRecorded(secretInPieces(), "", List.of("deltas"));
    }

    @Test
    void secretInPieces_codedAndFlushed_isRecordedWhileTheStreamIsOpen() throws Exception {
        assertRecorded(
                gzipped(secretInPieces()), "Content-Encoding: gzip\r\n", List.of("gzip", "deltas"));
    }

    private void assertRecorded(List<byte[]> stream, String field, List<String> via)
            throws Exception {
        try (Passage passage = new Passage(field)) {
            for (byte[] event : stream) {
                passage.pass(event);
            }
            List<ThreatLine> found = awaitThreat();
            assertEquals("aws_access_key", found.getFirst().pattern());
            assertEquals(via, found.getFirst().via());
            passage.end();
        }
        assertEquals(1, allThreats().size());
    }

    private static List<byte[]> secretInPieces() {
        List<byte[]> events = new ArrayList<>();
        String text = "Your key is " + KEY + ".";
        for (int at = 0; at < text.length(); at += 3) {
            String piece = text.substring(at, Math.min(text.length(), at + 3));
            String event =
                    """
                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,\
                    "delta":{"type":"text_delta","text":"%s"}}

                    """;
            events.add(event.formatted(piece).getBytes(UTF_8));
        }
        return events;
    }

    private void replay(List<byte[]> stream, String field) throws Exception {
        try (Passage passage = new Passage(field)) {
            for (byte[] event : stream) {
                passage.pass(event);
            }
            passage.end();
        }
    }

    /** One response, of which each piece is sent when the one before has arrived. */
    private final class Passage implements AutoCloseable {
        private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
        private final ScriptedOrigin origin;
        private final RawClient client;
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

        private Passage(String field) throws Exception {
            origin = ScriptedOrigin.open(HttpScript.of((request, out) -> send(field, out)));
            int port = Objects.requireNonNull(monitor.listeners().get("proxy")).getPort();
            client = RawClient.connect(port);
            client.send(
                    "GET http://%1$s/ HTTP/1.1\r\nHost: %1$s\r\n\r\n"
                            .formatted(origin.authority()));
            assertTrue(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200"));
        }

        private void send(String field, OutputStream out) throws IOException {
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                    + field
                                    + "Transfer-Encoding: chunked\r\n\r\n")
                            .getBytes(UTF_8));
            byte[] piece;
            do {
                piece = next();
                out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(UTF_8));
                out.write(piece);
                out.write("\r\n".getBytes(UTF_8));
                out.flush();
            } while (piece.length > 0);
        }

        private byte[] next() throws IOException {
            try {
                byte[] piece = pieces.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
                if (piece == null) {
                    throw new IOException("nothing to send");
                }
                return piece;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        /** Returns when the piece has arrived, whatever chunks it came in. */
        private void pass(byte[] piece) throws IOException {
            pieces.add(piece);
            arrived.reset();
            while (arrived.size() < piece.length) {
                arrived.writeBytes(client.readExactly(chunkSize()));
                client.readUntil("\r\n");
            }
            assertArrayEquals(piece, arrived.toByteArray());
        }

        private void end() throws IOException {
            pieces.add(new byte[0]);
            assertEquals(0, chunkSize());
        }

        private int chunkSize() throws IOException {
            return HexFormat.fromHexDigits(client.readUntil("\r\n").strip());
        }

        @Override
        public void close() throws IOException {
            client.close();
            origin.close();
        }
    }

    private static List<byte[]> gzipped(List<byte[]> events) throws IOException {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        List<byte[]> pieces = new ArrayList<>();
        try (GZIPOutputStream gzip = new GZIPOutputStream(coded, 512, true)) {
            for (byte[] event : events) {
                gzip.write(event);
                gzip.flush();
                pieces.add(coded.toByteArray());
                coded.reset();
            }
        }
        pieces.add(coded.toByteArray());
        return pieces;
    }

    /** The streams that others recorded, each as its events; skipped where they are absent. */
    private static List<List<byte[]>> recorded() throws IOException {
        String shared = System.getenv("CLAWSEC_SHARED");
        Path base =
                shared == null
                        ? Path.of(System.getProperty("clawsec.root", "."), "..", "shared")
                        : Path.of(shared);
        Path streams = base.resolve("captures").resolve("llm-sse");
        assumeTrue(Files.isDirectory(streams), "no " + streams);
        List<List<byte[]>> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(streams)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".chunks.txt")).toList()) {
                List<byte[]> events = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    events.add(("data: " + line + "\n\n").getBytes(UTF_8));
                }
                all.add(events);
            }
        }
        assertTrue(all.size() > 30, () -> all.size() + " streams");
        return all;
    }

    private List<ThreatLine> awaitThreat() throws IOException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        List<ThreatLine> found = allThreats();
        while (found.isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "nothing was recorded");
            Thread.onSpinWait();
            found = allThreats();
        }
        return found;
    }

    private List<ThreatLine> allThreats() throws IOException {
        return new ThreatReader(threats.path()).newest(ThreatQuery.ALL, 10).lines();
    }
}
