package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that stall take a bounded time, and nobody else's. */
class SlowPeerTest {
    private static final Duration BRIEF = Duration.ofMillis(400);

    @TempDir Path folder;

    private ProxyFixture openWithBriefHeader() throws Exception {
        return ProxyFixture.openLimited(folder, limits -> Limits.header(BRIEF, limits));
    }

    private ProxyFixture openWithBriefIdle() throws Exception {
        return ProxyFixture.openLimited(folder, limits -> Limits.idle(BRIEF, limits));
    }

    @Test
    void headThatDoesNotEnd_isAnswered408_whileOthersAreServed() throws Exception {
        try (ProxyFixture proxy = openWithBriefHeader();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("served"));
                RawClient slow = proxy.client();
                RawClient other = proxy.client()) {
            slow.send("GET http://h/ HTTP/1.1\r\nHost: h\r\n");
            other.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("served", other.readResponse().text());
            WireMessage answer = slow.readResponse();
            assertEquals(408, answer.status());
            assertTrue(answer.text().contains("not complete after 0.4 s"), answer.text());
            assertEquals(0, slow.readToEnd().length);
            assertEquals(1, proxy.count("refused_408"));
            assertEquals(1, proxy.count("clients_timed_out"));
            // The time of a head is no limit on what follows it, nor on idling before it.
            other.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("served", other.readResponse().text());
        }
    }

    @Test
    void headOfASecondRequest_isTimedFromItsOwnFirstByte() throws Exception {
        try (ProxyFixture proxy = openWithBriefHeader();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("served"));
                RawClient client = proxy.client();
                RawClient clock = proxy.client()) {
            clock.send("G");
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("served", client.readResponse().text());
            assertEquals(408, clock.readResponse().status()); // the limit has passed
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("served", client.readResponse().text());
            client.send("G");
            assertEquals(408, client.readResponse().status());
        }
    }

    @Test
    void idleConnection_isClosedWithoutAWord() throws Exception {
        try (ProxyFixture proxy = openWithBriefIdle();
                RawClient client = proxy.client()) {
            assertEquals(0, client.readToEnd().length);
            assertEquals(0, proxy.count("clients_timed_out"));
            proxy.awaitCount("connections_open", 0);
        }
    }

    @Test
    void contentThatStalls_isTheClientsFault() throws Exception {
        try (ProxyFixture proxy = openWithBriefIdle();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("never"));
                RawClient client = proxy.client()) {
            client.send(
                    ProxyFixture.request("POST", origin.authority(), "/", "Content-Length: 5")
                            + "\r\nhe");
            WireMessage answer = client.readResponse();
            assertEquals(408, answer.status());
            assertTrue(answer.text().contains("the request content stalled"), answer.text());
            assertEquals(1, proxy.count("clients_timed_out"));
            assertEquals(0, proxy.count("origin_http_response_timeout"));
        }
    }

    @Test
    void contentThatTheOriginDoesNotTake_isTheOriginsFault() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ProxyFixture proxy = openWithBriefIdle();
                ScriptedOrigin origin = ScriptedOrigin.open((in, out, socket) -> await(over));
                RawClient client = proxy.client()) {
            client.send(
                    ProxyFixture.request(
                                    "POST", origin.authority(), "/", "Content-Length: 100000000")
                            + "\r\n");
            Thread sender = Thread.ofVirtual().start(() -> sendEndlessly(client));
            assertEquals(504, client.readResponse().status());
            assertEquals(1, proxy.count("origin_http_response_timeout"));
            client.reset();
            sender.join();
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        await(latch, 30_000);
    }

    private static boolean await(CountDownLatch latch, long millis) throws IOException {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static void sendEndlessly(RawClient client) {
        try {
            while (true) {
                client.send(new byte[65_536]);
            }
        } catch (IOException closed) {
            // The proxy has lost patience, as it should.
        }
    }

    private static void writeEndlessly(OutputStream out, CountDownLatch ended) {
        try {
            while (true) {
                out.write(new byte[65_536]);
            }
        } catch (IOException closed) {
            ended.countDown();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : 0;
        }
    }

    @Test
    void clientThatReadsNothing_isCutOff_andSoIsItsOrigin() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ScriptedOrigin.Handler endless =
                (in, out, socket) -> {
                    readHead(in);
                    out.write(
                            ProxyFixture.lines("HTTP/1.1 200 OK", "")
                                    .getBytes(StandardCharsets.US_ASCII));
                    writeEndlessly(out, ended);
                };
        try (ProxyFixture proxy = openWithBriefIdle();
                ScriptedOrigin origin = ScriptedOrigin.open(endless);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertTrue(ended.await(20, TimeUnit.SECONDS));
            proxy.awaitCount("connections_open", 0);
        }
    }

    @Test
    void peersThatBothStopReading_areBothCutOff() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ScriptedOrigin.Handler deaf =
                (in, out, socket) -> {
                    readHead(in);
                    out.write(
                            ProxyFixture.lines("HTTP/1.1 200 OK", "")
                                    .getBytes(StandardCharsets.US_ASCII));
                    writeEndlessly(out, ended);
                };
        try (ProxyFixture proxy = openWithBriefIdle();
                ScriptedOrigin origin = ScriptedOrigin.open(deaf);
                RawClient client = proxy.client()) {
            client.send(
                    ProxyFixture.request(
                                    "POST", origin.authority(), "/", "Content-Length: 100000000")
                            + "\r\n");
            sendEndlessly(client);
            assertTrue(ended.await(20, TimeUnit.SECONDS));
            proxy.awaitCount("connections_open", 0);
        }
    }

    @Test
    void responseHeadThatTrickles_isAnswered504() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        ScriptedOrigin.Handler trickling =
                (in, out, socket) -> {
                    readHead(in);
                    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    while (!await(over, 50)) {
                        out.write('x');
                    }
                };
        try (ProxyFixture proxy = openWithBriefHeader();
                ScriptedOrigin origin = ScriptedOrigin.open(trickling);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            WireMessage answer = client.readResponse();
            over.countDown();
            assertEquals(504, answer.status());
            assertTrue(
                    answer.text()
                            .contains(
                                    origin.authority()
                                            + " began a response, but its head was not complete"
                                            + " after 0.4 s"),
                    answer.text());
            assertEquals(1, proxy.count("origin_http_response_timeout"));
        }
    }

    @Test
    void timeOfAResponseHead_isNoLimitOnWhatIsBeforeAndBehindIt() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ScriptedOrigin.Handler slow =
                (in, out, socket) -> {
                    readHead(in);
                    await(never, 700);
                    out.write(
                            ProxyFixture.lines("HTTP/1.1 200 OK", "Content-Length: 4", "")
                                    .getBytes(StandardCharsets.US_ASCII));
                    await(never, 700);
                    out.write("late".getBytes(StandardCharsets.US_ASCII));
                };
        try (ProxyFixture proxy = openWithBriefHeader();
                ScriptedOrigin origin = ScriptedOrigin.open(slow);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("late", client.readResponse().text());
        }
    }

    @Test
    void responseThatStalls_isCutOff() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        ScriptedOrigin.Handler stalling =
                (in, out, socket) -> {
                    readHead(in);
                    out.write(
                            ProxyFixture.lines("HTTP/1.1 200 OK", "Content-Length: 9", "", "half")
                                    .getBytes(StandardCharsets.US_ASCII));
                    await(over);
                };
        try (ProxyFixture proxy = openWithBriefIdle();
                ScriptedOrigin origin = ScriptedOrigin.open(stalling);
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            client.readUntil("half\r\n");
            assertEquals(0, client.readToEnd().length);
            proxy.awaitCount("responses_incomplete", 1);
            over.countDown();
        }
    }

    @Test
    void silentTunnel_isClosedAfterTheIdleTime() throws Exception {
        ScriptedOrigin.Handler echo = (in, out, socket) -> in.transferTo(out);
        try (ProxyFixture proxy = openWithBriefIdle();
                ScriptedOrigin origin = ScriptedOrigin.open(echo);
                RawClient client = proxy.client()) {
            client.askForTunnel(origin.authority());
            client.send("\0");
            client.readExactly(1);
            assertEquals(0, client.readToEnd().length);
            proxy.awaitCount("connections_open", 0);
        }
    }
}
