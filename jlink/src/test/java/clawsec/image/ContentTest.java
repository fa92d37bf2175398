package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in content that is coded or cut, through the linked image into threats.jsonl. */
class ContentTest {
    private static final String SECRET = "sk-" + "ant-api03-made-up-0123456789abcdef";
    private static final String BODY = "{\"key\": \"" + SECRET + "\"}";

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void gzip_isDecodedAndPassedOnAsItCame() throws Exception {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(coded)) {
            out.write(BODY.getBytes(StandardCharsets.US_ASCII));
        }
        assertFoundUnder("gzip", coded.toByteArray());
    }

    @Test
    void deflate_isDecodedAndPassedOnAsItCame() throws Exception {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(coded)) {
            out.write(BODY.getBytes(StandardCharsets.US_ASCII));
        }
        assertFoundUnder("deflate", coded.toByteArray());
    }

    @Test
    void matchCutByTwoChunks_isFound() throws Exception {
        int cut = BODY.length() / 2;
        HttpScript script = HttpScript.text("fine");
        try (ScriptedOrigin origin = ScriptedOrigin.open(script);
                Daemon daemon = Daemon.start(image, folder, Map.of());
                RawClient client = RawClient.connect(daemon.port())) {
            client.send(
                    "POST http://%1$s/ HTTP/1.1\r\nHost: %1$s\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .formatted(origin.authority()));
            client.send(chunk(BODY.substring(0, cut)));
            client.send(chunk(BODY.substring(cut)) + "0\r\n\r\n");
            assertEquals(200, client.readResponse().status());
            assertEquals(BODY, script.awaitRequest().text());
            assertOneKey("http");
        }
    }

    @Test
    void matchCutByTwoTlsRecords_isFound() throws Exception {
        TestCa ca = TestCa.create();
        int cut = BODY.length() / 2;
        HttpScript script = HttpScript.text("fine");
        Map<String, String> environment =
                Map.of("CLAWSEC_UPSTREAM_CA_FILE", ca.writePem(folder).toString());
        try (ScriptedOrigin origin = ScriptedOrigin.openTls(ca.serverContext("localhost"), script);
                Daemon daemon = Daemon.start(image, folder, environment);
                RawClient client =
                        RawClient.connectTls(
                                daemon.port(), "localhost:" + origin.port(), daemon.trust())) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BODY.length());
            // Each send is a TLS record of its own.
            client.send("\r\n\r\n" + BODY.substring(0, cut));
            client.send(BODY.substring(cut));
            assertEquals(200, client.readResponse().status());
            assertEquals(BODY, script.awaitRequest().text());
            assertOneKey("https");
        }
    }

    private void assertFoundUnder(String coding, byte[] coded) throws Exception {
        HttpScript script = HttpScript.text("fine");
        try (ScriptedOrigin origin = ScriptedOrigin.open(script);
                Daemon daemon = Daemon.start(image, folder, Map.of());
                RawClient client = RawClient.connect(daemon.port())) {
            client.send(
                    "POST http://%1$s/ HTTP/1.1\r\nHost: %1$s\r\nContent-Encoding: %2$s\r\n"
                            .formatted(origin.authority(), coding));
            client.send("Content-Length: " + coded.length + "\r\n\r\n").send(coded);
            assertEquals(200, client.readResponse().status());
            assertEquals(
                    latin(coded),
                    latin(script.awaitRequest().body()),
                    "the origin gets the client's bytes");
            Map<String, String> threat = onlyKey();
            String via = String.valueOf(threat.get("via"));
            assertEquals("[\"" + coding + "\"", via.replaceFirst("[,\\]].*", ""), threat::toString);
        }
    }

    private void assertOneKey(String protocol) throws IOException {
        assertEquals(protocol, onlyKey().get("protocol"));
    }

    private Map<String, String> onlyKey() throws IOException {
        List<Map<String, String>> keys =
                ThreatLine.readAll(folder).stream()
                        .filter(threat -> "ai_api_key".equals(threat.get("pattern")))
                        .toList();
        assertEquals(1, keys.size(), keys::toString);
        return keys.getFirst();
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
