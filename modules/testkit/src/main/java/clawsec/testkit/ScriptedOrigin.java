package clawsec.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server on the loopback address and a free port that does to each connection what a test's
 * handler says, and remembers what it received. One virtual thread a connection; a connection is
 * closed when its handler returns. Safe for many threads.
 */
public final class ScriptedOrigin implements AutoCloseable {
    /** How long the {@code await} methods wait before they give up. */
    public static final long DEADLINE_SECONDS = 20;

    private static final int KEPT_BYTES = 1 << 20;

    /** What happens on one connection. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Owns the connection until it returns.
         *
         * @param in buffered; what is read from it is remembered by the origin
         * @param out unbuffered
         * @param socket the same connection, to reset, half-close or inspect it
         */
        void handle(InputStream in, OutputStream out, Socket socket) throws IOException;
    }

    /** What happens on a connection before its handler has it. */
    private interface Greeting {
        Socket welcome(Socket accepted) throws IOException;
    }

    private final ServerSocket listener;
    private final Greeting greeting;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final Semaphore accepted = new Semaphore(0);
    private final List<IOException> failures = new ArrayList<>(); // guarded by itself
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(); // guarded by itself

    private ScriptedOrigin(Greeting greeting, Handler handler) throws IOException {
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        this.greeting = greeting;
        this.handler = handler;
    }

    /** A plain TCP origin. */
    public static ScriptedOrigin open(Handler handler) throws IOException {
        return start(new ScriptedOrigin(socket -> socket, handler));
    }

    /** A TLS origin; a connection whose handshake fails is counted, and its handler not called. */
    public static ScriptedOrigin openTls(SSLContext context, Handler handler) throws IOException {
        return start(new ScriptedOrigin(socket -> handshake(context, socket), handler));
    }

    private static ScriptedOrigin start(ScriptedOrigin origin) {
        Thread.ofVirtual().name("origin-" + origin.port()).start(origin::accept);
        return origin;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** {@code 127.0.0.1:port}. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /**
     * Waits for one more accepted connection than the calls before waited for.
     *
     * @throws IllegalStateException when none came within {@link #DEADLINE_SECONDS}
     */
    public void awaitConnection() throws InterruptedException {
        if (!accepted.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "no further connection after "
                            + connections()
                            + ", waited "
                            + DEADLINE_SECONDS);
        }
    }

    /** Bytes that handlers read so far, decrypted, in all connections. */
    public long receivedBytes() {
        return receivedBytes.get();
    }

    /** The first MiB of what handlers read, in the order of reading. */
    public byte[] received() {
        synchronized (kept) {
            return kept.toByteArray();
        }
    }

    /** What handlers and handshakes failed with; a peer that goes away is such a failure too. */
    public List<IOException> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /** Closes the listener and every connection that is still open. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (true) {
            Socket socket;
            try {
                socket = listener.accept();
            } catch (IOException e) {
                return; // closed: the test is over
            }
            open.add(socket);
            if (listener.isClosed()) {
                closeQuietly(socket); // came while close() closed the others
                return;
            }
            connections.incrementAndGet();
            accepted.release();
            Thread.ofVirtual().start(() -> serve(socket));
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = greeting.welcome(accepted)) {
            handler.handle(
                    new BufferedInputStream(new Remembering(socket.getInputStream())),
                    socket.getOutputStream(),
                    socket);
        } catch (IOException e) {
            synchronized (failures) {
                failures.add(e);
            }
        } finally {
            open.remove(accepted);
            closeQuietly(accepted);
        }
    }

    private static Socket handshake(SSLContext context, Socket accepted) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }

    private final class Remembering extends FilterInputStream {
        private Remembering(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count > 0) {
                receivedBytes.addAndGet(count);
                synchronized (kept) {
                    kept.write(into, offset, Math.min(count, KEPT_BYTES - kept.size()));
                }
            }
            return count;
        }
    }
}
