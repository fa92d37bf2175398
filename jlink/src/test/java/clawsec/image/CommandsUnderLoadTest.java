package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command does its work while hundreds of connections send requests without a pause. */
class CommandsUnderLoadTest {
    private static final int CONNECTIONS = 300;
    private static final String SECRET = "sk-" + "ant-api03-made-up-0123456789abcdef";

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void statusThreatsSecondStartAndStop_whileRequestsFlow_doWhatTheySay() throws Exception {
        CountDownLatch flowing = new CountDownLatch(CONNECTIONS);
        AtomicBoolean isStopping = new AtomicBoolean();
        List<Future<?>> clients = new ArrayList<>();
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Daemon daemon = Daemon.start(image, folder, Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CONNECTIONS; i++) {
                Runnable client = () -> send(daemon.port(), origin, flowing, isStopping);
                clients.add(threads.submit(client));
            }
            assertTrue(flowing.await(60, TimeUnit.SECONDS), () -> flowing.getCount() + " wait");

            Result status = daemon.run("status");
            assertEquals(0, status.status(), status::toString);
            assertFalse(status.out().contains("does not answer"), status.out());
            Result threats = daemon.run("threats", "--json");
            assertEquals(0, threats.status(), threats::toString);
            assertTrue(threats.out().contains("ai_api_key"), threats.out());
            Result second = daemon.run("start", "--port", "0");
            assertEquals(3, second.status(), second::toString);
            assertTrue(second.err().contains("already running"), second.err());

            isStopping.set(true);
            Result stop = daemon.run("stop");
            assertEquals(0, stop.status(), stop::toString);
            assertTrue(stop.out().contains("ended on SIGTERM"), stop.out());
            assertEquals(0, daemon.awaitEnd(), daemon.output());
        }
        for (Future<?> client : clients) {
            client.get(); // throws what the client found wrong
        }
    }

    private static void send(
            int port, ScriptedOrigin origin, CountDownLatch flowing, AtomicBoolean isStopping) {
        String head = "GET http://%1$s/ HTTP/1.1\r\nHost: %1$s\r\nX-Key: %2$s\r\n\r\n";
        String request = head.formatted(origin.authority(), SECRET);
        try (RawClient client = RawClient.connect(port)) {
            boolean isFirst = true;
            while (true) {
                assertEquals("fine", client.send(request).readResponse().text());
                if (isFirst) {
                    flowing.countDown();
                    isFirst = false;
                }
            }
        } catch (IOException e) {
            assertTrue(isStopping.get(), () -> "closed before the stop: " + e);
        }
    }
}
