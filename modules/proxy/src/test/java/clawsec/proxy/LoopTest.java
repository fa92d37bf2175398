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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that leads back to the monitor is refused, not followed. */
class LoopTest {
    @TempDir Path folder;

    private static void assertLoop(WireMessage answer) {
        assertEquals(502, answer.status(), answer.toString());
        assertTrue(
                answer.field("Proxy-Status").orElse("").contains("error=proxy_loop_detected"),
                answer.toString());
        assertTrue(answer.text().contains("is this monitor itself"), answer.text());
    }

    private static void assertRefusesItself(ProxyFixture proxy, String host) throws Exception {
        String authority = host + ":" + proxy.port();
        try (RawClient client = proxy.client()) {
            assertLoop(client.send(ProxyFixture.get(authority, "/ca.crt")).readResponse());
        }
        try (RawClient client = proxy.client()) {
            assertLoop(client.askForTunnel(authority));
        }
        assertEquals(2, proxy.count("origin_proxy_loop_detected"));
        assertEquals(2, proxy.count("connections"));
    }

    @Test
    void ownAddress_inEachSpelling() throws Exception {
        for (String host :
                List.of("127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433")) {
            try (ProxyFixture proxy = ProxyFixture.open(folder)) {
                assertRefusesItself(proxy, host);
            }
        }
    }

    @Test
    void everyAddressOfThisMachine_whereTheListenerIsOnAll() throws Exception {
        for (String host : List.of("127.0.0.1", "127.0.0.2", "[::1]", "0.0.0.0", "[::]")) {
            InetSocketAddress everywhere = new InetSocketAddress(InetAddress.ofLiteral("::"), 0);
            try (ProxyFixture proxy = ProxyFixture.open(folder, config -> on(everywhere, config))) {
                assertRefusesItself(proxy, host);
            }
        }
    }

    private static ProxyConfig on(InetSocketAddress listen, ProxyConfig config) {
        return new ProxyConfig(
                listen,
                config.httpProxy(),
                config.intercept(),
                config.tunnelHosts(),
                config.upstream(),
                config.gateway(),
                config.limits());
    }

    @Test
    void samePortOfAnotherAddress_isNoLoop() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get("127.0.0.2:" + proxy.port(), "/"));
            WireMessage answer = client.readResponse();
            assertTrue(answer.text().contains("the connection was refused"), answer.text());
        }
    }

    private ProxyFixture behind(ScriptedOrigin upstream) throws Exception {
        Authority authority = new Authority("127.0.0.1", upstream.port());
        return ProxyFixture.open(
                folder,
                config ->
                        new ProxyConfig(
                                config.listen(),
                                config.httpProxy(),
                                config.intercept(),
                                config.tunnelHosts(),
                                Optional.of(
                                        new UpstreamProxy(
                                                authority, Optional.empty(), NoProxy.NONE)),
                                config.gateway(),
                                config.limits()));
    }

    /** The upstream proxy notes what it is asked, for the test to send it back to us. */
    @Test
    void requestThatComesBackThroughAnUpstreamProxy_isKnownByItsVia() throws Exception {
        HttpScript script = HttpScript.text("passed on");
        try (ScriptedOrigin upstream = ScriptedOrigin.open(script);
                ProxyFixture proxy = behind(upstream);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get("origin.example", "/", "Via: 1.0 other"));
            assertEquals("passed on", client.readResponse().text());
            WireMessage first = script.awaitRequest();
            List<String> via = first.fields("Via");
            assertEquals("1.0 other", via.getFirst());
            assertTrue(via.getLast().startsWith("1.1 clawsec-"), via.toString());
            client.send(ProxyFixture.get("origin.example", "/", "Via: 1.1 x, " + via.getLast()));
            assertLoop(client.readResponse());
        }
    }

    @Test
    void tunnelThatComesBackThroughAnUpstreamProxy_isKnownByItsVia() throws Exception {
        HttpScript script = HttpScript.fixed("HTTP/1.1 200 OK\r\n\r\n");
        try (ScriptedOrigin upstream = ScriptedOrigin.open(script);
                ProxyFixture proxy = behind(upstream);
                RawClient client = proxy.client();
                RawClient returning = proxy.client()) {
            assertEquals(200, client.askForTunnel("origin.example:1").status());
            client.send("\0opaque");
            WireMessage connect = script.awaitRequest();
            assertEquals("CONNECT origin.example:1 HTTP/1.1", connect.startLine());
            String via = connect.field("Via").orElseThrow();
            returning.send(
                    "CONNECT origin.example:1 HTTP/1.1\r\nHost: x\r\nVia: " + via + "\r\n\r\n");
            assertLoop(returning.readResponse());
        }
    }
}
