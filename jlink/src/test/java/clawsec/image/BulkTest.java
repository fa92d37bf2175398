package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies far larger than the heap pass, and the process does not grow with them. */
class BulkTest {
    private static final long BYTES = 2L << 30;
    private static final long RESIDENT_LIMIT = 512L << 20;
    private static final byte[] BLOCK = new byte[1 << 16];

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void upload_twoGigabytesOverHttp_passesAtConstantMemory() throws Exception {
        BlockingQueue<Long> counts = new LinkedBlockingQueue<>();
        try (ScriptedOrigin origin =
                        ScriptedOrigin.open((in, out, socket) -> swallow(in, out, counts));
                Daemon daemon = Daemon.start(image, folder, Map.of());
                RawClient client = RawClient.connect(daemon.port())) {
            String authority = origin.authority();
            client.send("POST http://" + authority + "/ HTTP/1.1\r\nHost: " + authority);
            client.send("\r\nContent-Length: " + BYTES + "\r\n\r\n");
            pour(client.socket().getOutputStream());
            assertEquals(200, client.readResponse().status());
            assertEquals(BYTES, counts.poll(20, TimeUnit.SECONDS));
            assertResidentWithinLimit(daemon);
        }
    }

    @Test
    void download_twoGigabytesOverHttps_passesAtConstantMemory() throws Exception {
        TestCa ca = TestCa.create();
        Map<String, String> environment =
                Map.of("CLAWSEC_UPSTREAM_CA_FILE", ca.writePem(folder).toString());
        try (ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                ca.serverContext("localhost"), (in, out, socket) -> give(in, out));
                Daemon daemon = Daemon.start(image, folder, environment);
                RawClient client =
                        RawClient.connectTls(
                                daemon.port(), "localhost:" + origin.port(), daemon.trust())) {
            client.send("GET /big HTTP/1.1\r\nHost: localhost:" + origin.port() + "\r\n\r\n");
            client.readUntil("\r\n\r\n");
            assertEquals(BYTES, client.skip(BYTES));
            assertResidentWithinLimit(daemon);
        }
    }

    private static void assertResidentWithinLimit(Daemon daemon) throws Exception {
        long resident = Environment.peakResidentBytes(daemon.process());
        assertTrue(resident < RESIDENT_LIMIT, () -> (resident >> 20) + " MiB resident");
    }

    private static void swallow(InputStream in, OutputStream out, BlockingQueue<Long> counts)
            throws IOException {
        WireMessage.readRequestHead(in);
        in.skipNBytes(BYTES);
        counts.add(BYTES);
        out.write(
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void give(InputStream in, OutputStream out) throws IOException {
        WireMessage.readRequestHead(in);
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + BYTES + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        pour(out);
    }

    private static void pour(OutputStream out) throws IOException {
        for (long left = BYTES; left > 0; left -= BLOCK.length) {
            out.write(BLOCK);
        }
    }
}
