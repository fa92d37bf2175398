package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.JdkWebSocket;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WebSocketEcho;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java's own WebSocket client, which asks for a tunnel even to speak in clear. */
class JdkWebSocketTest {
    private static final int MESSAGES = 10_000;

    @TempDir Path folder;

    private final WebSocketEcho echo = new WebSocketEcho("");

    @Test
    void ws_throughTheProxy() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echo);
                JdkWebSocket client =
                        JdkWebSocket.connect(
                                URI.create("ws://" + origin.authority() + "/chat"),
                                proxy.port(),
                                proxy.clientTrust())) {
            converse(client, proxy, "http");
        }
    }

    @Test
    void wss_throughTheProxy() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(proxy.originCa().serverContext("localhost"), echo);
                JdkWebSocket client =
                        JdkWebSocket.connect(
                                URI.create("wss://localhost:" + origin.port() + "/chat"),
                                proxy.port(),
                                proxy.clientTrust())) {
            converse(client, proxy, "https");
        }
    }

    @Test
    void ws_toTheGateway() throws Exception {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ScriptedOrigin origin = ScriptedOrigin.open(echo);
                ProxyFixture proxy =
                        ProxyFixture.open(
                                folder,
                                config ->
                                        new ProxyConfig(
                                                config.listen(),
                                                false,
                                                config.intercept(),
                                                config.tunnelHosts(),
                                                Optional.empty(),
                                                Optional.of(
                                                        new GatewayConfig(listen, origin.port())),
                                                config.limits()));
                JdkWebSocket client =
                        JdkWebSocket.connect(
                                URI.create("ws://127.0.0.1:" + proxy.port() + "/chat"))) {
            converse(client, proxy, "gateway");
        }
    }

    private void converse(JdkWebSocket client, ProxyFixture proxy, String scheme) throws Exception {
        client.send("hello", true);
        assertEquals("hello", client.next());
        client.send("in ", false);
        client.ping("now");
        client.send("pieces", true);
        assertEquals("pong now", client.next());
        assertEquals("in pieces", client.next());
        client.sendBinary(new byte[70_000]);
        assertEquals("binary 70000", client.next());
        for (int i = 0; i < MESSAGES; i++) {
            client.send("message " + i, true);
        }
        for (int i = 0; i < MESSAGES; i++) {
            assertEquals("message " + i, client.next());
        }
        client.sendClose(4_001, "that is all");
        assertEquals("close 4001 that is all", client.next());
        proxy.awaitCount("connections_open", 0);
        assertEquals(MESSAGES + 3, echo.messages());
        for (boolean isOutbound : List.of(true, false)) {
            List<RecordingInspector.Seen> seen =
                    proxy.inspector().seen(isOutbound).stream()
                            .filter(each -> !each.contentText().isEmpty())
                            .toList();
            assertEquals("hello", seen.getFirst().contentText());
            assertEquals(scheme, seen.getFirst().passage().scheme());
            assertTrue(seen.stream().anyMatch(each -> each.contentText().equals("in pieces")));
            assertTrue(seen.stream().anyMatch(each -> each.contentText().endsWith("that is all")));
            // The control frames are one text more.
            assertEquals(MESSAGES + 3 + 1, seen.size());
            assertTrue(seen.stream().allMatch(RecordingInspector.Seen::isEnded));
        }
        assertEquals(0, proxy.count("frames_unreadable"));
    }
}
