package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Authority;
import clawsec.testkit.HttpScript;
import clawsec.testkit.LoggedLines;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins reached through another proxy, and those that are not. */
class UpstreamProxyTest {
    private static final String BASIC = "Basic dXNlcjpwYXNzOndvcmQ=";

    @TempDir Path folder;

    private final BlockingQueue<WireMessage> asked = new LinkedBlockingQueue<>();

    private ProxyFixture behind(int port, String exceptions) throws Exception {
        return behind(new Authority("127.0.0.1", port), exceptions, ProxyLimits.DEFAULT);
    }

    private ProxyFixture behind(Authority authority, String exceptions, ProxyLimits limits)
            throws Exception {
        UpstreamProxy upstream =
                new UpstreamProxy(
                        authority, Optional.of("user:pass" + ":word"), NoProxy.parse(exceptions));
        return ProxyFixture.open(
                folder,
                config ->
                        new ProxyConfig(
                                config.listen(),
                                config.httpProxy(),
                                config.intercept(),
                                List.of("blind.example"),
                                Optional.of(upstream),
                                config.gateway(),
                                limits));
    }

    /** A proxy that makes every tunnel to one origin, whatever it is asked for. */
    private ScriptedOrigin.Handler tunnelling(int port) {
        return (in, out, socket) -> {
            asked.add(WireMessage.readRequest(in).orElseThrow());
            out.write(
                    "HTTP/1.1 100 Wait\r\n\r\nHTTP/1.1 200 Go\r\nX: y\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            try (Socket origin = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream towards = origin.getOutputStream();
                Thread.ofVirtual().start(() -> copy(in, towards));
                copy(origin.getInputStream(), out);
            }
        };
    }

    private static void copy(InputStream in, OutputStream out) {
        try {
            in.transferTo(out);
        } catch (IOException ended) {
            // One side has closed, and so the test sees.
        }
    }

    @Test
    void plainRequest_isSentInAbsoluteFormWithCredentials_onKeptConnections() throws Exception {
        HttpScript script = HttpScript.text("through");
        try (ScriptedOrigin upstream = ScriptedOrigin.open(script);
                ProxyFixture proxy = behind(upstream.port(), "");
                RawClient client = proxy.client()) {
            for (int i = 0; i < 2; i++) {
                client.send(
                        ProxyFixture.get(
                                "origin.example:81", "/a?b", "Proxy-Authorization: Basic mine"));
                assertEquals("through", client.readResponse().text());
                WireMessage request = script.awaitRequest();
                assertEquals("GET http://origin.example:81/a?b HTTP/1.1", request.startLine());
                assertEquals(List.of(BASIC), request.fields("Proxy-Authorization"));
                assertEquals(List.of("origin.example:81"), request.fields("Host"));
            }
            assertEquals(1, upstream.connections());
            String head = proxy.inspector().seen(true).getFirst().headText();
            assertTrue(!head.contains("Proxy-Authorization"), head);
            assertEquals(
                    "origin.example:81", proxy.inspector().seen(true).getFirst().passage().dest());
        }
    }

