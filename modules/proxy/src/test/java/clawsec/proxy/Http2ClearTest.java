package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 in clear, by prior knowledge (RFC 9113 §3.3) and by upgrade (RFC 7540 §3.2). */
class Http2ClearTest {
    /** SETTINGS_INITIAL_WINDOW_SIZE of 1,000. */
    private static final String SETTINGS = "HTTP2-Settings: AAQAAAPo";

    @TempDir Path folder;

    private static String upgrade(String target, String... more) {
        return "GET "
                + target
                + " HTTP/1.1\r\nHost: agent\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\n"
                + String.join("\r\n", more)
                + "\r\n\r\n";
    }

    @Test
    void priorKnowledge_atTheGatewaysPort_reachesATargetOfHttp2() throws Exception {
        try (Http2Origin target = Http2Origin.inClear(Http2Origin.echo());
                ProxyFixture proxy = Http2Clients.gateway(folder, target.port());
                Http2Peer client = Http2Clients.inClear(proxy.port())) {
            for (int i = 0; i < 3; i++) {
                Http2PeerStream stream = client.post("http", "agent", "/v1");
                stream.data("question", true);
                assertEquals("question", stream.text());
            }
            assertEquals(1, target.connections());
            assertEquals(
                    List.of(":method: POST", ":scheme: http", ":authority: agent", ":path: /v1"),
                    target.awaitStream().block(1));
            Passage passage = proxy.inspector().seen(true).getFirst().passage();
            assertEquals("gateway", passage.scheme());
            assertEquals("http://agent/v1", passage.url());
            assertEquals("127.0.0.1:" + target.port(), passage.dest());
            assertEquals("question", proxy.inspector().seen(false).getFirst().contentText());
        }
    }

    @Test
    void priorKnowledge_atTheGatewaysPort_reachesATargetOfHttp1() throws Exception {
        HttpScript script = HttpScript.text("old");
        try (ScriptedOrigin target = ScriptedOrigin.open(script);
                ProxyFixture proxy = Http2Clients.gateway(folder, target.port());
                Http2Peer client = Http2Clients.inClear(proxy.port())) {
            for (int i = 0; i < 3; i++) {
                assertEquals("old", client.get("http", "agent", "/" + i).text());
            }
            assertEquals(
                    List.of("/0", "/1", "/2"),
                    script.requests().stream()
                            .filter(request -> request.method().equals("GET"))
                            .map(WireMessage::target)
                            .toList());
            assertEquals(
                    1,
                    script.requests().stream()
                            .filter(request -> request.method().equals("PRI"))
                            .count(),
                    "it was asked for HTTP/2 once");
        }
    }

    @Test
    void http1_atTheGatewaysPort_isNotTriedWithHttp2() throws Exception {
        HttpScript script = HttpScript.text("old");
        try (ScriptedOrigin target = ScriptedOrigin.open(script);
                ProxyFixture proxy = Http2Clients.gateway(folder, target.port());
                RawClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: agent\r\n\r\n");
            assertEquals("old", client.readResponse().text());
            assertEquals(1, target.connections());
        }
    }

    @Test
    void priorKnowledge_insideAConnect_isReadAsHttp2() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.inClear(Http2Origin.paths());
                Http2Peer client = Http2Clients.insideConnect(proxy, origin.authority())) {
            assertEquals("/x", client.get("http", origin.authority(), "/x").text());
            Passage passage = proxy.inspector().seen(true).getFirst().passage();
            assertEquals("http", passage.scheme());
            assertEquals(origin.authority(), passage.dest());
            assertEquals(0, proxy.count("tunnels_opaque"));
        }
    }

    @Test
    void priorKnowledge_atTheProxysPort_goesWhereTheAuthoritySays() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin clear = Http2Origin.inClear(Http2Origin.text("clear"));
                Http2Origin secure = Http2Origin.overTls(proxy, Http2Origin.text("secure"));
                ScriptedOrigin old = ScriptedOrigin.open(HttpScript.text("old"));
                Http2Peer client = Http2Clients.inClear(proxy.port())) {
            assertEquals("clear", client.get("http", clear.authority(), "/").text());
            assertEquals("secure", client.get("https", secure.authority(), "/").text());
            assertEquals("old", client.get("http", old.authority(), "/").text());
            assertEquals(
                    List.of("http", "https", "http"),
                    proxy.inspector().seen(true).stream()
                            .map(seen -> seen.passage().scheme())
                            .toList());
            Http2PeerStream loop = client.get("http", "127.0.0.1:" + proxy.port(), "/").awaitEnd();
            assertEquals(502, loop.status());
            assertTrue(loop.text().contains("loop"), loop::text);
            Http2PeerStream down = client.get("http", "127.0.0.1:1", "/").awaitEnd();
            assertEquals(502, down.status());
        }
    }

    @Test
    void connectOnAStream_isRefused() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Peer client = Http2Clients.inClear(proxy.port())) {
            Http2PeerStream stream =
                    client.request(false, ":method: CONNECT", ":authority: localhost:443");
            stream.awaitEnd();
            assertEquals(501, stream.status());
            client.roundTrip();
        }
    }

    @Test
    void upgrade_goesOnWithHttp2_theFirstRequestAsStream1() throws Exception {
        try (Http2Origin target = Http2Origin.inClear(Http2Origin.text("x".repeat(5_000)));
                ProxyFixture proxy = Http2Clients.gateway(folder, target.port());
                Http2Peer peer = Http2Clients.upgraded(proxy.port(), upgrade("/first", SETTINGS))) {
            Http2PeerStream first = peer.stream(1);
            assertEquals("in HTTP/1.1", first.text());
            assertEquals(5_000, peer.get("http", "agent", "/second").text().length());
            Http2PeerStream seen = target.awaitStream();
            assertEquals("/second", seen.path());
            assertEquals(2, proxy.inspector().seen(true).size());
        }
    }

    @Test
    void upgradeWithSettingsThatAreNone_isRefusedOrIgnored() throws Exception {
        try (ScriptedOrigin target = ScriptedOrigin.open(HttpScript.text("old"));
                ProxyFixture proxy = Http2Clients.gateway(folder, target.port())) {
            assertEquals(400, answer(proxy, upgrade("/", "HTTP2-Settings: AAQAAA")));
            assertEquals(400, answer(proxy, upgrade("/", "HTTP2-Settings: AAT_____")));
            assertEquals(200, answer(proxy, upgrade("/", "HTTP2-Settings: !")));
            assertEquals(200, answer(proxy, upgrade("/", "X: 1")));
            assertEquals(200, answer(proxy, upgrade("/", SETTINGS, SETTINGS)));
        }
    }

    @Test
    void upgradeWithContent_isIgnored() throws Exception {
        HttpScript script = HttpScript.echo();
        try (ScriptedOrigin target = ScriptedOrigin.open(script);
                ProxyFixture proxy = Http2Clients.gateway(folder, target.port());
                RawClient client = proxy.client()) {
            client.send(upgrade("/", SETTINGS, "Content-Length: 4") + "four");
            assertEquals("four", client.readResponse().text());
            assertEquals(List.of(), script.awaitRequest().fields("HTTP2-Settings"));
        }
    }

    @Test
    void upgradeUnderTls_isIgnored() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"),
                                HttpScript.text("old"));
                RawClient client = proxy.tlsClient("localhost:" + origin.port())) {
            client.send(upgrade("/", SETTINGS));
            assertEquals("old", client.readResponse().text());
        }
    }

    private static int answer(ProxyFixture proxy, String request) throws Exception {
        try (RawClient client = proxy.client()) {
            return client.send(request).readResponse().status();
        }
    }
}
