package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Authority;
import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port in front of the agent gateway: whatever is spoken there, both ways. */
class GatewayTest {
    @TempDir Path folder;

    private ProxyFixture open(int targetPort) throws Exception {
        return open(targetPort, null);
    }

    private ProxyFixture open(int targetPort, @Nullable UpstreamProxy upstream) throws Exception {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return ProxyFixture.open(
                folder,
                config ->
                        new ProxyConfig(
                                config.listen(),
                                false,
                                config.intercept(),
                                config.tunnelHosts(),
                                Optional.ofNullable(upstream),
                                Optional.of(new GatewayConfig(listen, targetPort)),
                                config.limits()));
    }

    @Test
    void http_isInspectedAsGateway() throws Exception {
        HttpScript script = HttpScript.echo();
        try (ScriptedOrigin target = ScriptedOrigin.open(script);
                ProxyFixture proxy = open(target.port());
                RawClient client = proxy.client()) {
            assertEquals(1, proxy.server().listeners().size());
            for (int i = 0; i < 2; i++) {
                client.send("POST /v1 HTTP/1.1\r\nHost: agent\r\nContent-Length: 2\r\n\r\nhi");
                assertEquals("hi", client.readResponse().text());
            }
            Passage passage = proxy.inspector().seen(true).getFirst().passage();
            assertEquals("gateway", passage.scheme());
            assertEquals(target.authority(), passage.dest());
            assertEquals("http://agent/v1", passage.url());
            assertEquals("hi", proxy.inspector().seen(false).getFirst().contentText());
            assertEquals(List.of("agent"), script.awaitRequest().fields("Host"));
        }
    }

    @Test
    void rawBytes_passBothWays() throws Exception {
        ScriptedOrigin.Handler echo = (in, out, socket) -> out.write(in.readNBytes(3));
        try (ScriptedOrigin target = ScriptedOrigin.open(echo);
                ProxyFixture proxy = open(target.port());
                RawClient client = proxy.client()) {
            client.send("\0\1\2");
            assertEquals("\0\1\2", new String(client.readToEnd(), StandardCharsets.ISO_8859_1));
            assertEquals("\0\1\2", proxy.inspector().seen(true).getFirst().contentText());
            assertEquals("gateway", proxy.inspector().seen(false).getFirst().passage().scheme());
        }
    }

    @Test
    void tls_isNotIntercepted_sinceTheGatewayIsNotOurs() throws Exception {
        ScriptedOrigin.Handler echo = (in, out, socket) -> out.write(in.readNBytes(6));
        try (ScriptedOrigin target = ScriptedOrigin.open(echo);
                ProxyFixture proxy = open(target.port());
                RawClient client = proxy.client()) {
            client.send("\u0016\3\1\0\1\1");
            assertEquals(6, client.readToEnd().length);
            assertEquals(1, proxy.count("tunnels_opaque"));
        }
    }

    @Test
    void webSocket_isInspectedAsGateway() throws Exception {
        ScriptedOrigin.Handler switching =
                (in, out, socket) -> {
                    assertTrue(WireMessage.readRequest(in).isPresent());
                    out.write(
                            ProxyFixture.lines(
                                            "HTTP/1.1 101 Yes",
                                            "Upgrade: websocket",
                                            "Connection: Upgrade",
                                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                                            "")
                                    .getBytes(StandardCharsets.US_ASCII));
                    out.write(Frames.plain("to the agent"));
                    in.readNBytes(Frames.masked("to the gateway").length);
                };
        try (ScriptedOrigin target = ScriptedOrigin.open(switching);
                ProxyFixture proxy = open(target.port());
                RawClient client = proxy.client()) {
            client.send(
                    ProxyFixture.lines(
                            "GET / HTTP/1.1",
                            "Host: agent",
                            "Connection: Upgrade",
                            "Upgrade: websocket",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                            ""));
            assertEquals(101, client.readResponse().status());
            client.send(Frames.masked("to the gateway"));
            assertEquals(Frames.plain("to the agent").length, client.readToEnd().length);
            RecordingInspector.Seen message = proxy.inspector().seen(true).getLast();
            assertEquals("to the gateway", message.contentText());
            assertEquals("gateway", message.passage().scheme());
            assertEquals("to the agent", proxy.inspector().seen(false).getLast().contentText());
        }
    }

    @Test
    void targetThatIsDown_answersInPlainWords_andRawBytesAreClosed() throws Exception {
        try (ProxyFixture proxy = open(1)) {
            try (RawClient client = proxy.client()) {
                client.send("GET / HTTP/1.1\r\nHost: agent\r\n\r\n");
                WireMessage response = client.readResponse();
                assertEquals(502, response.status());
                assertTrue(
                        response.text().contains("Nothing accepts connections at 127.0.0.1:1"),
                        response.text());
            }
            try (RawClient client = proxy.client()) {
                client.send("\0\1\2");
                assertEquals(0, client.readToEnd().length);
            }
            assertEquals(2, proxy.count("origin_connection_refused"));
        }
    }

    @Test
    void target_isReachedDirectly_alsoWithAnUpstreamProxy() throws Exception {
        try (ScriptedOrigin target = ScriptedOrigin.open(HttpScript.text("direct"));
                ProxyFixture proxy =
                        open(
                                target.port(),
                                new UpstreamProxy(
                                        new Authority("127.0.0.1", 1),
                                        Optional.empty(),
                                        NoProxy.NONE));
                RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: agent\r\n\r\n");
            assertEquals("direct", client.readResponse().text());
        }
    }
}
