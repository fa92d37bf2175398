package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Fields;
import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found is on record before anything that follows from it can be seen from outside. */
class InspectionOrderTest {
    @TempDir Path folder;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();

    /** Notes each call; holds something found from the first content on. */
    private class Noting implements Inspection {
        private final String direction;
        private volatile boolean isPending;

        private Noting(Passage passage) {
            this.direction = passage.outbound() ? "request " : "response ";
        }

        private void note(String event) {
            events.add(direction + event);
        }

        @Override
        public void head(ByteBuffer encoded, Fields fields) {
            encoded.position(encoded.limit());
            note("head");
        }

        @Override
        public void content(ByteBuffer bytes) {
            note("content " + StandardCharsets.US_ASCII.decode(bytes));
            isPending = true;
        }

        @Override
        public boolean isPending() {
            return isPending;
        }

        @Override
        public void flush() {
            isPending = false;
            note("flush");
        }

        @Override
        public void end() {
            isPending = false;
            note("end");
        }

        @Override
        public void close() {
            note("close");
        }
    }

    private ProxyFixture open() throws Exception {
        return ProxyFixture.openInspected(folder, Noting::new);
    }

    @Test
    void exchange_isRecordedRequestFirst_andWholeBeforeItsLastByteIsOut() throws Exception {
        try (ProxyFixture proxy = open();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("answer"));
                RawClient client = proxy.client()) {
            client.send(
                    ProxyFixture.request("POST", origin.authority(), "/", "Content-Length: 8")
                            + "\r\nquestion");
            assertEquals("answer", client.readResponse().text());
            List<String> seen = List.copyOf(events).subList(0, 6);
            assertEquals(
                    List.of(
                            "request head",
                            "request content question",
                            "request end",
                            "response head",
                            "response content answer",
                            "response end"),
                    seen);
        }
    }

    @Test
    void earlyResponse_findsTheRequestRecordedSoFar() throws Exception {
        ScriptedOrigin.Handler early =
                (in, out, socket) -> {
                    StringBuilder received = new StringBuilder();
                    while (received.indexOf("part") < 0) {
                        received.append((char) in.read());
                    }
                    out.write(
                            ProxyFixture.lines("HTTP/1.1 413 Big", "Content-Length: 2", "", "no")
                                    .getBytes(StandardCharsets.US_ASCII));
                    in.readAllBytes();
                };
        try (ProxyFixture proxy = open();
                ScriptedOrigin origin = ScriptedOrigin.open(early);
                RawClient client = proxy.client()) {
            client.send(
                    ProxyFixture.request("POST", origin.authority(), "/", "Content-Length: 9999")
                            + "\r\n");
            client.send("part");
            assertEquals(413, client.readResponse().status());
            List<String> seen = List.copyOf(events);
            int answered = seen.indexOf("response head");
            assertTrue(seen.indexOf("request content part") < seen.indexOf("request flush"));
            assertTrue(seen.indexOf("request flush") < answered, seen.toString());
        }
    }

    @Test
    void streamThatStalls_isRecordedWithoutItsEnd() throws Exception {
        try (ProxyFixture proxy = open();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            pieces.add("HTTP/1.1 200 OK\r\n\r\nfound");
            client.readUntil("found\r\n");
            awaitEvent("response flush");
            pieces.add("more");
            client.readUntil("more\r\n");
            pieces.add("");
            client.readUntil("0\r\n\r\n");
            assertTrue(events.contains("response end"));
        }
    }

    @Test
    void streamThatTrickles_isRecordedBeforeItPauses() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ProxyFixture proxy = open();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            pieces.add("HTTP/1.1 200 OK\r\n\r\nfound");
            client.readUntil("found\r\n");
            for (int i = 0; i < 40 && !events.contains("response flush"); i++) {
                never.await(100, TimeUnit.MILLISECONDS);
                pieces.add("more");
                client.readUntil("more\r\n");
            }
            assertTrue(events.contains("response flush"), events.toString());
            pieces.add("");
        }
    }

    private void awaitEvent(String event) {
        long startNanos = System.nanoTime();
        while (!events.contains(event)) {
            assertTrue(System.nanoTime() - startNanos < 20_000_000_000L, events.toString());
            Thread.onSpinWait();
        }
    }

    @Test
    void messageThatBreaksOff_isRecordedAsFarAsItCame() throws Exception {
        try (ProxyFixture proxy = open();
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            pieces.add("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfound");
            pieces.add("");
            client.readUntil("found");
            assertEquals(0, client.readToEnd().length);
            assertTrue(events.contains("response flush"), events.toString());
            assertTrue(!events.contains("response end"), events.toString());
        }
    }

    @Test
    void bugInAnInspector_endsItsConnectionAlone_andNoThreadWaits() throws Exception {
        Inspector broken =
                passage -> {
                    if (passage.url().endsWith("/bug")) {
                        throw new IllegalStateException("made up by a test");
                    }
                    return new Noting(passage);
                };
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, broken);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("fine"));
                RawClient client = proxy.client();
                RawClient other = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/bug"));
            assertEquals(0, client.readToEnd().length);
            other.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("fine", other.readResponse().text());
            proxy.awaitCount("connections_open", 1);
        }
    }

    @Test
    void bugWhileContentIsCarriedBesides_endsTheExchange() throws Exception {
        Inspector broken =
                passage ->
                        new Noting(passage) {
                            @Override
                            public void content(ByteBuffer bytes) {
                                throw new IllegalStateException("made up by a test");
                            }
                        };
        ScriptedOrigin.Handler waiting = (in, out, socket) -> in.readAllBytes();
        try (ProxyFixture proxy = ProxyFixture.openInspected(folder, broken);
                ScriptedOrigin origin = ScriptedOrigin.open(waiting)) {
            try (RawClient client = proxy.client()) {
                client.send(
                        ProxyFixture.request("POST", origin.authority(), "/", "Content-Length: 5")
                                + "\r\n");
                origin.awaitConnection();
                client.send("hello");
                assertEquals(0, client.readToEnd().length);
            }
            try (RawClient client = proxy.client()) {
                client.askForTunnel(origin.authority());
                client.send("\0opaque");
                ProxyFixture.assertEnded(client);
            }
            proxy.awaitCount("connections_open", 0);
        }
    }
}
