package clawsec.proxy.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import clawsec.testkit.LoggedLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ListenerTest {
    @Test
    void connectionThatMeetsABug_isClosed_andTheNextIsServed() throws Exception {
        Queue<Throwable> failures =
                new ArrayDeque<>(
                        List.of(
                                new IllegalStateException("made up"),
                                new OutOfMemoryError("made up")));
        try (LoggedLines log = LoggedLines.of("clawsec.proxy");
                Listener listener =
                        Listener.bind(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "")) {
            listener.start(connection -> {
                switch (failures.poll()) {
                    case RuntimeException ours -> throw ours;
                    case Error ours -> throw ours;
                    case null, default -> {
                        connection.write(ByteBuffer.wrap(new byte[] {'x'}));
                        connection.close();
                    }
                }
            });
            assertEquals(-1, firstByte(listener));
            assertEquals(-1, firstByte(listener));
            assertEquals('x', firstByte(listener));
            assertEquals(2, log.with("met a bug and goes on").size());
        }
    }

    @Test
    void ipv4Wildcard_listensOnIpv4Alone() throws Exception {
        InetSocketAddress wildcard = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
        try (Listener listener = Listener.bind(wildcard, "")) {
            assertEquals("0.0.0.0", listener.address().getAddress().getHostAddress());
            int port = listener.address().getPort();
            assertThrows(
                    IOException.class,
                    () -> new Socket(InetAddress.ofLiteral("::1"), port).close());
            new Socket(InetAddress.ofLiteral("127.0.0.1"), port).close();
        }
    }

    private static int firstByte(Listener listener) throws Exception {
        try (Socket client =
                new Socket(listener.address().getAddress(), listener.address().getPort())) {
            client.setSoTimeout(20_000);
            return client.getInputStream().read();
        }
    }
}
