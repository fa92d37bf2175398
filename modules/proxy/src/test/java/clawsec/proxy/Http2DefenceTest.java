package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2FrameEncoder;
import clawsec.http.h2.Http2Setting;
import clawsec.http.h2.Http2StreamLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients may ask for, and what breaks their stream or connection, and nobody else's. */
class Http2DefenceTest {
    private static final int HEAD_BYTES = 8_192;

    @TempDir Path folder;

    /** What is done to a proxy by a client, beside another. */
    private interface Attack {
        void run(Http2Peer client) throws Exception;
    }

    private void assertOthersUnaffected(Attack attack) throws Exception {
        try (ProxyFixture proxy =
                        ProxyFixture.openLimited(
                                folder, limits -> Limits.headBytes(HEAD_BYTES, limits));
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.paths());
                Http2Peer other = Http2Clients.overTls(proxy, origin.authority());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            assertEquals("/before", other.get("https", "localhost", "/before").text());
            attack.run(client);
            assertEquals("/after", other.get("https", "localhost", "/after").text());
            assertEquals(1, origin.handshakes());
        }
    }

    private void assertBreaks(Http2Error error, Attack attack) throws Exception {
        assertOthersUnaffected(client -> {
            attack.run(client);
            client.awaitGoAway(error);
            client.awaitClosed();
        });
    }

    /** A large entry of the table, named again and again at a byte each. */
    private static byte[] bomb(Http2Peer client, int times) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(client.block(Http2Blocks.request("GET", "https", "localhost", "/")));
        block.writeBytes(new byte[] {0x40, 1, 'x', 0x7f, (byte) (0x80 | (873 & 0x7f)), 873 >> 7});
        block.writeBytes("v".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < times; i++) {
            block.write(0xbe);
        }
        return block.toByteArray();
    }

    private static Http2PeerStream send(Http2Peer client, byte[] block) throws IOException {
        Http2PeerStream stream = client.reserve();
        client.send(Http2FrameEncoder.headers(stream.id(), block, true, 16_384));
        return stream;
    }

    @Test
    void hpackBomb_is431() throws Exception {
        assertOthersUnaffected(client -> {
            Http2PeerStream stream = send(client, bomb(client, 6_000)).awaitEnd();
            assertEquals(431, stream.status());
            assertTrue(stream.text().contains("max_header_bytes"), stream::text);
            client.roundTrip();
        });
    }

    @Test
    void headOfMaxHeaderBytes_passes_andOneByteMoreIs431() throws Exception {
        int others = 0;
        for (String line : Http2Blocks.request("GET", "https", "localhost", "/x")) {
            others += line.length() - 2 + 32;
        }
        int most = HEAD_BYTES - others - 1 - 32;
        assertOthersUnaffected(client -> {
            String value = "a".repeat(most); // five bits each in Huffman's code
            assertEquals("/x", client.get("https", "localhost", "/x", "x: " + value).text());
            Http2PeerStream over = client.get("https", "localhost", "/x", "x: " + value + "a");
            assertEquals(431, over.awaitEnd().status());
            assertEquals("/y", client.get("https", "localhost", "/y").text());
        });
    }

    @Test
    void headerBlockBeyondMaxHeaderBytes_endsTheConnection() throws Exception {
        assertBreaks(
                Http2Error.ENHANCE_YOUR_CALM,
                client -> client.get("https", "localhost", "/", "x: " + "~".repeat(HEAD_BYTES)));
    }

    @Test
    void tableSizeUpdate_beyondWhatWasAnnounced_endsTheConnection() throws Exception {
        assertBreaks(
                Http2Error.COMPRESSION_ERROR,
                client -> send(client, new byte[] {0x3f, (byte) 0xe2, 0x1f})); // 4,097
    }

    @Test
    void tableSizeUpdates_downAndUp_areObeyed() throws Exception {
        assertOthersUnaffected(client -> {
            client.settings(new Http2Setting(Http2Setting.HEADER_TABLE_SIZE, 0));
            assertEquals("/a", client.get("https", "localhost", "/a").text());
            client.settings(new Http2Setting(Http2Setting.HEADER_TABLE_SIZE, 4_096));
            assertEquals("/b", client.get("https", "localhost", "/b").text());
            client.settings(new Http2Setting(Http2Setting.HEADER_TABLE_SIZE, 0xffff_ffffL));
            assertEquals("/c", client.get("https", "localhost", "/c").text());
        });
    }

    @Test
    void frameThatIsLongerThanAllowed_endsTheConnection() throws Exception {
        assertBreaks(
                Http2Error.FRAME_SIZE_ERROR,
                client -> {
                    Http2PeerStream stream = client.post("https", "localhost", "/");
                    client.data(stream.id(), new byte[16_385], false);
                });
    }

    @Test
    void frameSizeLies_endTheConnection() throws Exception {
        for (byte[] frame :
                List.of(
                        new byte[] {0, 0, 7, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7},
                        new byte[] {0, 0, 3, 8, 0, 0, 0, 0, 0, 0, 0, 1},
                        new byte[] {0, 0, 5, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8, 0},
                        new byte[] {0, 0, 5, 4, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0},
                        new byte[] {0, 0, 1, 4, 1, 0, 0, 0, 0, 0})) {
            assertBreaks(
                    Http2Error.FRAME_SIZE_ERROR,
                    client -> {
                        client.post("https", "localhost", "/");
                        client.send(frame);
                    });
        }
    }

    @Test
    void streamIdReuse_endsTheConnection() throws Exception {
        for (int id : new int[] {1, 2}) {
            assertBreaks(
                    Http2Error.PROTOCOL_ERROR,
                    client -> {
                        client.get("https", "localhost", "/").awaitEnd();
                        client.get("https", "localhost", "/").awaitEnd();
                        client.headers(
                                id, true, Http2Blocks.request("GET", "https", "localhost", "/"));
                    });
        }
    }

    @Test
    void serverPushByAClient_endsTheConnection() throws Exception {
        assertBreaks(
                Http2Error.PROTOCOL_ERROR,
                client -> client.send(new byte[] {0, 0, 4, 5, 4, 0, 0, 0, 1, 0, 0, 0, 2}));
    }

    @Test
    void streamsUpToTheLimit_areServed_andTheNextIsRefused() throws Exception {
        assertOthersUnaffected(client -> {
            List<Http2PeerStream> streams = new ArrayList<>();
            int most = Http2StreamLimits.DEFAULT.streams();
            for (int i = 0; i < most; i++) {
                streams.add(client.post("https", "localhost", "/" + i));
            }
            client.post("https", "localhost", "/over").awaitReset(Http2Error.REFUSED_STREAM);
            for (int i = 0; i < most; i++) {
                streams.get(i).data("", true);
                assertEquals("/" + i, streams.get(i).text());
            }
            assertEquals("/again", client.get("https", "localhost", "/again").text());
        });
    }

    @Test
    void bytesThatAreNoPrefaceAfterAlpn_endTheConnection() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.paths());
                var socket = Http2Clients.shakeHands(proxy, origin.authority(), "h2", "http/1.1")) {
            assertEquals("h2", socket.getApplicationProtocol());
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Http2Peer client = Http2Clients.client(socket);
            client.listen();
            client.awaitGoAway(Http2Error.PROTOCOL_ERROR);
            client.awaitClosed();
            assertEquals(List.of(), proxy.inspector().seen(true));
        }
    }
}
