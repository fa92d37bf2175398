package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2Setting;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers of HTTP/2 that are silent: it is their stream that ends, where they have one. */
class Http2TimeoutTest {
    private static final Duration BRIEF = Duration.ofMillis(1_500);

    /** Says nothing of its own accord on /silent, and answers the rest. */
    private static final Http2Origin.Script SILENT =
            stream -> {
                if (!stream.path().equals("/silent")) {
                    stream.awaitEnd();
                    stream.send(stream.path(), Http2Origin.OK);
                }
            };

    @TempDir Path folder;

    private ProxyFixture open() throws Exception {
        return ProxyFixture.openLimited(folder, limits -> Limits.idle(BRIEF, limits));
    }

    @Test
    void silentOrigin_is504OnThatStreamAlone() throws Exception {
        try (ProxyFixture proxy = open();
                Http2Origin origin = Http2Origin.overTls(proxy, SILENT);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream silent = client.get("https", "localhost", "/silent");
            assertEquals("/a", client.get("https", "localhost", "/a").text());
            silent.awaitEnd();
            assertEquals(504, silent.status());
            assertTrue(silent.text().contains("sent no response for"), silent::text);
            Http2PeerStream seen = origin.awaitStream();
            (seen.path().equals("/silent") ? seen : origin.awaitStream())
                    .awaitReset(Http2Error.CANCEL);
            assertEquals("/b", client.get("https", "localhost", "/b").text());
            assertEquals(1, origin.handshakes());
        }
    }

    @Test
    void originThatStallsInItsContent_breaksThatStreamAlone() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.head(false, Http2Origin.OK);
                    stream.data("begun", !stream.path().equals("/stalls"));
                };
        try (ProxyFixture proxy = open();
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stalling = client.get("https", "localhost", "/stalls");
            stalling.awaitContent(5);
            assertTrue(stalling.awaitReset() != Http2Error.NO_ERROR.code());
            assertEquals("begun", client.get("https", "localhost", "/").text());
            assertEquals(1, origin.handshakes());
        }
    }

    @Test
    void stalledUpload_is408OnThatStreamAlone() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    stream.send(stream.path(), Http2Origin.OK);
                };
        try (ProxyFixture proxy = open();
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stalled = client.post("https", "localhost", "/");
            stalled.data("some", false);
            origin.awaitStream().awaitContent(4);
            stalled.awaitEnd();
            assertEquals(408, stalled.status());
            assertEquals("/b", client.get("https", "localhost", "/b").text());
            proxy.awaitCount("clients_timed_out", 1);
        }
    }

    /** A window that never opens: what the origin sends is not held for ever. */
    @Test
    void zeroWindowStall_endsThatStreamAlone() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    stream.send("content", Http2Origin.OK);
                };
        try (ProxyFixture proxy = open();
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer other = Http2Clients.overTls(proxy, origin.authority());
                Http2Peer client =
                        Http2Clients.overTls(
                                proxy,
                                origin.authority(),
                                new Http2Setting(Http2Setting.INITIAL_WINDOW_SIZE, 0))) {
            client.keepsWindows();
            Http2PeerStream stalled = client.get("https", "localhost", "/");
            assertEquals("content", other.get("https", "localhost", "/").text());
            stalled.awaitReset(Http2Error.CANCEL);
            assertEquals(0, stalled.contentBytes());
            client.roundTrip();
            assertEquals("content", other.get("https", "localhost", "/").text());
            proxy.awaitCount("clients_gone", 1);
        }
    }

    @Test
    void connectionWithoutStreams_isClosedAfterTheIdleTimeout() throws Exception {
        try (ProxyFixture proxy = open();
                Http2Origin origin = Http2Origin.overTls(proxy, SILENT);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            assertEquals("/a", client.get("https", "localhost", "/a").text());
            client.awaitGoAway(Http2Error.NO_ERROR);
            client.awaitClosed();
            proxy.awaitCount("connections_open", 0);
        }
    }

    @Test
    void headThatDoesNotEnd_closesTheConnection() throws Exception {
        try (ProxyFixture proxy = open();
                Http2Origin origin = Http2Origin.overTls(proxy, SILENT);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            byte[] block = client.block(Http2Blocks.request("GET", "https", "localhost", "/"));
            client.send(new byte[] {0, 0, (byte) block.length, 1, 1, 0, 0, 0, 1}, block);
            client.awaitClosed();
            assertEquals(1, origin.connections());
            assertEquals(0, proxy.inspector().seen(true).size());
        }
    }

    @Test
    void prefaceThatDoesNotEnd_closesTheConnection() throws Exception {
        try (ProxyFixture proxy =
                        ProxyFixture.openLimited(folder, limits -> Limits.header(BRIEF, limits));
                Socket client = new Socket("127.0.0.1", proxy.port())) {
            client.getOutputStream().write("PRI * HTT".getBytes(StandardCharsets.US_ASCII));
            client.setSoTimeout(60_000);
            client.getInputStream().readAllBytes();
            proxy.awaitCount("connections_open", 0);
        }
    }

    @Test
    void originThatChoseHttp2AndSaysNothing_is502() throws Exception {
        try (ProxyFixture proxy =
                        ProxyFixture.openLimited(folder, limits -> Limits.connect(BRIEF, limits));
                MuteOrigin origin = MuteOrigin.open(proxy);
                Http2Peer client =
                        Http2Clients.client(
                                        Http2Clients.shakeHands(
                                                proxy, "localhost:" + origin.port(), "h2"))
                                .begin()) {
            Http2PeerStream stream = client.get("https", "localhost", "/").awaitEnd();
            assertEquals(502, stream.status());
        }
    }
}
