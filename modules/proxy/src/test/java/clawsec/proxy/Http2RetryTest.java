package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.h2.Http2Error;
import clawsec.http.h2.Http2FrameEncoder;
import clawsec.testkit.RawClient;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that an origin of HTTP/2 says it did nothing for (RFC 9113 §8.7). */
class Http2RetryTest {
    @TempDir Path folder;

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void goAway_thatLeavesAStreamOut_meansThatItIsTriedAgain() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    if (asked.incrementAndGet() == 1) {
                        stream.peer().send(Http2FrameEncoder.goAway(0, 0, ""));
                    } else {
                        stream.send("now " + stream.path(), Http2Origin.OK);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            assertEquals("now /a", client.get("https", "localhost", "/a").text());
            assertEquals("now /b", client.get("https", "localhost", "/b").text());
            assertEquals(2, origin.handshakes());
            assertEquals(2, proxy.inspector().seen(true).size(), "inspected once");
        }
    }

    @Test
    void goAway_letsTheStreamsBelowEnd_andNewOnesGoElsewhere() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    if (asked.incrementAndGet() == 1) {
                        stream.peer().send(Http2FrameEncoder.goAway(stream.id(), 0, ""));
                        stream.peer().roundTrip();
                    }
                    stream.send(stream.path(), Http2Origin.OK);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            assertEquals("/a", client.get("https", "localhost", "/a").text());
            assertEquals("/b", client.get("https", "localhost", "/b").text());
            assertEquals(2, origin.handshakes());
            origin.peers().getFirst().awaitClosed();
        }
    }

    @Test
    void refusedStream_isTriedAgain_withoutContentWhateverTheMethod() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    if (asked.incrementAndGet() % 2 == 1) {
                        stream.reset(Http2Error.REFUSED_STREAM);
                    } else {
                        stream.send("now", Http2Origin.OK);
                    }
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority());
                RawClient old = proxy.tlsClient(origin.authority())) {
            assertEquals("now", client.get("https", "localhost", "/").text());
            String[] post = Http2Blocks.request("POST", "https", "localhost", "/");
            assertEquals("now", client.request(true, post).text());
            old.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertEquals("now", old.readResponse().text());
        }
    }

    /** What was sent of the content is gone; the client has it and may try again itself. */
    @Test
    void refusedStream_withContent_isTheClientsToTryAgain() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    stream.awaitEnd();
                    asked.incrementAndGet();
                    stream.reset(Http2Error.REFUSED_STREAM);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            Http2PeerStream stream = client.post("https", "localhost", "/");
            stream.data("content", true);
            stream.awaitReset(Http2Error.REFUSED_STREAM);
            assertEquals(1, asked.get());
        }
    }

    @Test
    void originThatRefusesEverything_isNotAskedForEver() throws Exception {
        Http2Origin.Script script =
                stream -> {
                    asked.incrementAndGet();
                    stream.reset(Http2Error.REFUSED_STREAM);
                };
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, script);
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            client.get("https", "localhost", "/").awaitReset(Http2Error.REFUSED_STREAM);
            assertEquals(2, asked.get());
        }
    }

    @Test
    void connectionThatWasClosedWhileItIdled_isReplaced() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                Http2Origin origin = Http2Origin.overTls(proxy, Http2Origin.paths());
                Http2Peer client = Http2Clients.overTls(proxy, origin.authority())) {
            assertEquals("/a", client.get("https", "localhost", "/a").text());
            origin.peers().getFirst().close();
            assertEquals("/b", client.get("https", "localhost", "/b").text());
            assertEquals(2, origin.handshakes());
        }
    }
}
