package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS inside a CONNECT is completed in the origin's name and read in clear. */
class InterceptionTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir Path folder;

    @Test
    void https_isReadInClearOnTheWay() throws Exception {
        HttpScript script = HttpScript.text("secret answer");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), script);
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            client.send("GET /x HTTP/1.1\r\nHost: localhost:" + origin.port() + "\r\n\r\n");
            assertEquals("secret answer", client.readResponse().text());
            client.send("GET /y HTTP/1.1\r\nHost: localhost:" + origin.port() + "\r\n\r\n");
            assertEquals("secret answer", client.readResponse().text());
            assertEquals(1, origin.connections());
            RecordingInspector.Seen response = proxy.inspector().seen(false).getFirst();
            assertEquals("secret answer", response.contentText());
            Passage passage = response.passage();
            assertEquals("https://localhost:" + origin.port() + "/x", passage.url());
            assertEquals("https", passage.scheme());
            assertEquals("localhost:" + origin.port(), passage.dest());
            assertEquals("127.0.0.1", passage.source());
        }
    }

    @Test
    void addressWithoutServerName_getsALeafForTheAddress() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("127.0.0.1"),
                                HttpScript.text("by address"));
                RawClient client = proxy.tlsClient(origin.authority())) {
            assertEquals("by address", client.send(GET).readResponse().text());
        }
    }

    @Test
    void serverName_decidesTheLeafAndTheNameThatIsVerified_notTheAddress() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("named.example"),
                                HttpScript.text("by name"));
                RawClient connection = proxy.client()) {
            assertEquals(200, connection.askForTunnel(origin.authority()).status());
            RawClient client = connection.startTls(proxy.clientTrust(), "named.example");
            assertEquals("by name", client.send(GET).readResponse().text());
            assertEquals(
                    origin.authority(), proxy.inspector().seen(true).getFirst().passage().dest());
        }
    }

    @Test
    void ipv6Literal_isReachedAndNamedInTheLeaf() throws Exception {
        HttpScript script = HttpScript.text("over IPv6");
        try (ProxyFixture proxy = ProxyFixture.open(folder)) {
            SSLContext context = proxy.originCa().serverContext("::1");
            try (ServerSocket listener = listenOnIpv6(context)) {
                Thread.ofVirtual().start(() -> serveOne(listener, script));
                try (RawClient client = proxy.tlsClient("[::1]:" + listener.getLocalPort())) {
                    assertEquals("over IPv6", client.send(GET).readResponse().text());
                }
            }
        }
    }

    private static ServerSocket listenOnIpv6(SSLContext context) {
        try {
            return context.getServerSocketFactory()
                    .createServerSocket(0, 1, InetAddress.ofLiteral("::1"));
        } catch (IOException none) {
            Assumptions.abort("this machine has no IPv6 loopback address: " + none);
            throw new IllegalStateException(none);
        }
    }

    private static void serveOne(ServerSocket listener, HttpScript script) {
        try (Socket socket = listener.accept()) {
            script.handle(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (IOException testIsOver) {
            // Its client sees what went wrong.
        }
    }

    @Test
    void clientHello_mayComeByteByByte() throws Exception {
        assertServed((proxy, origin) ->
                TlsPieces.byteByByte(
                        proxy.port(), "localhost:" + origin.port(), proxy.clientTrust()));
    }

    @Test
    void clientHello_maySpanRecords() throws Exception {
        assertServed((proxy, origin) ->
                TlsPieces.inRecords(
                        proxy.port(), "localhost:" + origin.port(), proxy.clientTrust()));
    }

    private interface Handshake {
        SSLSocket shake(ProxyFixture proxy, ScriptedOrigin origin) throws IOException;
    }

    private void assertServed(Handshake handshake) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"),
                                HttpScript.text("whole"));
                SSLSocket client = handshake.shake(proxy, origin)) {
            client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            assertEquals("whole", WireMessage.readResponse(client.getInputStream(), false).text());
        }
    }

    @Test
    void plainHttpInsideConnect_isInspectedToo() throws Exception {
        HttpScript script = HttpScript.text("in clear");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(script);
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            // Servers pass over an empty line before a request: it must not hide one from us.
            client.send("\r\nGET /plain HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals("in clear", client.readResponse().text());
            client.send("GET http://h/absolute HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals("in clear", client.readResponse().text());
            RecordingInspector.Seen request = proxy.inspector().seen(true).getFirst();
            assertEquals("http://h/plain", request.passage().url());
            assertEquals(origin.authority(), request.passage().dest());
            assertEquals("/absolute", script.requests().getLast().target());
            assertEquals(1, origin.connections());
        }
    }

    @Test
    void httpThatOnlyALenientServerReads_isRefusedInsideConnect_notTunnelled() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("no"));
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            client.send("GET / HTTP/1.1 \r\nHost: h\r\n\r\n");
            assertEquals(400, client.readResponse().status());
            assertEquals(0, origin.connections());
        }
    }

    @Test
    void connectInsideATunnel_isRefused() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("no"));
                RawClient client = proxy.client()) {
            assertEquals(200, client.askForTunnel(origin.authority()).status());
            assertEquals(400, client.askForTunnel(origin.authority()).status());
        }
    }

    @Test
    void originThatIsNotTrusted_answers502InsideTheTunnel() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("other.example"),
                                HttpScript.text("no"));
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            WireMessage response = client.send(GET).readResponse();
            assertEquals(502, response.status());
            assertTrue(response.text().contains("other.example"), response.text());
            assertTrue(
                    response.field("Proxy-Status")
                            .orElse("")
                            .contains("error=tls_certificate_error"));
        }
    }
}
