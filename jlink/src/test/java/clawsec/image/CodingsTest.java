package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Event streams in each content coding, flushed after each event, and what cannot be decoded. */
class CodingsTest {
    private static final Path CODED =
            Path.of(System.getProperty("clawsec.root", "."), "testdata", "codings");
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Encoding: gzip, events.gz, gzip",
        "Content-Encoding: br, events.br, br",
        "Content-Encoding: zstd, events.zst, zstd",
        "X-Coding: none, events.zst, zstd",
        "X-Coding: none, events.gz, gzip",
        "Content-Encoding: gzip, events.zst, zstd",
        "Content-Encoding: zstd, events.gz, gzip",
    })
    void stream_coded_isFoundAtItsFlush(String label, String file, String via) throws Exception {
        assertFoundAtItsFlush(label, pieces(file), "[\"" + via + "\"]");
    }

    @Test
    void stream_codedTwice_isFoundAtItsFlush() throws Exception {
        List<byte[]> inner = pieces("events.zst");
        List<byte[]> outer = new ArrayList<>();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(wire, 512, true)) {
            for (byte[] piece : inner) {
                gzip.write(piece);
                gzip.flush();
                outer.add(wire.toByteArray());
                wire.reset();
            }
        }
        outer.add(wire.toByteArray());
        assertFoundAtItsFlush("Content-Encoding: zstd, gzip", outer, "[\"gzip\",\"zstd\"]");
    }

    @Test
    void whatCannotBeDecoded_passesAndIsCounted() throws Exception {
        byte[] damaged = Files.readAllBytes(CODED.resolve("words.1.zst"));
        damaged[damaged.length - 1] ^= 1;
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[20_000_000]);
        }
        HttpScript script = HttpScript.text("fine");
        Map<String, String> environment = Map.of("CLAWSEC_MAX_SCAN_BYTES", "0");
        try (ScriptedOrigin origin = ScriptedOrigin.open(script);
                Daemon daemon = Daemon.start(image, folder, environment);
                RawClient client = RawClient.connect(daemon.port())) {
            post(client, script, origin, "foo", "key=made up".getBytes(StandardCharsets.US_ASCII));
            post(client, script, origin, "gzip", bomb.toByteArray());
            post(client, script, origin, "zstd", damaged);
            String status = daemon.run("status", "--json").out();
            for (String reason :
                    List.of("coding foo", "ratio 200 exceeded", "wrong zstd checksum")) {
                assertTrue(status.contains("\"" + reason + "\":1"), status);
            }
        }
    }

    private static void post(
            RawClient client, HttpScript script, ScriptedOrigin origin, String coding, byte[] body)
            throws Exception {
        client.send(
                "POST http://%1$s/ HTTP/1.1\r\nHost: %1$s\r\nContent-Encoding: %2$s\r\n"
                        .formatted(origin.authority(), coding));
        client.send("Content-Length: " + body.length + "\r\n\r\n").send(body);
        assertEquals(200, client.readResponse().status());
        assertArrayEquals(body, script.awaitRequest().body(), "the client's bytes");
    }

    /** The second event holds a key; the third is not sent before that is recorded. */
    private void assertFoundAtItsFlush(String label, List<byte[]> pieces, String via)
            throws Exception {
        LinkedBlockingQueue<String> sent = new LinkedBlockingQueue<>();
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(sent));
                Daemon daemon = Daemon.start(image, folder, Map.of());
                RawClient client = RawClient.connect(daemon.port())) {
            client.send(
                    "GET http://%1$s/ HTTP/1.1\r\nHost: %1$s\r\n".formatted(origin.authority()));
            client.send("Accept-Encoding: gzip, br, zstd, foo\r\n\r\n");
            sent.add("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
            sent.add(label + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.readUntil("\r\n\r\n");
            for (int i = 0; i < pieces.size(); i++) {
                String chunk = chunk(pieces.get(i));
                sent.add(chunk);
                byte[] expected = chunk.getBytes(StandardCharsets.ISO_8859_1);
                assertArrayEquals(expected, client.readExactly(expected.length), "as it came");
                if (i == 1) {
                    assertEquals(via, awaitKey().get("via"));
                }
            }
            sent.add("0\r\n\r\n");
            client.readUntil("0\r\n\r\n");
            sent.add("");
        }
    }

    private Map<String, String> awaitKey() throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < DEADLINE_NANOS) {
            for (Map<String, String> threat : wholeThreats()) {
                if ("ai_api_key".equals(threat.get("pattern"))) {
                    return threat;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no key was recorded while the stream was open");
    }

    private List<Map<String, String>> wholeThreats() throws IOException {
        return Files.exists(folder.resolve("threats.jsonl"))
                ? ThreatLine.readAll(folder)
                : List.of();
    }

    /** A coded stream cut where its encoder flushed. */
    private static List<byte[]> pieces(String file) throws IOException {
        byte[] coded = Files.readAllBytes(CODED.resolve(file));
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (String line : Files.readAllLines(CODED.resolve(file + ".flushes"))) {
            int to = Integer.parseInt(line);
            pieces.add(Arrays.copyOfRange(coded, from, to));
            from = to;
        }
        pieces.add(Arrays.copyOfRange(coded, from, coded.length));
        return pieces;
    }

    private static String chunk(byte[] bytes) {
        return Integer.toHexString(bytes.length)
                + "\r\n"
                + new String(bytes, StandardCharsets.ISO_8859_1)
                + "\r\n";
    }
}
