package clawsec.proxy;

import clawsec.http.Authority;
import clawsec.proxy.net.AddressText;
import clawsec.proxy.net.BugLog;
import clawsec.proxy.ssh.SshConnection;
import clawsec.proxy.ssh.SshConnections;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reports each established connection to port 22 of another machine once, when it is first seen;
 * one that has ended and comes back is new. Runs on a thread of its own.
 */
public final class SshWatcher implements AutoCloseable {
    /** Takes what was seen. */
    public interface Sink {
        /**
         * A connection is seen for the first time.
         *
         * @param source this machine's address
         * @param dest {@code host:port} of the other end
         * @param description the connection in words
         */
        void established(String source, String dest, String description);
    }

    private final SshConnections connections;
    private final Sink sink;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<SshConnection> known = new HashSet<>();

    private SshWatcher(SshConnections connections, Sink sink) {
        this.connections = connections;
        this.sink = sink;
    }

    /** Starts to look, now and then every {@code interval}. */
    public static SshWatcher open(Duration interval, Sink sink) {
        return open(SshConnections.ofSystem(), interval, sink);
    }

    /** As {@link #open(Duration, Sink)}, with a table of connections of the caller's own. */
    static SshWatcher open(SshConnections connections, Duration interval, Sink sink) {
        SshWatcher watcher = new SshWatcher(connections, sink);
        Thread.ofPlatform()
                .daemon()
                .name("clawsec-ssh-watcher")
                .start(() -> watcher.watch(interval));
        return watcher;
    }

    /** A watcher that looks only when told to. */
    static SshWatcher of(SshConnections connections, Sink sink) {
        return new SshWatcher(connections, sink);
    }

    private void watch(Duration interval) {
        try {
            do {
                lookSafely();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException | Error ours) {
            BugLog.log("The SSH watcher", ours);
        }
    }

    void look() {
        Set<SshConnection> current = new HashSet<>(connections.list());
        known.retainAll(current);
        for (SshConnection connection : current) {
            if (!known.contains(connection)) {
                report(connection);
                known.add(connection);
            }
        }
    }

    private void report(SshConnection connection) {
        String source = AddressText.of(connection.local());
        String dest =
                new Authority(AddressText.of(connection.remote()), connection.remotePort())
                        .toString();
        sink.established(
                source,
                dest,
                "SSH connection from port "
                        + connection.localPort()
                        + " of "
                        + source
                        + " to "
                        + dest);
    }

    /** Ends the watching. */
    @Override
    public void close() {
        closed.countDown();
    }
}
