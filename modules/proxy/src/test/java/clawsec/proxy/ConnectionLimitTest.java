package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.testkit.HttpScript;
import clawsec.testkit.RawClient;
import clawsec.testkit.ScriptedOrigin;
import clawsec.testkit.WireMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many clients there may be at once, and what becomes of the one too many. */
class ConnectionLimitTest {
    @TempDir Path folder;

    private ProxyFixture open(int connections) throws Exception {
        return ProxyFixture.openLimited(folder, limits -> Limits.connections(connections, limits));
    }

    @Test
    void atTheLimit_theOneThatIdledLongestMakesRoom() throws Exception {
        try (ProxyFixture proxy = open(2);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("served"));
                RawClient first = proxy.client();
                RawClient second = proxy.client()) {
            for (RawClient client : List.of(first, second, first)) {
                client.send(ProxyFixture.get(origin.authority(), "/"));
                assertEquals("served", client.readResponse().text());
                proxy.awaitIdle(2); // an answer arrives before the connection idles
            }
            assertEquals(0, proxy.count("connections_evicted"));
            try (RawClient third = proxy.client()) {
                third.send(ProxyFixture.get(origin.authority(), "/"));
                assertEquals("served", third.readResponse().text());
                assertEquals(0, second.readToEnd().length);
                first.send(ProxyFixture.get(origin.authority(), "/"));
                assertEquals("served", first.readResponse().text());
                assertEquals(1, proxy.count("connections_evicted"));
                assertEquals(2, proxy.count("connections_open"));
            }
        }
    }

    @Test
    void whereAllAreBusy_theNewcomerIsTold503() throws Exception {
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        try (ProxyFixture proxy = open(1);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.pieces(pieces));
                RawClient busy = proxy.client()) {
            busy.send(ProxyFixture.get(origin.authority(), "/"));
            origin.awaitConnection();
            try (RawClient newcomer = proxy.client()) {
                WireMessage answer = newcomer.readResponse();
                assertEquals(503, answer.status());
                assertTrue(answer.text().contains("max_connections: 1"), answer.text());
                assertEquals(1, proxy.count("connections_refused"));
            }
            pieces.add("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertEquals("ok", busy.readResponse().text());
            pieces.add("");
        }
    }

    @Test
    void thousandsOfIdleConnections_leaveAnotherClientAlone() throws Exception {
        int idle = descriptors() > 25_000 ? 10_000 : 2_000;
        List<SocketChannel> open = new ArrayList<>();
        try (ProxyFixture proxy = open(idle + 1);
                ScriptedOrigin origin = ScriptedOrigin.open(HttpScript.text("served"));
                RawClient client = proxy.client()) {
            client.send(ProxyFixture.get(origin.authority(), "/"));
            assertEquals("served", client.readResponse().text());
            InetSocketAddress address = proxy.server().listeners().getFirst();
            for (int i = 0; i < idle; i++) {
                SocketChannel channel = SocketChannel.open(address);
                // Closed by a reset, so that no port stays taken after the test.
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                open.add(channel);
            }
            proxy.awaitCount("connections_open", idle + 1);
            for (int i = 0; i < 100; i++) {
                client.send(ProxyFixture.get(origin.authority(), "/"));
                assertEquals("served", client.readResponse().text());
            }
            assertEquals(0, proxy.count("connections_evicted"));
            assertEquals(0, proxy.count("connections_refused"));
            for (SocketChannel channel : open) {
                channel.close();
            }
            proxy.awaitCount("connections_open", 1);
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    /** How many files this process may open, as far as the system says. */
    private static long descriptors() throws IOException {
        Path limits = Path.of("/proc/self/limits");
        if (!Files.isReadable(limits)) {
            return 0;
        }
        for (String line : Files.readAllLines(limits)) {
            if (line.startsWith("Max open files")) {
                String soft = line.substring(14).strip().split("\\s+", 2)[0];
                return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
            }
        }
        return 0;
    }
}
