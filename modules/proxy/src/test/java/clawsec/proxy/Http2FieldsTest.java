package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.hpack.HpackLine;
import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of field lines, trailers and interim responses between the versions. */
class Http2FieldsTest {
    @TempDir Path folder;

    private static Http2Peer alone(ProxyFixture proxy, String authority) throws IOException {
        return Http2Clients.client(Http2Clients.shakeHands(proxy, authority, "h2")).begin();
    }

    private static ScriptedOrigin http1(ProxyFixture proxy, ScriptedOrigin.Handler script)
            throws IOException {
        return ScriptedOrigin.openTls(proxy.originCa().serverContext("localhost"), script);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A response with a trailer, to a request with one. */
    private static Http2Origin.Script trailing() {
        return stream -> {
            stream.awaitEnd();
            stream.head(false, Http2Origin.OK);
            stream.data("answer", false);
            stream.head(true, "x-sum: of the answer");
        };
    }

    @Test
    void trailers_passBothWays_fromHttp2ToHttp2_andAreInspected() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, trailing());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream =
                    client.post("https", origin.authority(), "/", "te: trailers", "trailer: x-ask");
            stream.data("question", false);
            stream.head(true, "x-ask: of the question");
            assertEquals("answer", stream.text());
            assertEquals(List.of("x-sum: of the answer"), stream.block(2));
            Http2PeerStream seen = origin.awaitStream();
            assertEquals("question", seen.text());
            assertEquals(List.of("x-ask: of the question"), seen.block(2));
            assertEquals(Optional.of("trailers"), seen.field("te"));
            assertTrue(
                    proxy.inspector().seen(true).getLast().headText().contains("of the question"));
            assertTrue(
                    proxy.inspector().seen(false).getLast().headText().contains("of the answer"));
        }
    }

    @Test
    void trailers_passBothWays_fromHttp2ToHttp1() throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "6\r\nanswer\r\n0\r\nX-Sum: of the answer\r\n\r\n");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = http1(proxy, script);
                Http2Peer client = alone(proxy, "localhost:" + origin.port())) {
            Http2PeerStream stream =
                    client.post("https", "localhost:" + origin.port(), "/", "te: trailers");
            stream.data("question", false);
            stream.head(true, "x-ask: of the question");
            assertEquals("answer", stream.text());
            assertEquals(List.of("x-sum: of the answer"), stream.block(2));
            WireMessage request = script.awaitRequest();
            assertEquals("question", request.text());
            assertEquals(List.of("x-ask: of the question"), request.trailerLines());
            assertEquals(List.of(), request.fields("TE"), "of the client's connection");
        }
    }

    @Test
    void trailers_passBothWays_fromHttp1ToHttp2() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, trailing());
                RawClient client = proxy.tlsClient(origin.authority())) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: h\r\nConnection: TE, X-Gone\r\nTE: trailers, x\r\n"
                            + "X-Gone: 1\r\nTransfer-Encoding: chunked\r\nX-Kept: 1\r\n\r\n"
                            + "8\r\nquestion\r\n0\r\nX-Ask: of the question\r\n\r\n");
            WireMessage answer = client.readResponse();
            assertEquals("answer", answer.text());
            assertEquals(List.of("x-sum: of the answer"), answer.trailerLines());
            Http2PeerStream seen = origin.awaitStream();
            assertEquals("question", seen.text());
            assertEquals(List.of("x-ask: of the question"), seen.block(2));
            assertEquals(
                    List.of(
                            ":method: POST",
                            ":scheme: https",
                            ":authority: h",
                            ":path: /",
                            "x-kept: 1"),
                    seen.block(1));
        }
    }

    @Test
    void responseOfTrailersAlone_keepsThem() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    stream.head(false, Http2Origin.OK);
                    stream.head(true, "grpc-status: 0");
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.get("https", origin.authority(), "/").awaitEnd();
            assertEquals(List.of("grpc-status: 0"), stream.block(2));
        }
    }

    @Test
    void interimResponses_passFromHttp2() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.head(false, ":status: 103", "link: </style.css>");
                    stream.head(false, ":status: 100");
                    stream.awaitEnd();
                    stream.send("final", Http2Origin.OK);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            Http2PeerStream stream =
                    client.post("https", origin.authority(), "/", "expect: 100-continue");
            assertEquals(List.of(":status: 103", "link: </style.css>"), stream.block(1));
            assertEquals(List.of(":status: 100"), stream.block(2));
            stream.data("go on", true);
            assertEquals("final", stream.text());
            assertEquals(Optional.of("200"), stream.field(3, ":status"));
            assertEquals("go on", origin.awaitStream().text());
            old.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals(103, old.readResponse().status());
            assertEquals(100, old.readResponse().status());
            assertEquals("final", old.readResponse().text());
        }
    }

    @Test
    void interimResponses_passFromHttp1() throws Exception {
        ScriptedOrigin.Handler script =
                (in, out, socket) -> {
                    WireMessage.readRequestHead(in);
                    out.write(ascii("HTTP/1.1 103 Early\r\nLink: </style.css>\r\n\r\n"));
                    out.write(ascii("HTTP/1.1 100 Continue\r\n\r\n"));
                    out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfinal"));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = http1(proxy, script);
                Http2Peer client = alone(proxy, "localhost:" + origin.port())) {
            Http2PeerStream stream = client.get("https", "localhost", "/");
            assertEquals("final", stream.text());
            assertEquals(List.of(":status: 103", "link: </style.css>"), stream.block(1));
            assertEquals(List.of(":status: 100"), stream.block(2));
            assertEquals(List.of(":status: 200", "content-length: 5"), stream.block(3));
        }
    }

    @Test
    void te_passesToOriginsOfHttp2_andNotToThoseOfHttp1() throws Exception {
        HttpScript script = HttpScript.text("yes");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.text("yes"));
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                ScriptedOrigin old = http1(proxy, script);
                Http2Peer toOld = alone(proxy, "localhost:" + old.port())) {
            client.get("https", "localhost", "/", "te: trailers").awaitEnd();
            assertEquals(Optional.of("trailers"), origin.awaitStream().field("te"));
            toOld.get("https", "localhost", "/", "te: trailers").awaitEnd();
            assertEquals(List.of(), script.awaitRequest().fields("te"));
        }
    }

    @Test
    void crumbsOfCookies_areJoined_whereverTheyGo() throws Exception {
        HttpScript script = HttpScript.text("yes");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.text("yes"));
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                ScriptedOrigin old = http1(proxy, script);
                Http2Peer toOld = alone(proxy, "localhost:" + old.port())) {
            String[] crumbs = {"cookie: a=1", "x-between: 1", "cookie: b=2", "cookie: c=3"};
            client.get("https", "localhost", "/", crumbs).awaitEnd();
            assertEquals(Optional.of("a=1; b=2; c=3"), origin.awaitStream().field("cookie"));
            toOld.get("https", "localhost", "/", crumbs).awaitEnd();
            assertEquals(List.of("a=1; b=2; c=3"), script.awaitRequest().fields("cookie"));
            assertTrue(
                    proxy.inspector().seen(true).getFirst().headText().contains("a=1; b=2; c=3"));
        }
    }

    @Test
    void neverIndexedFields_stayNeverIndexed_bothWays() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    stream.send("yes", ":status: 200", "!x-token: of the origin", "x-open: 1");
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream =
                    client.get("https", "localhost", "/", "!x-key: of the client", "x-open: 1");
            stream.awaitEnd();
            Http2PeerStream seen = origin.awaitStream();
            assertTrue(line(seen, "x-key").isNeverIndexed());
            assertFalse(line(seen, "x-open").isNeverIndexed());
            assertTrue(line(stream, "x-token").isNeverIndexed());
            assertFalse(line(stream, "x-open").isNeverIndexed());
        }
    }

    private static HpackLine line(Http2PeerStream stream, String name) {
        return stream.rawBlock(1).stream()
                .filter(line -> line.line().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void altSvcAndFieldsOfTheConnection_ofAnOriginOfHttp1_doNotReachAClientOfHttp2()
            throws Exception {
        HttpScript script =
                HttpScript.fixed(
                        "HTTP/1.1 200 OK\r\n"
                                + "Alt-Svc: h3=\":443\"\r\n"
                                + "Connection: keep-alive, X-Hop\r\n"
                                + "Keep-Alive: timeout=5\r\n"
                                + "X-Hop: 1\r\n"
                                + "X-Kept: 1\r\n"
                                + "Content-Length: 3\r\n\r\n"
                                + "yes");
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = http1(proxy, script);
                Http2Peer client = alone(proxy, "localhost:" + origin.port())) {
            Http2PeerStream stream = client.get("https", "localhost", "/").awaitEnd();
            assertEquals(
                    List.of(":status: 200", "x-kept: 1", "content-length: 3"), stream.block(1));
        }
    }
}
