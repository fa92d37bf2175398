package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Error;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams and connections that end before their time: the other end is told, and told the same. */
class Http2EndsTest {
    @TempDir Path folder;

    private static final Http2Origin.Script SILENT = stream -> {};

    /** Begins a response that never ends. */
    private static final Http2Origin.Script BEGINNING =
            stream -> {
                stream.head(false, Http2Origin.OK);
                stream.data("begun", false);
            };

    private static Http2Peer alone(ProxyFixture proxy, int port) throws IOException {
        return Http2Clients.client(Http2Clients.shakeHands(proxy, "localhost:" + port, "h2"))
                .begin();
    }

    private static ScriptedOrigin http1(ProxyFixture proxy, ScriptedOrigin.Handler script)
            throws IOException {
        return ScriptedOrigin.openTls(proxy.originCa().serverContext("localhost"), script);
    }

    @Test
    void clientsReset_reachesTheOrigin_thatHasNotAnswered() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, SILENT);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream get = client.get("https", "localhost", "/");
            Http2PeerStream seen = origin.awaitStream();
            get.reset(Http2Error.CANCEL);
            seen.awaitReset(Http2Error.CANCEL);
            Http2PeerStream post = client.post("https", "localhost", "/");
            post.data("some", false);
            Http2PeerStream upload = origin.awaitStream();
            upload.awaitContent(4);
            post.reset(Http2Error.CANCEL);
            upload.awaitReset(Http2Error.CANCEL);
            client.roundTrip();
        }
    }

    @Test
    void clientsReset_reachesTheOrigin_inTheMiddleOfItsAnswer() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, BEGINNING);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.get("https", "localhost", "/");
            stream.awaitContent(5);
            stream.reset(Http2Error.CANCEL);
            origin.awaitStream().awaitReset(Http2Error.CANCEL);
        }
    }

    @Test
    void clientsReset_closesTheConnectionToAnOriginOfHttp1() throws Exception {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        CompletableFuture<Integer> waiting = new CompletableFuture<>();
        CompletableFuture<Integer> answering = new CompletableFuture<>();
        ScriptedOrigin.Handler script =
                (in, out, socket) -> {
                    boolean begins =
                            WireMessage.readRequest(in).orElseThrow().target().equals("/begin");
                    asked.complete(true);
                    if (begins) {
                        out.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun"
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                    (begins ? answering : waiting).complete(readOrEnd(in));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = http1(proxy, script);
                Http2Peer client = alone(proxy, origin.port())) {
            Http2PeerStream silent = client.get("https", "localhost", "/");
            assertTrue(asked.get(60, TimeUnit.SECONDS));
            silent.reset(Http2Error.CANCEL);
            assertEquals(-1, waiting.get(60, TimeUnit.SECONDS));
            Http2PeerStream begun = client.get("https", "localhost", "/begin");
            begun.awaitContent(5);
            begun.reset(Http2Error.CANCEL);
            assertEquals(-1, answering.get(60, TimeUnit.SECONDS));
            client.roundTrip();
        }
    }

    private static int readOrEnd(InputStream in) {
        try {
            return in.read();
        } catch (IOException reset) {
            return -1;
        }
    }

    @Test
    void originsReset_reachesTheClient_withTheSameCode() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.head(false, Http2Origin.OK);
                    stream.data("begun", false);
                    stream.reset(Http2Error.ENHANCE_YOUR_CALM);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            Http2PeerStream stream = client.get("https", "localhost", "/");
            stream.awaitReset(Http2Error.ENHANCE_YOUR_CALM);
            assertEquals("begun", stream.soFar());
            client.roundTrip();
            old.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            String all = new String(old.readToEnd(), StandardCharsets.US_ASCII);
            assertTrue(all.endsWith("\r\n\r\n5\r\nbegun\r\n"), all);
        }
    }

    @Test
    void originsReset_beforeItsAnswer_reachesTheClient_withTheSameCode() throws Exception {
        Http2Origin.Script script = stream -> stream.reset(Http2Error.HTTP_1_1_REQUIRED);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            Http2PeerStream stream = client.get("https", "localhost", "/");
            stream.awaitReset(Http2Error.HTTP_1_1_REQUIRED);
            client.roundTrip();
            old.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            WireMessage answer = old.readResponse();
            assertEquals(502, answer.status());
            assertTrue(answer.text().contains("before it answered"), answer::text);
        }
    }

    @Test
    void originOfHttp1_thatBreaksOff_isAResetToTheClient() throws Exception {
        ScriptedOrigin.Handler script =
                (in, out, socket) -> {
                    WireMessage.readRequest(in);
                    out.write(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbegun\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = http1(proxy, script);
                Http2Peer client = alone(proxy, origin.port())) {
            Http2PeerStream stream = client.get("https", "localhost", "/");
            stream.awaitReset(Http2Error.INTERNAL_ERROR);
            assertEquals("begun", stream.soFar());
            client.roundTrip();
            proxy.awaitCount("responses_incomplete", 1);
        }
    }

    @Test
    void originWhoseConnectionDies_endsItsStreamsAlone() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, BEGINNING);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream first = client.get("https", "localhost", "/1");
            Http2PeerStream second = client.get("https", "localhost", "/2");
            first.awaitContent(5);
            second.awaitContent(5);
            origin.peers().getFirst().close();
            assertTrue(first.awaitReset() != Http2Error.NO_ERROR.code());
            assertTrue(second.awaitReset() != Http2Error.NO_ERROR.code());
            client.get("https", "localhost", "/3").awaitContent(5);
            assertEquals(2, origin.handshakes());
        }
    }

    /** RFC 9113 §8.1: a whole response counts, whatever is said of the rest of the request. */
    @Test
    void originThatWantsNoMoreAfterItsAnswer_isHeardInFull() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.send("x".repeat(50_000), Http2Origin.OK);
                    stream.reset(Http2Error.NO_ERROR);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            for (int i = 0; i < 20; i++) {
                Http2PeerStream stream = client.post("https", "localhost", "/");
                stream.data("some", false);
                assertEquals(50_000, stream.text().length());
                stream.awaitReset(Http2Error.NO_ERROR);
            }
            old.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nsome");
            assertEquals(50_000, old.readResponse().text().length());
        }
    }

    @Test
    void originThatAnswersBeforeTheUploadEnded_isHeard_andTheRestIsNotWanted() throws Exception {
        Http2Origin.Script script = stream -> stream.send("no need", Http2Origin.OK);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.post("https", "localhost", "/");
            stream.data("some", false);
            assertEquals("no need", stream.text());
            stream.awaitReset(Http2Error.NO_ERROR);
            origin.awaitStream().awaitReset();
            client.data(stream.id(), new byte[100], true);
            assertEquals("no need", client.get("https", "localhost", "/").text());
        }
    }

    @Test
    void clientWhoseConnectionDies_endsAllItsStreamsAtTheOrigin_andNoOthers() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, BEGINNING);
                Http2Peer other = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream kept = other.get("https", "localhost", "/kept");
            Http2PeerStream keptThere = origin.awaitStream();
            List<Http2PeerStream> seen = new ArrayList<>();
            try (Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
                for (int i = 0; i < 10; i++) {
                    client.get("https", "localhost", "/" + i);
                    seen.add(origin.awaitStream());
                }
            }
            for (Http2PeerStream each : seen) {
                each.awaitReset(Http2Error.CANCEL);
            }
            keptThere.data(" more", true);
            assertEquals("begun more", kept.text());
            proxy.awaitCount("connections_open", 1);
        }
    }

    @Test
    void drain_asksForNoMoreStreams_andLetsTheOpenOnesEnd() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, BEGINNING);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                Http2Peer idle = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.get("https", "localhost", "/");
            stream.awaitContent(5);
            FutureTask<Boolean> drained =
                    new FutureTask<>(() -> proxy.server().drain(Duration.ofSeconds(60)));
            Thread.ofVirtual().start(drained);
            assertEquals(1, client.awaitGoAway(Http2Error.NO_ERROR).lastStreamId());
            idle.awaitGoAway(Http2Error.NO_ERROR);
            idle.awaitClosed();
            origin.awaitStream().data(" and done", true);
            assertEquals("begun and done", stream.text());
            client.awaitClosed();
            assertTrue(drained.get(60, TimeUnit.SECONDS));
            assertEquals(0, proxy.count("connections_open"));
        }
    }
}
