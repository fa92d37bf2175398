package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Setting;
import clawsec.testkit.HttpScript;
import clawsec.testkit.ScriptedOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many streams on one connection, and what each may do to the others: nothing. */
class Http2StreamsTest {
    private static final int LARGE_BYTES = 32 << 20;

    @TempDir Path folder;

    private static byte[] block() {
        byte[] block = new byte[1 << 16];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31 >>> 3);
        }
        return block;
    }

    private static long crcOfLarge() {
        CRC32 crc = new CRC32();
        byte[] block = block();
        for (int sent = 0; sent < LARGE_BYTES; sent += block.length) {
            crc.update(block);
        }
        return crc.getValue();
    }

    private static void sendLarge(Http2PeerStream stream) throws IOException {
        byte[] block = block();
        for (int sent = block.length; sent < LARGE_BYTES; sent += block.length) {
            stream.data(block, false);
        }
        stream.data(block, false);
    }

    @Test
    void fiftyStreamsAtOnce_getTheirOwnAnswers_onOneConnection() throws Exception {
        CountDownLatch all = new CountDownLatch(50);
        Http2Origin.Script together =
                stream -> {
                    stream.awaitEnd();
                    all.countDown();
                    assertTrue(all.await(Http2Peer.DEADLINE_SECONDS, TimeUnit.SECONDS));
                    stream.send(stream.path() + " " + stream.text(), Http2Origin.OK);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, together);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            List<Http2PeerStream> streams = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                streams.add(client.post("https", origin.authority(), "/" + i));
                streams.getLast().data("content " + i, true);
            }
            for (int i = 0; i < 50; i++) {
                assertEquals("/" + i + " content " + i, streams.get(i).text());
            }
            assertEquals(1, origin.connections());
            assertEquals(
                    50,
                    proxy.inspector().seen(false).stream()
                            .map(RecordingInspector.Seen::contentText)
                            .distinct()
                            .count());
        }
    }

    @Test
    void moreStreamsThanTheOriginTakes_goToFurtherConnections() throws Exception {
        CountDownLatch all = new CountDownLatch(5);
        Http2Origin.Script together =
                stream -> {
                    stream.awaitEnd();
                    all.countDown();
                    assertTrue(all.await(Http2Peer.DEADLINE_SECONDS, TimeUnit.SECONDS));
                    stream.send(stream.path(), Http2Origin.OK);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin =
                        Http2Origin.overTls(
                                proxy,
                                together,
                                new Http2Setting(Http2Setting.MAX_CONCURRENT_STREAMS, 2));
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            List<Http2PeerStream> streams = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                streams.add(client.get("https", origin.authority(), "/" + i));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals("/" + i, streams.get(i).text());
            }
            assertEquals(3, origin.connections());
        }
    }

    @Test
    void streamThatIsNotRead_holdsUpNoOther_norOtherClientsOfTheOrigin() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    if (stream.path().equals("/large")) {
                        stream.head(false, Http2Origin.OK);
                        sendLarge(stream);
                    } else {
                        stream.send("small", Http2Origin.OK);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer slow =
                        Http2Clients.overTls(
                                proxy,
                                origin.authority(),
                                new Http2Setting(Http2Setting.INITIAL_WINDOW_SIZE, 1_000));
                Http2Peer other = Http2Clients.overTls(proxy, origin.authority())) {
            slow.keepsWindows();
            Http2PeerStream large = slow.get("https", origin.authority(), "/large");
            large.awaitContent(1_000);
            for (int i = 0; i < 10; i++) {
                assertEquals("small", slow.get("https", origin.authority(), "/s").text());
                assertEquals("small", other.get("https", origin.authority(), "/s").text());
            }
            assertEquals(1_000, large.contentBytes());
            assertEquals(1, origin.connections());
            for (int sent = 1_000; sent < 100_000; sent += 1_100) {
                slow.windowUpdate(large.id(), 1_100);
                slow.windowUpdate(0, 1_100);
            }
            large.awaitContent(100_000);
            assertFalse(large.isOver());
        }
    }

    @Test
    void largeContentBothWays_isWhole_inBoundedMemory() throws Exception {
        AtomicLong uploaded = new AtomicLong();
        Http2Origin.Script script =
                stream -> {
                    stream.head(false, Http2Origin.OK);
                    sendLarge(stream);
                    stream.awaitEnd();
                    uploaded.set(stream.crc());
                    stream.data("", true);
                };
        try (ProxyFixture proxy = openUninspected();
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.post("https", origin.authority(), "/");
            sendLarge(stream);
            stream.data("", true);
            stream.awaitEnd();
            assertEquals(LARGE_BYTES, stream.contentBytes());
            assertEquals(crcOfLarge(), stream.crc());
            origin.awaitStream().awaitEnd();
            assertEquals(crcOfLarge(), uploaded.get());
        }
    }

    private ProxyFixture openUninspected() throws Exception {
        return ProxyFixture.openInspected(folder, new ForgetfulInspector());
    }

    /** What is on its way is bounded by the windows, whatever the origin would send. */
    @Test
    void originOfAStreamThatIsNotRead_isHeldUpAfterAWindowOrTwo() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    stream.head(false, Http2Origin.OK);
                    sendLarge(stream);
                };
        try (ProxyFixture proxy = openUninspected();
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            client.keepsWindows();
            Http2PeerStream stream = client.get("https", origin.authority(), "/");
            stream.awaitContent(65_535);
            Http2Peer peer = origin.awaitStream().peer();
            client.roundTrip();
            peer.roundTrip();
            long inbound = proxy.count("bytes_inbound");
            assertTrue(inbound < 4 * 262_144, () -> inbound + " bytes were taken");
            assertEquals(65_535, stream.contentBytes());
        }
    }

    @Test
    void largeUploadToAnOriginOfHttp1_isWhole() throws Exception {
        HttpScript script =
                HttpScript.of((request, out) -> {
                    CRC32 crc = new CRC32();
                    crc.update(request.body());
                    out.write(
                            HttpScript.response(
                                    "200 OK",
                                    "text/plain",
                                    Long.toString(crc.getValue()).getBytes()));
                });
        try (ProxyFixture proxy = openUninspected();
                ScriptedOrigin origin =
                        ScriptedOrigin.openTls(
                                proxy.originCa().serverContext("localhost"), script)) {
            String authority = "localhost:" + origin.port();
            try (Http2Peer client =
                    Http2Clients.client(Http2Clients.shakeHands(proxy, authority, "h2")).begin()) {
                Http2PeerStream stream = client.post("https", authority, "/");
                sendLarge(stream);
                stream.data("", true);
                assertEquals(Long.toString(crcOfLarge()), stream.text());
            }
        }
    }
}
