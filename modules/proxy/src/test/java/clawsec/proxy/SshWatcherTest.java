package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.proxy.ssh.SshConnection;
import clawsec.proxy.ssh.SshConnections;
import clawsec.testkit.LoggedLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SshWatcherTest {
    private final List<String> seen = new ArrayList<>();
    private List<SshConnection> current = List.of();

    private static SshConnection to(String remote, int localPort) {
        return new SshConnection(
                InetAddress.ofLiteral("10.0.0.1"), localPort, InetAddress.ofLiteral(remote), 22);
    }

    private SshWatcher watcher() {
        SshConnections connections = () -> current;
        return SshWatcher.of(connections, (source, dest, words) -> seen.add(source + " " + dest));
    }

    @Test
    void connection_isReportedOnce_andAgainAfterItHasEnded() {
        SshWatcher watcher = watcher();
        watcher.look();
        current = List.of(to("203.0.113.7", 5000));
        watcher.look();
        watcher.look();
        assertEquals(List.of("10.0.0.1 203.0.113.7:22"), seen);
        current = List.of();
        watcher.look();
        current = List.of(to("203.0.113.7", 5000));
        watcher.look();
        assertEquals(2, seen.size());
    }

    @Test
    void twoConnectionsToOneHost_areTwo_andIpv6IsBracketed() {
        current = List.of(to("2001:db8::7", 5000), to("2001:db8::7", 5001));
        watcher().look();
        assertEquals(List.of("10.0.0.1 [2001:db8::7]:22", "10.0.0.1 [2001:db8::7]:22"), seen);
    }

    @Test
    void description_namesBothEnds() {
        List<String> words = new ArrayList<>();
        current = List.of(to("203.0.113.7", 5000));
        SshWatcher.of(() -> current, (source, dest, description) -> words.add(description)).look();
        assertEquals(List.of("SSH connection from port 5000 of 10.0.0.1 to 203.0.113.7:22"), words);
    }

    @Test
    void lookThatFails_isNotTheLast() throws Exception {
        BlockingQueue<String> reported = new LinkedBlockingQueue<>();
        Queue<Error> failures = new ArrayDeque<>(List.of(new OutOfMemoryError("made up")));
        SshConnections connections =
                () -> {
                    if (!failures.isEmpty()) {
                        throw failures.remove();
                    }
                    return List.of(to("203.0.113.7", 5000));
                };
        try (LoggedLines log = LoggedLines.of("clawsec.proxy");
                SshWatcher watcher =
                        SshWatcher.open(
                                connections,
                                Duration.ofMillis(1),
                                (source, dest, words) -> reported.add(dest))) {
            assertNotNull(watcher);
            assertEquals("203.0.113.7:22", reported.poll(20, TimeUnit.SECONDS));
            assertEquals(1, log.with("The SSH watcher met a bug and goes on").size());
        }
    }

    @Test
    void realConnection_isSeen() throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(Path.of("/proc/net/tcp")), "no /proc/net/tcp on this system");
        BlockingQueue<String> reported = new LinkedBlockingQueue<>();
        try (ServerSocket server = listenOnSshPort();
                Socket client = new Socket(server.getInetAddress(), 22);
                SshWatcher watcher =
                        SshWatcher.open(
                                Duration.ofMillis(50),
                                (source, dest, words) -> reported.add(words))) {
            assertNotNull(watcher);
            String expected = "from port " + client.getLocalPort() + " of ";
            String words = reported.poll(20, TimeUnit.SECONDS);
            while (words != null && !words.contains(expected)) {
                words = reported.poll(20, TimeUnit.SECONDS);
            }
            assertTrue(words != null && words.endsWith(":22"), String.valueOf(words));
        }
    }

    /** On an address of the loopback network that no SSH server uses. */
    private static ServerSocket listenOnSshPort() {
        try {
            return new ServerSocket(22, 1, InetAddress.ofLiteral("127.0.0.22"));
        } catch (IOException notAllowed) {
            Assumptions.abort("port 22 cannot be listened on: " + notAllowed.getMessage());
            throw new IllegalStateException(notAllowed);
        }
    }
}
