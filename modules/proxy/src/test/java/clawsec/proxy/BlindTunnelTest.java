package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.LoggedLines;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels that are not looked into, and what cannot make one. */
class BlindTunnelTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir Path folder;

    private ProxyFixture open(boolean intercept, String... tunnelHosts) throws Exception {
        return ProxyFixture.open(
                folder,
                config ->
                        new ProxyConfig(
                                config.listen(),
                                config.httpProxy(),
                                intercept,
                                List.of(tunnelHosts),
                                config.upstream(),
                                config.gateway(),
                                config.limits()));
    }

    /** The origin's own certificate reaches the client only where nothing is intercepted. */
    private static ScriptedOrigin origin(ProxyFixture proxy, String name) throws Exception {
        return ScriptedOrigin.openTls(
                proxy.originCa().serverContext(name), HttpScript.text("unseen"));
    }

    private static void assertBlind(ProxyFixture proxy, ScriptedOrigin origin, String host)
            throws Exception {
        try (RawClient client =
                RawClient.connectTls(
                        proxy.port(),
                        host + ":" + origin.port(),
                        proxy.originCa().clientContext())) {
            assertEquals("unseen", client.send(GET).readResponse().text());
        }
        assertEquals(1, proxy.count("tunnels_blind"));
        assertEquals(0, proxy.count("tunnels_intercepted"));
        assertEquals(List.of(), proxy.inspector().seen(true));
    }

    private static void assertIntercepted(ProxyFixture proxy, ScriptedOrigin origin, String host)
            throws Exception {
        try (RawClient client = proxy.tlsClient(host + ":" + origin.port())) {
            assertEquals("unseen", client.send(GET).readResponse().text());
        }
        assertEquals(0, proxy.count("tunnels_blind"));
        assertEquals(1, proxy.count("tunnels_intercepted"));
    }

    @Test
    void withoutInterception_everyConnectIsTunnelled_andItsDestinationLogged() throws Exception {
        try (LoggedLines log = LoggedLines.of("clawsec.proxy");
                ProxyFixture proxy = open(false);
                ScriptedOrigin origin = origin(proxy, "localhost")) {
            assertBlind(proxy, origin, "localhost");
            String dest = "localhost:" + origin.port();
            assertEquals(
                    List.of("INFO Tunnel, not inspected, from 127.0.0.1 to " + dest),
                    log.with("Tunnel"));
        }
    }

    @Test
    void withoutInterception_plainHttpIsInspectedStill() throws Exception {
        try (ProxyFixture proxy = open(false);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("seen"));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("seen", client.readResponse().text());
            assertEquals(1, proxy.inspector().seen(false).size());
        }
    }

    @Test
    void listedHost_isTunnelled_andNoOther() throws Exception {
        try (ProxyFixture proxy = open(true, "LocalHost", "other.example");
                ScriptedOrigin origin = origin(proxy, "localhost")) {
            assertBlind(proxy, origin, "localhost");
        }
        try (ProxyFixture proxy = open(true, "other.example", "*.localhost", "ocalhost");
                ScriptedOrigin origin = origin(proxy, "localhost")) {
            assertIntercepted(proxy, origin, "localhost");
        }
    }

    @Test
    void wildcard_coversEveryNameBelow_butNotItself() throws Exception {
        try (ProxyFixture proxy = open(true, "*.pinned.invalid")) {
            for (String host : List.of("a.pinned.invalid", "A.b.Pinned.Invalid")) {
                try (RawClient client = proxy.client()) {
                    // A blind tunnel is made before it is promised; this name has no address.
                    assertEquals(502, client.askForTunnel(host + ":443").status(), host);
                }
            }
            for (String host : List.of("pinned.invalid", "unpinned.invalid")) {
                try (RawClient client = proxy.client()) {
                    assertEquals(200, client.askForTunnel(host + ":443").status(), host);
                }
            }
        }
    }

    @Test
    void serverNameOfAListedHost_opensNoTunnelElsewhere() throws Exception {
        try (ProxyFixture proxy = open(true, "pinned.example");
                ScriptedOrigin origin = origin(proxy, "pinned.example");
                RawClient connection = proxy.client()) {
            assertEquals(200, connection.askForTunnel(origin.authority()).status());
            RawClient client = connection.startTls(proxy.clientTrust(), "pinned.example");
            assertEquals("unseen", client.send(GET).readResponse().text());
            assertEquals(0, proxy.count("tunnels_blind"));
            assertEquals(1, proxy.inspector().seen(true).size());
        }
    }

    @Test
    void serverNameOfAListedHost_opensATunnelToThatHostsOwnAddress() throws Exception {
        try (ProxyFixture proxy = open(true, "localhost");
                ScriptedOrigin origin = origin(proxy, "localhost");
                RawClient connection = proxy.client()) {
            assertEquals(200, connection.askForTunnel(origin.authority()).status());
            SSLSocket client = tlsInside(connection, proxy, "localhost");
            client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            assertEquals("unseen", WireMessage.readResponse(client.getInputStream(), false).text());
            assertEquals(1, proxy.count("tunnels_blind"));
        }
    }

    /** A client that names {@code serverName} and trusts the origin's own certificate alone. */
    private static SSLSocket tlsInside(RawClient connection, ProxyFixture proxy, String serverName)
            throws Exception {
        SSLSocket client =
                (SSLSocket)
                        proxy.originCa()
                                .clientContext()
                                .getSocketFactory()
                                .createSocket(connection.socket(), serverName, 443, true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        client.setSSLParameters(parameters);
        return client;
    }

    @Test
    void serverNameOfAListedHost_whoseAddressRefuses_isCountedAndLogged() throws Exception {
        try (LoggedLines log = LoggedLines.of("clawsec.proxy");
                ProxyFixture proxy = open(true, "localhost");
                RawClient connection = proxy.client()) {
            assertEquals(200, connection.askForTunnel("127.0.0.1:1").status());
            SSLSocket client = tlsInside(connection, proxy, "localhost");
            assertThrows(IOException.class, client::startHandshake);
            assertEquals(1, proxy.count("origin_connection_refused"));
            assertEquals(0, proxy.count("tunnels_blind"));
            assertEquals(
                    List.of(
                            "INFO connection_refused: Nothing accepts connections at 127.0.0.1:1:"
                                    + " the connection was refused."),
                    log.with("connection_refused"));
        }
    }

    @Test
    void connectItself_isInspected_alsoWhereTheTunnelIsBlind() throws Exception {
        for (boolean intercept : new boolean[] {true, false}) {
            try (ProxyFixture proxy = open(intercept, "*.pinned.invalid");
                    RawClient client = proxy.client()) {
                client.send(
                        "CONNECT Secret.pinned.invalid:443 HTTP/1.1\r\nHost: h\r\n"
                                + "Proxy-Authorization: Basic bWluZQ==\r\nX-Key: secret\r\n\r\n");
                assertEquals(502, client.readResponse().status());
                RecordingInspector.Seen connect = proxy.inspector().connects().getFirst();
                assertEquals(
                        "CONNECT Secret.pinned.invalid:443 HTTP/1.1\r\nHost: h\r\nX-Key: secret"
                                + "\r\n\r\n",
                        connect.headText());
                assertTrue(connect.isEnded());
                assertTrue(connect.isClosed());
                assertEquals(
                        new Passage(
                                true,
                                "http",
                                "127.0.0.1",
                                "secret.pinned.invalid:443",
                                "CONNECT",
                                "Secret.pinned.invalid:443"),
                        connect.passage());
            }
        }
    }

    @Test
    void connect_isInspectedBeforeItIsAnswered() throws Exception {
        Inspector broken =
                passage -> {
                    throw new IllegalStateException("made up by a test");
                };
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, broken);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("never"));
                RawClient client = proxy.client()) {
            client.send("CONNECT " + origin.authority() + " HTTP/1.1\r\nHost: h\r\n\r\n");
            ProxyFixture.assertEnded(client);
            assertEquals(0, origin.connections());
        }
    }

    @Test
    void blindTunnelToNowhere_answers502ToTheConnect() throws Exception {
        try (ProxyFixture proxy = open(false);
                RawClient client = proxy.client()) {
            WireMessage answer = client.askForTunnel("127.0.0.1:1");
            assertEquals(502, answer.status());
            assertTrue(answer.text().contains("the connection was refused"), answer.text());
            assertEquals(1, proxy.count("origin_connection_refused"));
        }
    }
}
