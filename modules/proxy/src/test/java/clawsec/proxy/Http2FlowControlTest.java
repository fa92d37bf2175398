package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2Setting;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of streams and of the connection (RFC 9113 §5.2), whatever their size. */
class Http2FlowControlTest {
    private static final int FIRST_WINDOW = 65_535;

    @TempDir Path folder;

    private static Http2Setting firstWindow(int bytes) {
        return new Http2Setting(Http2Setting.INITIAL_WINDOW_SIZE, bytes);
    }

    private static Http2Origin.Script sending(int bytes) {
        return stream -> {
            stream.awaitEnd();
            stream.head(false, Http2Origin.OK);
            stream.data(new byte[bytes], true);
        };
    }

    @Test
    void windowOfOneByte_isObeyed() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.text("one by one"));
                Http2Peer client =
                        Http2Clients.overTls(proxy, origin.authority(), firstWindow(1))) {
            client.keepsWindows();
            Http2PeerStream stream = client.get("https", "localhost", "/");
            for (int sent = 1; sent < "one by one".length(); sent++) {
                stream.awaitContent(sent);
                client.roundTrip();
                assertEquals("one by one".substring(0, sent), stream.soFar());
                client.windowUpdate(stream.id(), 1);
            }
            assertEquals("one by one", stream.text());
        }
    }

    @Test
    void firstWindowOfZero_letsHeadsThrough_andNoContent() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.text("held"));
                Http2Peer client =
                        Http2Clients.overTls(proxy, origin.authority(), firstWindow(0))) {
            client.keepsWindows();
            Http2PeerStream stream = client.get("https", "localhost", "/");
            assertEquals(200, stream.status());
            client.roundTrip();
            assertEquals(0, stream.contentBytes());
            client.settings(firstWindow(2));
            stream.awaitContent(2);
            client.roundTrip();
            assertEquals("he", stream.soFar());
            client.settings(firstWindow(100));
            assertEquals("held", stream.text());
        }
    }

    /** RFC 9113 §6.9.2: then the window is below 0, and that much is owed first. */
    @Test
    void firstWindowThatShrinksInTheMiddle_makesTheWindowNegative() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, sending(3_000));
                Http2Peer client =
                        Http2Clients.overTls(proxy, origin.authority(), firstWindow(1_000))) {
            client.keepsWindows();
            Http2PeerStream stream = client.get("https", "localhost", "/");
            stream.awaitContent(1_000);
            client.settings(firstWindow(0));
            client.windowUpdate(stream.id(), 1_000);
            client.roundTrip();
            assertEquals(1_000, stream.contentBytes());
            client.windowUpdate(stream.id(), 500);
            stream.awaitContent(1_500);
            client.settings(firstWindow(10_000));
            stream.awaitEnd();
            assertEquals(3_000, stream.contentBytes());
        }
    }

    @Test
    void windowOfTheConnection_isSharedByItsStreams() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, sending(50_000));
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            client.keepsWindows();
            Http2PeerStream first = client.get("https", "localhost", "/1");
            first.awaitEnd();
            Http2PeerStream second = client.get("https", "localhost", "/2");
            second.awaitContent(FIRST_WINDOW - 50_000);
            client.roundTrip();
            assertEquals(FIRST_WINDOW - 50_000, second.contentBytes());
            client.windowUpdate(0, 1_000_000);
            second.awaitEnd();
            assertEquals(50_000, second.contentBytes());
        }
    }

    /** A client gets back what it sent, so that it may go on, as the origin takes it. */
    @Test
    void originThatTakesNothing_holdsItsClientUp_andNoOther() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    if (!stream.path().equals("/slow")) {
                        stream.send("quick", Http2Origin.OK);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                Http2Peer other = Http2Clients.overTls(proxy, origin.authority())) {
            origin.peers().getFirst().keepsWindows();
            Http2PeerStream slow = client.post("https", "localhost", "/slow");
            Thread upload = Thread.ofVirtual().start(() -> uploadForever(slow));
            Http2PeerStream seen = origin.awaitStream();
            seen.awaitContent(FIRST_WINDOW);
            assertEquals("quick", client.get("https", "localhost", "/a").text());
            assertEquals("quick", other.get("https", "localhost", "/b").text());
            assertEquals(FIRST_WINDOW, seen.contentBytes());
            assertTrue(proxy.count("bytes_outbound") < 4 * 262_144);
            slow.reset(Http2Error.CANCEL);
            seen.awaitReset();
            client.close();
            upload.join();
        }
    }

    private static void uploadForever(Http2PeerStream stream) {
        try {
            while (true) {
                stream.data(new byte[10_000], false);
            }
        } catch (IOException | AssertionError held) {
            // The test gave the stream up.
        }
    }

    /** RFC 9113 §6.9.1. */
    @Test
    void clientThatSendsBeyondItsWindow_isToldSo() throws Exception {
        Http2Origin.Script script = stream -> {};
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            origin.peers().getFirst().keepsWindows();
            Http2PeerStream stream = client.post("https", "localhost", "/");
            Http2PeerStream there = origin.awaitStream();
            for (int sent = 0; sent < 40; sent++) {
                client.data(stream.id(), new byte[16_384], false);
            }
            stream.awaitReset(Http2Error.FLOW_CONTROL_ERROR);
            there.awaitReset();
            client.roundTrip();
        }
    }

    @Test
    void paddingCountsInWindows_andIsGivenBack() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.echo());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.post("https", "localhost", "/");
            byte[] padded = new byte[9 + 1 + 1 + 255];
            padded[1] = 1;
            padded[2] = 1; // 257 bytes
            padded[4] = 8; // PADDED
            padded[8] = (byte) stream.id();
            padded[9] = (byte) 255;
            padded[10] = 'x';
            int frames = 8_000; // two megabytes, which is past both windows
            int sent = 0;
            while (sent < frames) {
                int flow = 0;
                while (flow < 257) {
                    flow += client.takeWindow(stream, 257 - flow);
                }
                client.send(padded);
                sent++;
            }
            client.data(stream.id(), new byte[0], true);
            assertEquals("x".repeat(frames), stream.text());
        }
    }
}
