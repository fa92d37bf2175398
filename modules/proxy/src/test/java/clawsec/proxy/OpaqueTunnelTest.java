package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is neither TLS nor HTTP is tunnelled, and its bytes are inspected all the same. */
class OpaqueTunnelTest {
    @TempDir Path folder;

    /** Sends back each line, in capitals. */
    private static final ScriptedOrigin.Handler SHOUTING =
            (in, out, socket) -> {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    out.write(next >= 'a' && next <= 'z' ? next - 32 : next);
                }
                out.write("bye".getBytes(StandardCharsets.US_ASCII));
            };

    private static String content(ProxyFixture proxy, boolean outbound) {
        StringBuilder all = new StringBuilder();
        proxy.inspector().seen(outbound).forEach(seen -> all.append(seen.contentText()));
        return all.toString();
    }

    @Test
    void bytesPassBothWays_areInspected_andEachEndIsPassedOn() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(SHOUTING);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            client.send("\0\1hello");
            assertEquals("\0\1HELLO", client.readUntil("O"));
            client.send("again");
            client.shutdownOutput();
            assertEquals("AGAINbye", new String(client.readToEnd(), StandardCharsets.US_ASCII));
            proxy.awaitCount("connections_open", 0);
            assertEquals("\0\1helloagain", content(proxy, true));
            assertEquals("\0\1HELLOAGAINbye", content(proxy, false));
            Passage passage = proxy.inspector().seen(true).getFirst().passage();
            assertEquals(
                    new Passage(true, "http", "127.0.0.1", origin.authority(), "", ""), passage);
            assertTrue(proxy.inspector().seen(false).getFirst().isEnded());
            assertTrue(proxy.inspector().seen(false).getFirst().isClosed());
            assertEquals(1, proxy.count("tunnels_opaque"));
            assertEquals(12, proxy.count("bytes_outbound"));
            assertEquals(15, proxy.count("bytes_inbound"));
        }
    }

    @Test
    void serverThatSpeaksFirst_isHeard() throws Exception {
        ScriptedOrigin.Handler banner =
                (in, out, socket) -> {
                    out.write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(in.readNBytes(4));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(banner);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            assertEquals("SSH-2.0-test\r\n", client.readUntil("\n"));
            client.send("SSH-");
            assertArrayEquals("SSH-".getBytes(StandardCharsets.US_ASCII), client.readExactly(4));
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void clientThatIsSlowToBegin_mayStillSpeakHttp() throws Exception {
        ScriptedOrigin.Handler silent =
                (in, out, socket) -> {
                    if (in.read() >= 0) {
                        out.write("HTTP/1.1 204 Yes\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        in.readAllBytes();
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(silent);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            origin.awaitConnection(); // the proxy has lost patience and asked the origin
            client.send("GET /late HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals(204, client.readResponse().status());
            assertEquals(1, proxy.count("requests") - 1);
            assertEquals(0, proxy.count("tunnels_opaque"));
        }
    }

    @Test
    void otherProtocolInsideTls_isInspectedInClear() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), SHOUTING);
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            client.send("\2imap\n");
            assertEquals("\2IMAP\n", client.readUntil("\n"));
            assertEquals("\2imap\n", content(proxy, true));
            assertEquals("\2IMAP\n", content(proxy, false));
            assertEquals("https", proxy.inspector().seen(true).getFirst().passage().scheme());
        }
    }

    @Test
    void clientThatDies_isPassedOnAsABreak_andNothingStaysOpen() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(SHOUTING);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            client.send("\0x");
            client.readUntil("X");
            client.reset();
            proxy.awaitCount("connections_open", 0);
            assertTrue(proxy.inspector().seen(true).getFirst().isEnded());
        }
    }

    @Test
    void originThatIsDown_closesTheTunnel_andIsCounted() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel("127.0.0.1:1").status());
            client.send("\0x");
            assertEquals(0, client.readToEnd().length);
            assertEquals(1, proxy.count("origin_connection_refused"));
            assertEquals(List.of(), proxy.inspector().seen(true));
        }
    }
}
