package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of the service: what is in flight is finished, the rest is closed. */
class DrainTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir Path folder;

    private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();

    private static FutureTask<Boolean> start(Callable<Boolean> drain) {
        FutureTask<Boolean> task = new FutureTask<>(drain);
        Thread.ofVirtual().start(task);
        return task;
    }

    /** The listener is closed a moment after the first connections are. */
    private static void connectForever(ProxyFixture proxy) throws Exception {
        while (true) {
            proxy.client().close();
        }
    }

    @Test
    void exchangeInFlight_isFinished_andIdleConnectionsAreClosedAtOnce() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient idle = proxy.client();
                RawClient busy = proxy.client()) {
            busy.send(ProxyFixture.get(origin.authority(), "/"));
            origin.awaitConnection();
            FutureTask<Boolean> drained = start(() -> proxy.server().drain(LONG));
            assertEquals(0, idle.readToEnd().length);
            assertThrows(IOException.class, () -> connectForever(proxy));
            assertFalse(drained.isDone());
            pieces.add("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
            WireMessage response = busy.readResponse();
            assertEquals("done", response.text());
            assertEquals(Optional.of("close"), response.field("Connection"));
            busy.shutdownOutput();
            assertTrue(drained.get(20, TimeUnit.SECONDS));
            assertEquals(0, proxy.count("connections_open"));
            pieces.add("");
        }
    }

    @Test
    void exchangeThatDoesNotEnd_isCutOffAfterTheLimit() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient busy = proxy.client()) {
            busy.send(ProxyFixture.get(origin.authority(), "/"));
            pieces.add("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nd");
            busy.readUntil("\r\n\r\nd");
            assertFalse(proxy.server().drain(Duration.ofMillis(200)));
            assertEquals(0, busy.readToEnd().length);
            proxy.awaitCount("connections_open", 0);
            pieces.add("");
        }
    }

    /** Asks on one connection until it is closed; gives how often it was answered. */
    private static int answers(RawClient client, String authority) {
        int answers = 0;
        try {
            while (true) {
                client.send(ProxyFixture.get(authority, "/"));
                client.readResponse();
                answers++;
            }
        } catch (IOException closed) {
            return answers;
        }
    }

    @Test
    void requestThatWasRead_isAnswered_howeverCloseToTheEnd() throws Exception {
        List<FutureTask<Integer>> clients = new ArrayList<>();
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("served"))) {
            for (int i = 0; i < 32; i++) {
                RawClient client = proxy.client();
                clients.add(new FutureTask<>(() -> answers(client, origin.authority())));
                Thread.ofVirtual().start(clients.getLast());
            }
            while (proxy.count("requests") < 1_000) {
                Thread.onSpinWait();
            }
            assertTrue(proxy.server().drain(LONG));
            long answers = 0;
            for (FutureTask<Integer> client : clients) {
                answers += client.get(20, TimeUnit.SECONDS);
            }
            assertEquals(proxy.count("requests"), answers);
            assertEquals(0, proxy.count("origin_connection_terminated"));
        }
    }

    @Test
    void quietTunnel_isNotWaitedFor() throws Exception {
        ScriptedOrigin.Handler echo = (in, out, socket) -> in.transferTo(out);
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(echo);
                RawClient client = proxy.client();
                RawClient silent = proxy.client()) {
            client.askForTunnel(origin.authority());
            client.send("\0");
            client.readExactly(1);
            silent.askForTunnel(origin.authority());
            assertTrue(proxy.server().drain(LONG));
            ProxyFixture.assertEnded(client);
            ProxyFixture.assertEnded(silent);
        }
    }

    @Test
    void close_endsEverythingAtOnce() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.open(folder);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient busy = proxy.client()) {
            busy.send(ProxyFixture.get(origin.authority(), "/"));
            origin.awaitConnection();
            proxy.server().close();
            ProxyFixture.assertEnded(busy);
            proxy.awaitCount("connections_open", 0);
            pieces.add("");
        }
    }
}
