package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of 10,000 detections. */
class SuddenDeathTest {
    private static final int DETECTIONS = 10_000;
    private static final int CLIENTS = 16;
    private static final String SECRET = "sk-" + "ant-api03-made-up-0123456789abcdef";

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void kill_amidDetections_losesNoneThatWasAnswered() throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> sent = new ArrayList<>();
        CountDownLatch half = new CountDownLatch(DETECTIONS / 2);
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                Daemon daemon =
                        Daemon.start(image, folder, Map.of("CLAWSEC_DEDUP_WINDOW_SECS", "0"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                Runnable client = () -> send(daemon.port(), origin, next, answered, half);
                sent.add(clients.submit(client));
            }
            assertTrue(half.await(60, TimeUnit.SECONDS), () -> answered.size() + " answered");
            daemon.process().destroyForcibly();
            daemon.awaitEnd();
        }
        for (Future<?> client : sent) {
            client.get(); // throws what the client found wrong
        }
        assertTrue(answered.size() >= DETECTIONS / 2 && answered.size() < DETECTIONS);
        Set<String> missing = new HashSet<>(answered);
        missing.removeAll(recorded());
        assertEquals(Set.of(), missing);

        try (Daemon again = Daemon.start(image, folder, Map.of())) {
            Result threats = again.run("threats", "--limit", "20000");
            assertEquals(0, threats.status(), threats.err());
            assertTrue(threats.out().lines().count() >= answered.size());
        }
    }

    /** The URLs on record; only the last line may not be whole. */
    private Set<String> recorded() throws IOException {
        String text = Files.readString(folder.resolve("threats.jsonl"));
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        Set<String> urls = new HashSet<>();
        for (String line : whole.lines().toList()) {
            urls.add(String.valueOf(ThreatLine.parse(line).get("url")));
        }
        return urls;
    }

    private static void send(
            int port,
            ScriptedOrigin origin,
            AtomicInteger next,
            Set<String> answered,
            CountDownLatch half) {
        try (RawClient client = RawClient.connect(port)) {
            for (int i = next.getAndIncrement(); i < DETECTIONS; i = next.getAndIncrement()) {
                String url = "http://" + origin.authority() + "/n/" + i;
                String head = "GET " + url + " HTTP/1.1\r\nHost: " + origin.authority();
                client.send(head + "\r\nX-Key: " + SECRET + "\r\n\r\n");
                if (new String(client.readResponse().body(), StandardCharsets.UTF_8)
                        .equals("fine")) {
                    answered.add(url);
                    half.countDown();
                }
            }
        } catch (IOException e) {
            // The process was killed under this request: it was not answered.
            assertTrue(half.getCount() == 0, e::toString);
        }
    }
}
