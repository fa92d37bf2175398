package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However an exchange ends before its time, no connection stays open for it. */
class DescriptorLeakTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int ROUNDS = 20;

    @TempDir Path folder;

    /** Does what the first byte of a connection says, or of the request's path. */
    private static final ScriptedOrigin.Handler ORIGIN =
            (in, out, socket) -> {
                StringBuilder head = new StringBuilder();
                for (int next = in.read(); next >= 0 && head.length() < 200; next = in.read()) {
                    head.append((char) next);
                    if (head.indexOf("\r\n\r\n") >= 0) {
                        break;
                    }
                }
                String answer = "";
                if (head.indexOf("/half") >= 0) {
                    answer = ProxyFixture.lines("HTTP/1.1 200 OK", "Content-Length: 9", "", "x");
                } else if (head.indexOf("/endless") >= 0) {
                    answer = ProxyFixture.lines("HTTP/1.1 200 OK", "") + "x".repeat(100_000);
                } else if (head.indexOf("/interim") >= 0) {
                    answer = ProxyFixture.lines("HTTP/1.1 103 Hints", "").repeat(1_000);
                } else if (head.indexOf("/early") >= 0) {
                    answer = ProxyFixture.lines("HTTP/1.1 413 Big", "Content-Length: 0", "");
                } else if (head.indexOf("/switch") >= 0) {
                    answer =
                            ProxyFixture.lines(
                                    "HTTP/1.1 101 Yes",
                                    "Upgrade: websocket",
                                    "Connection: Upgrade",
                                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                                    "");
                }
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
                if (head.indexOf("/silent") >= 0 || head.indexOf("/switch") >= 0) {
                    in.readAllBytes();
                }
            };

    private interface Ending {
        void play(ProxyFixture proxy, ScriptedOrigin origin) throws Exception;
    }

    private static long descriptors() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path ignored : open) {
                count++;
            }
        }
        return count;
    }

    private void assertNothingLeft(Ending ending) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "no /proc/self/fd to count in");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(ORIGIN)) {
            ending.play(proxy, origin);
            proxy.awaitCount("connections_open", 0);
            long before = descriptors();
            for (int i = 0; i < ROUNDS; i++) {
                ending.play(proxy, origin);
            }
            proxy.awaitCount("connections_open", 0);
            assertBelow(before + ROUNDS / 2);
        }
    }

    private static void assertBelow(long limit) throws IOException {
        long startNanos = System.nanoTime();
        while (descriptors() >= limit) {
            assertTrue(
                    System.nanoTime() - startNanos < 10_000_000_000L,
                    descriptors() + " descriptors, not below " + limit);
        }
    }

    private static void request(
            ProxyFixture proxy, ScriptedOrigin origin, String path, String... fields)
            throws IOException {
        try (RawClient client = RawClient.connect(proxy.port())) {
            client.send(ProxyFixture.get(origin.authority(), path, fields));
            client.socket().getInputStream().read();
        }
    }

    @Test
    void clientLeavesDuringTheResponse() throws Exception {
        assertNothingLeft((proxy, origin) -> request(proxy, origin, "/endless"));
    }

    @Test
    void clientLeavesDuringInterimHeads() throws Exception {
        assertNothingLeft((proxy, origin) -> request(proxy, origin, "/interim"));
    }

    @Test
    void clientLeavesAfterTheSwitch() throws Exception {
        assertNothingLeft((proxy, origin) ->
                request(
                        proxy,
                        origin,
                        "/switch",
                        "Connection: upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void originBreaksOff() throws Exception {
        assertNothingLeft((proxy, origin) -> request(proxy, origin, "/half"));
    }

    @Test
    void originCloses() throws Exception {
        assertNothingLeft((proxy, origin) -> request(proxy, origin, "/close"));
    }

    @Test
    void clientLeavesDuringItsUpload() throws Exception {
        assertNothingLeft((proxy, origin) -> {
            try (RawClient client = proxy.client()) {
                client.send(
                        ProxyFixture.request(
                                        "POST", origin.authority(), "/silent", "Content-Length: 9")
                                + "\r\nabc");
                origin.awaitConnection();
            }
        });
    }

    @Test
    void originAnswersDuringTheUpload() throws Exception {
        assertNothingLeft((proxy, origin) -> {
            try (RawClient client = proxy.client()) {
                client.send(
                        ProxyFixture.request(
                                        "POST", origin.authority(), "/early", "Content-Length: 9")
                                + "\r\nabc");
                client.readResponse();
            }
        });
    }

    /** All at once, since the proxy waits a while for each before it asks its origin. */
    @Test
    void silentClientLeaves_whileItsOriginWasAskedToSpeakFirst() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "no /proc/self/fd to count in");
        List<RawClient> clients = new ArrayList<>();
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(ORIGIN)) {
            long before = descriptors();
            for (int i = 0; i < ROUNDS; i++) {
                RawClient client = proxy.client();
                clients.add(client);
                client.askForTunnel(origin.authority());
            }
            for (int i = 0; i < ROUNDS; i++) {
                origin.awaitConnection();
            }
            for (RawClient client : clients) {
                client.reset();
            }
            proxy.awaitCount("connections_open", 0);
            assertBelow(before + ROUNDS / 2);
        }
    }

    @Test
    void handshakesFail() throws Exception {
        assertNothingLeft((proxy, origin) -> {
            try (RawClient client = proxy.client()) {
                client.askForTunnel(origin.authority());
                client.startTls(TestCa.create().clientContext(), "localhost");
            } catch (IOException refused) {
                // That is what this is about.
            }
        });
    }

    @Test
    void tunnelsBreak() throws Exception {
        assertNothingLeft((proxy, origin) -> {
            try (RawClient client = proxy.client()) {
                client.askForTunnel(origin.authority());
                client.send("\0/silent\r\n\r\n");
                origin.awaitConnection();
                client.reset();
            }
        });
    }
}
