package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2FrameEncoder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep the proxy busy with what costs them nothing: their connection ends. */
class Http2FloodTest {
    /** More than is put up with of anything, see Http2StreamLimits. */
    private static final int MANY = 20_000;

    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    @TempDir Path folder;

    /** Sends something useless once more. */
    private interface Flood {
        void send(Http2Peer client, int count) throws IOException;
    }

    /** The client is cut off with that error; nobody else notices. */
    private void assertCutOff(Http2Error error, Flood flood) throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.paths());
                Http2Peer other = Http2Clients.overTls(proxy, origin.authority());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream open = other.post("https", "localhost", "/open");
            int sent = sendUntilClosed(client, flood);
            assertTrue(sent < MANY, "the flood was put up with");
            client.awaitGoAway(error);
            client.awaitClosed();
            assertEquals("/other", other.get("https", "localhost", "/other").text());
            open.data("end", true);
            assertEquals("/open", open.text());
            proxy.awaitCount("connections_open", 1);
            assertEquals(1, origin.handshakes());
        }
    }

    private static int sendUntilClosed(Http2Peer client, Flood flood) {
        int sent = 0;
        try {
            while (sent < MANY && !client.isClosed()) {
                flood.send(client, sent);
                sent++;
            }
        } catch (IOException closed) {
            return sent;
        }
        return sent;
    }

    /** CVE-2023-44487. */
    @Test
    void rapidReset() throws Exception {
        assertCutOff(
                Http2Error.ENHANCE_YOUR_CALM,
                (client, count) -> client.get("https", "localhost", "/").reset(Http2Error.CANCEL));
    }

    /** CVE-2025-8671: the proxy is made to reset the streams. */
    @Test
    void madeYouReset() throws Exception {
        assertCutOff(
                Http2Error.ENHANCE_YOUR_CALM,
                (client, count) -> {
                    Http2PeerStream stream = client.post("https", "localhost", "/");
                    client.windowUpdate(stream.id(), Integer.MAX_VALUE);
                });
    }

    /** CVE-2024-27316 and its kin: a head that has no end. */
    @Test
    void continuationFlood() throws Exception {
        assertCutOff(
                Http2Error.ENHANCE_YOUR_CALM,
                (client, count) -> {
                    byte type = (byte) (count == 0 ? 1 : 9);
                    client.send(new byte[] {0, 0, 1, type, 0, 0, 0, 0, 1, (byte) 0x82});
                });
    }

    /** CVE-2019-9518. */
    @Test
    void emptyFrameFlood() throws Exception {
        assertCutOff(
                Http2Error.ENHANCE_YOUR_CALM,
                (client, count) -> {
                    if (count == 0) {
                        client.post("https", "localhost", "/");
                    }
                    client.data(1, new byte[0], false);
                });
    }

    /** CVE-2019-9512. */
    @Test
    void pingFlood() throws Exception {
        assertCutOff(
                Http2Error.ENHANCE_YOUR_CALM,
                (client, count) -> client.send(Http2FrameEncoder.ping(count)));
    }

    /** CVE-2019-9515. */
    @Test
    void settingsFlood() throws Exception {
        assertCutOff(Http2Error.ENHANCE_YOUR_CALM, (client, count) -> client.send(EMPTY_SETTINGS));
    }

    /** CVE-2019-9513. */
    @Test
    void priorityFlood() throws Exception {
        assertCutOff(
                Http2Error.ENHANCE_YOUR_CALM,
                (client, count) ->
                        client.send(new byte[] {0, 0, 5, 2, 0, 0, 0, 0, 1, 0, 0, 0, 3, 16}));
    }

    /** CVE-2019-9511: the client takes one byte at a time. */
    @Test
    void windowsOfOneByte() throws Exception {
        assertCutOff(Http2Error.ENHANCE_YOUR_CALM, (client, count) -> client.windowUpdate(0, 1));
    }

    /** The origin can do the same to us; what it serves ends, and the client is answered. */
    @Test
    void pingFloodOfAnOrigin_endsItsConnection() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    for (int i = 0; i < MANY && stream.path().equals("/flood"); i++) {
                        stream.peer().send(Http2FrameEncoder.ping(i));
                    }
                    stream.send("quiet", Http2Origin.OK);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            String[] flood = Http2Blocks.request("PATCH", "https", "localhost", "/flood");
            assertEquals(502, client.request(true, flood).awaitEnd().status());
            assertEquals("quiet", client.get("https", "localhost", "/").text());
            origin.peers().getFirst().awaitGoAway(Http2Error.ENHANCE_YOUR_CALM);
        }
    }
}