    @Test
    void https_isTunnelledWithCredentials_andVerifiedStill() throws Exception {
        BlockingQueue<Integer> port = new LinkedBlockingQueue<>();
        ScriptedOrigin.Handler forward =
                (in, out, socket) -> tunnelling(take(port)).handle(in, out, socket);
        try (ScriptedOrigin upstream = ScriptedOrigin.open(forward);
                ProxyFixture proxy = behind(upstream.port(), "");
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("origin.example"),
                                HttpScript.text("verified"))) {
            port.add(origin.port());
            port.add(origin.port());
            try (RawClient client = proxy.tlsClient("origin.example:443")) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertEquals("verified", client.readResponse().text());
            }
            WireMessage connect = asked.poll(20, TimeUnit.SECONDS);
            assertEquals("CONNECT origin.example:443 HTTP/1.1", connect.startLine());
            assertEquals(List.of(BASIC), connect.fields("Proxy-Authorization"));
            try (RawClient client = proxy.tlsClient("other.example:443")) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                WireMessage response = client.readResponse();
                assertEquals(502, response.status());
                assertTrue(response.text().contains("not for other.example"), response.text());
            }
        }
    }

    private static int take(BlockingQueue<Integer> ports) throws IOException {
        Integer port = ports.poll();
        if (port == null) {
            throw new IOException("asked once too often");
        }
        return port;
    }

    @Test
    void opaqueAndBlindTunnels_goThroughToo() throws Exception {
        ScriptedOrigin.Handler echo = (in, out, socket) -> out.write(in.readNBytes(2));
        try (ScriptedOrigin origin = ScriptedOrigin.open(echo);
                ScriptedOrigin upstream = ScriptedOrigin.open(tunnelling(origin.port()));
                ProxyFixture proxy = behind(upstream.port(), "")) {
            for (String host : List.of("opaque.example:9", "blind.example:9")) {
                try (RawClient client = proxy.client()) {
                    assertEquals(200, client.askForTunnel(host).status());
                    client.send("\0\1");
                    assertEquals(
                            "\0\1", new String(client.readToEnd(), StandardCharsets.ISO_8859_1));
                    String line = asked.poll(20, TimeUnit.SECONDS).startLine();
                    assertEquals("CONNECT " + host + " HTTP/1.1", line);
                }
            }
        }
    }

    /** A server that speaks first, whose words come with the upstream proxy's answer. */
    @Test
    void greetingBehindTheTunnelsAnswer_arrives() throws Exception {
        HttpScript script = HttpScript.fixed("HTTP/1.1 200 Go\r\n\r\n220 ready\r\n");
        try (ScriptedOrigin upstream = ScriptedOrigin.open(script);
                ProxyFixture proxy = behind(upstream.port(), "");
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel("mail.example:25").status());
            assertTrue(client.readUntil("\r\n").startsWith("220 ready"));
        }
    }

    private void assertRefused(String answer, String error, String words) throws Exception {
        HttpScript script = HttpScript.fixed(answer);
        try (ScriptedOrigin upstream = ScriptedOrigin.open(script);
                ProxyFixture proxy = behind(upstream.port(), "");
                RawClient client = proxy.tlsClient("origin.example:443")) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            WireMessage response = client.readResponse();
            assertEquals(502, response.status());
            assertTrue(
                    response.field("Proxy-Status").orElse("").contains("error=" + error),
                    response.toString());
            assertTrue(response.text().contains(words), response.text());
            assertTrue(!response.text().contains("pass:word"), response.text());
        }
    }

    @Test
    void refusedTunnel_isReportedWithTheRemedy() throws Exception {
        assertRefused(
                "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n",
                "proxy_configuration_error",
                "user:password@host:port");
        assertRefused(
                "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno",
                "destination_unavailable",
                "answered 403 to a request for origin.example:443");
        assertRefused("SSH-2.0-x\r\n", "http_protocol_error", "did not answer as an HTTP proxy");
    }

    /**
     * Taken for the origin's answer they would be believed, though no certificate stands for them.
     */
    @Test
    void clearBytesBehindTheTunnelsAnswer_areNotTakenForTheOrigins() throws Exception {
        assertRefused(
                "HTTP/1.1 200 Go\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno",
                "http_protocol_error",
                "before TLS began");
    }

    @Test
    void proxyThatCloses_isReported() throws Exception {
        ScriptedOrigin.Handler closing = (in, out, socket) -> in.read();
        try (ScriptedOrigin upstream = ScriptedOrigin.open(closing);
                ProxyFixture proxy = behind(upstream.port(), "");
                RawClient client = proxy.client()) {
            WireMessage answer = client.askForTunnel("blind.example:443");
            assertEquals(502, answer.status());
            assertTrue(answer.text().contains("it closed the connection"), answer.text());
        }
    }

    private static void assertUnreachable(WireMessage answer, int status, String... words) {
        assertEquals(status, answer.status(), answer.toString());
        for (String each : words) {
            assertTrue(answer.text().contains(each), answer.text());
        }
        assertTrue(!answer.text().contains("pass:word"), answer.text());
    }

    /** Each way to use it: for a plain request, an intercepted tunnel, a blind one. */
    @Test
    void proxyThatIsDown_isNamedWithTheDestinationAndItsKey() throws Exception {
        String[] words = {
            "The upstream proxy http://127.0.0.1:1 (upstream_proxy) could not be reached on the way"
                    + " to origin.example:443. Nothing accepts connections at 127.0.0.1:1: the"
                    + " connection was refused.",
            "\nWhat to do: Check that upstream_proxy is right and that the proxy runs;"
        };
        try (LoggedLines log = LoggedLines.of("clawsec.proxy");
                ProxyFixture proxy = behind(1, "")) {
            try (RawClient client = proxy.client()) {
                client.send(ProxyFixture.get("origin.example:443", "/"));
                assertUnreachable(client.readResponse(), 502, words);
            }
            try (RawClient client = proxy.tlsClient("origin.example:443")) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertUnreachable(client.readResponse(), 502, words);
            }
            try (RawClient client = proxy.client()) {
                assertUnreachable(
                        client.askForTunnel("blind.example:443"), 502, "way to blind.example:443.");
            }
            assertEquals(3, proxy.count("origin_connection_refused"));
            assertEquals(3, log.with("502 connection_refused: The upstream proxy").size());
        }
    }

    @Test
    void proxyWithoutAnAddress_isNamed() throws Exception {
        Authority authority = new Authority("no-such-proxy.invalid", 8080);
        try (ProxyFixture proxy = behind(authority, "", ProxyLimits.DEFAULT);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get("origin.example", "/"));
            assertUnreachable(
                    client.readResponse(),
                    502,
                    "on the way to origin.example:80. The name no-such-proxy.invalid could not be",
                    "\nWhat to do: Check the spelling of the name in upstream_proxy");
        }
    }

    @Test
    void proxyThatDoesNotAccept_isNamed() throws Exception {
        try (FullServer full = FullServer.open();
                ProxyFixture proxy =
                        behind(
                                new Authority("127.0.0.1", full.port()),
                                "",
                                Limits.connect(Duration.ofMillis(600), ProxyLimits.DEFAULT));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get("origin.example", "/"));
            assertUnreachable(
                    client.readResponse(),
                    504,
                    "on the way to origin.example:80. 127.0.0.1:" + full.port() + " did not accept",
                    "\nWhat to do: Check that upstream_proxy is right, that the proxy is up");
        }
    }

    @Test
    void refusedPlainRequest_isA502_sinceTheClientHasNoCredentialsForIt() throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        ProxyFixture.lines(
                                "HTTP/1.1 407 No",
                                "Proxy-Authenticate: Basic",
                                "Content-Length: 0",
                                ""));
        try (ScriptedOrigin upstream = ScriptedOrigin.open(script);
                ProxyFixture proxy = behind(upstream.port(), "");
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get("origin.example", "/"));
            WireMessage answer = client.readResponse();
            assertEquals(502, answer.status());
            assertTrue(answer.text().contains("answered 407"), answer.text());
        }
    }

    @Test
    void exceptionsAndThisMachine_areReachedDirectly() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("direct"));
                ProxyFixture proxy = behind(1, "direct.invalid")) {
            for (String host : List.of("127.0.0.1", "localhost")) {
                try (RawClient client = proxy.client()) {
                    client.send(ProxyFixture.get(host + ":" + origin.port(), "/"));
                    assertEquals("direct", client.readResponse().text());
                }
            }
            try (RawClient client = proxy.client()) {
                client.send(ProxyFixture.get("direct.invalid", "/"));
                String words = client.readResponse().text();
                assertTrue(words.contains("direct.invalid could not be resolved"), words);
            }
        }
    }
}
