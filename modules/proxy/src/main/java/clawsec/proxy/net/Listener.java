package clawsec.proxy.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A listening socket with the thread that accepts on it. */
public final class Listener implements Closeable {
    private static final int BACKLOG = 4_096;

    /** How long accepting pauses when the process has no descriptor or memory left. */
    private static final long PAUSE_MILLIS = 100;

    private static final System.Logger LOG = System.getLogger("clawsec.proxy");

    private final ServerSocketChannel channel;
    private final InetSocketAddress address;

    /** Takes over an accepted connection; must not block. */
    public interface Acceptor {
        void accept(SocketChannel connection) throws IOException;
    }

    private Listener(ServerSocketChannel channel, InetSocketAddress address) {
        this.channel = channel;
        this.address = address;
    }

    /**
     * Binds an address; port 0 takes a free one.
     *
     * @param keys the configuration keys that name the address, for the message when it cannot be
     *     bound
     */
    public static Listener bind(InetSocketAddress wanted, String keys) throws IOException {
        if (wanted.isUnresolved()) {
            throw new BindException(
                    "cannot listen on "
                            + wanted.getHostString()
                            + ": the name has no address ("
                            + keys
                            + ")");
        }
        // Of one family: an IPv4 wildcard would listen on IPv6 too.
        ServerSocketChannel channel =
                wanted.getAddress() instanceof Inet4Address
                        ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                        : ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(wanted, BACKLOG);
            return new Listener(channel, (InetSocketAddress) channel.getLocalAddress());
        } catch (IOException taken) {
            channel.close();
            BindException named =
                    new BindException(
                            "cannot listen on "
                                    + wanted.getHostString()
                                    + ":"
                                    + wanted.getPort()
                                    + ": "
                                    + taken.getMessage()
                                    + " ("
                                    + keys
                                    + ")");
            named.initCause(taken);
            throw named;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Accepts until {@link #close}. */
    public void start(Acceptor acceptor) {
        Thread.ofPlatform()
                .daemon()
                .name("clawsec-accept-" + address.getPort())
                .start(() -> accept(acceptor));
    }

    private void accept(Acceptor acceptor) {
        boolean isStarved = false;
        while (channel.isOpen()) {
            try {
                SocketChannel connection = channel.accept();
                isStarved = false;
                hand(acceptor, connection);
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException starved) {
                if (!isStarved) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "Accepting pauses: " + starved.getMessage());
                }
                isStarved = true;
                pause();
            } catch (RuntimeException | Error ours) {
                BugLog.log("The listener on port " + address.getPort(), ours);
                pause();
            }
        }
    }

    /** A connection that is already broken again ends here, not the listener. */
    private static void hand(Acceptor acceptor, SocketChannel connection) throws IOException {
        boolean isTaken = false;
        try {
            acceptor.accept(connection);
            isTaken = true;
        } catch (IOException broken) {
            // Closed below.
        } finally {
            if (!isTaken) {
                connection.close();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // A listener that cannot be closed is gone already.
        }
    }
}
