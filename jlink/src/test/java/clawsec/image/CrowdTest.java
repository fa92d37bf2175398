package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many idle connections as the proxy takes, and one more that wants something. */
class CrowdTest {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int FILES_NEEDED = MAX_CONNECTIONS + 500;
    private static final long RESIDENT_LIMIT = 512L << 20;

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImageAndManyFiles() throws Exception {
        image = Environment.image();
        Result limit = Image.run(List.of("sh", "-c", "ulimit -Hn"), Map.of());
        String files = limit.out().strip();
        assumeTrue(
                files.equals("unlimited") || Integer.parseInt(files) >= FILES_NEEDED,
                () -> "only " + files + " open files are allowed here");
    }

    @Test
    void idleConnections_atTheLimit_keepNobodyOut() throws Exception {
        List<SocketChannel> idle = new ArrayList<>();
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Daemon daemon = Daemon.start(image, folder, Map.of())) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), daemon.port());
            for (int i = 0; i < MAX_CONNECTIONS; i++) {
                idle.add(SocketChannel.open(address));
            }
            try (RawClient client = RawClient.connect(daemon.port())) {
                String authority = origin.authority();
                client.send("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority);
                client.send("\r\n\r\n");
                assertEquals("fine", client.readResponse().text());
            }
            assertEquals(0, daemon.run("status").status());
            long resident = Environment.peakResidentBytes(daemon.process());
            assertTrue(resident < RESIDENT_LIMIT, () -> (resident >> 20) + " MiB resident");
        } finally {
            closeAll(idle);
        }
    }

    private static void closeAll(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
