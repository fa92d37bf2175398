package clawsec.proxy.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection with its buffers: first in clear, later perhaps under TLS. One thread
 * reads and one writes; {@link #abort}, {@link #expire} and the deadline may be used by any.
 */
public final class Wire implements Duplex, Closeable {
    private static final int SMALL_BYTES = 4_096;
    private static final int LARGE_BYTES = 65_536;

    /** What an idle end under TLS reads into: JSSE has a buffer of its own in front of it. */
    private static final int IDLE_SECURE_BYTES = 1_024;

    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final long LINGER_BYTES = 1 << 20;
    private static final byte[] NOTHING = new byte[0];

    private final WireSocket socket;
    private final Deadlines deadlines;
    private final InetSocketAddress peer;
    private volatile @Nullable SSLSocket tls;
    private InputStream source;
    private OutputStream output;
    private byte[] buffer = NOTHING;
    private ByteBuffer input = ByteBuffer.wrap(NOTHING);
    private byte[] pending = NOTHING;
    private int pendingBytes;
    private int largestWrite;
    private volatile int besides;
    private volatile int exchanges;
    private final Deadline deadline = new Deadline();
    private volatile boolean isExpired;
    private volatile Runnable onClose = () -> {};

    private Wire(SocketChannel channel, Deadlines deadlines) throws IOException {
        this.socket = new WireSocket(channel);
        this.deadlines = deadlines;
        this.peer = (InetSocketAddress) channel.getRemoteAddress();
        this.source = socket.directInput();
        this.output = socket.getOutputStream();
    }

    /** Takes over a connected channel; without a deadline until one is set. */
    public static Wire of(SocketChannel channel, Deadlines deadlines) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Wire wire = new Wire(channel, deadlines);
        deadlines.add(wire);
        return wire;
    }

    /** The connection in clear, for a handshake to be layered on. */
    public Socket socket() {
        return socket;
    }

    /**
     * From here on everything goes through {@code secured}, a TLS socket layered on {@link
     * #socket}; what was read in clear, which would pass for secured, is consumed before.
     */
    public void secure(SSLSocket secured) throws IOException {
        if (input.hasRemaining()) {
            throw new IllegalStateException(input.remaining() + " bytes in clear before TLS");
        }
        tls = secured;
        source = secured.getInputStream();
        output = secured.getOutputStream();
    }

    public boolean isSecure() {
        return tls != null;
    }

    /** The TLS socket of {@link #secure}. */
    public Optional<SSLSocket> tls() {
        return Optional.ofNullable(tls);
    }

    public InetAddress peerAddress() {
        return peer.getAddress();
    }

    /**
     * What was read and not yet consumed; only the reading thread uses it, and only until the next
     * fill.
     */
    @Override
    public ByteBuffer input() {
        return input;
    }

    /** Reads at least one byte more, keeping what was not consumed. */
    @Override
    public boolean fill() throws IOException {
        reserve();
        int count = source.read(buffer, input.limit(), buffer.length - input.limit());
        if (count < 0) {
            return false;
        }
        deadline.progress();
        input.limit(input.limit() + count);
        return true;
    }

    /** As {@link #fill}, but gives up after a while; the connection stays usable. */
    @Override
    public Fill fill(Duration patience) throws IOException {
        socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
        try {
            return fill() ? Fill.BYTES : Fill.END;
        } catch (SocketTimeoutException nothingCame) {
            return Fill.TIMEOUT;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** Makes room behind what is unconsumed; a buffer that was filled to its end grows. */
    private void reserve() {
        if (!input.hasRemaining()) {
            boolean wasFilled = input.limit() == buffer.length;
            if (buffer.length == 0) {
                resize(SMALL_BYTES);
            } else if (wasFilled && buffer.length < LARGE_BYTES && !deadlines.isOverfull()) {
                resize(Math.min(LARGE_BYTES, buffer.length * 4));
            }
            input.position(0).limit(0);
            return;
        }
        if (input.limit() == buffer.length) {
            byte[] from = buffer;
            int start = input.position();
            int length = input.remaining();
            if (start < buffer.length / 2) {
                resize(buffer.length * 2);
            }
            System.arraycopy(from, start, buffer, 0, length);
            input.position(0).limit(length);
        }
    }

    private void resize(int bytes) {
        deadlines.take(bytes - buffer.length);
        buffer = new byte[bytes];
        input = ByteBuffer.wrap(buffer);
    }

    /** Gives back what an idle connection does not need. */
    public void shrink() {
        socket.shrink();
        int idleBytes = tls == null ? SMALL_BYTES : IDLE_SECURE_BYTES;
        if (buffer.length > idleBytes && !input.hasRemaining()) {
            resize(idleBytes);
            input.limit(0);
        }
        if (pendingBytes == 0) {
            deadlines.take(-pending.length);
            pending = NOTHING;
        }
    }

    /** Notes how much of the heap is held for this end by whoever decodes what it brings. */
    public void holdsBesides(int bytes) {
        deadlines.take(bytes - besides);
        besides = bytes;
    }

    /** Notes how many exchanges are under way at this end. */
    public void carries(int underWay) {
        deadlines.take((long) (underWay - exchanges) * HeldBytes.EXCHANGE);
        exchanges = underWay;
    }

    /** Whether all ends together hold more of the heap than they may. */
    public boolean isOverfull() {
        return deadlines.isOverfull();
    }

    /**
     * About how much of the heap this end holds, with its thread and what JSSE keeps for it. Any
     * thread may ask; the buffers are those of some moment just past.
     */
    public long heldBytes() {
        return HeldBytes.ofWire(
                        tls != null,
                        socket.hasSeenLargeRecords(),
                        largestWrite,
                        buffer.length + pending.length + socket.aheadBytes())
                + besides
                + (long) exchanges * HeldBytes.EXCHANGE;
    }

    /** Queues bytes behind those already queued; large ones go out at once. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (pendingBytes + length <= SMALL_BYTES || pendingBytes + length <= pending.length) {
            enqueue(bytes, offset, length);
        } else if (length < LARGE_BYTES / 4
                && pendingBytes + length <= LARGE_BYTES
                && !deadlines.isOverfull()) {
            int size = Math.min(LARGE_BYTES, Math.max(2 * pending.length, pendingBytes + length));
            deadlines.take(size - pending.length);
            pending = Arrays.copyOf(pending, size);
            enqueue(bytes, offset, length);
        } else {
            flush();
            send(bytes, offset, length);
        }
    }

    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Queues what remains of a buffer that has an array, consuming it. */
    @Override
    public void write(ByteBuffer bytes) throws IOException {
        write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        bytes.position(bytes.limit());
    }

    private void enqueue(byte[] bytes, int offset, int length) {
        if (pending.length == 0) {
            pending = new byte[SMALL_BYTES];
            deadlines.take(SMALL_BYTES);
        }
        System.arraycopy(bytes, offset, pending, pendingBytes, length);
        pendingBytes += length;
    }

    /** Sends what is queued. */
    @Override
    public void flush() throws IOException {
        if (pendingBytes > 0) {
            int count = pendingBytes;
            pendingBytes = 0;
            send(pending, 0, count);
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        largestWrite = Math.max(largestWrite, length);
        output.write(bytes, offset, length);
        deadline.progress();
    }

    /** Says that nothing more will be sent; the other direction stays open. */
    @Override
    public void shutdownOutput() throws IOException {
        flush();
        SSLSocket secured = tls;
        if (secured == null) {
            socket.shutdownOutput();
        } else {
            secured.shutdownOutput();
        }
    }

    /**
     * True when the peer's bytes under TLS ended without the close_notify that says so, so that
     * anybody on the way may have cut them (RFC 8446 §6.1). For the reading thread, after {@link
     * #fill} told the end.
     */
    public boolean isTruncated() {
        return tls != null && socket.hasEnded();
    }

    /** True when an idle connection can no longer be used; never blocks. */
    public boolean isStale() {
        try {
            boolean isUnread = input.hasRemaining() || (tls != null && source.available() > 0);
            return isUnread || isExpired || socket.isUnquiet();
        } catch (IOException broken) {
            return true;
        }
    }

    @Override
    public void allow(Duration silence) {
        deadline.allow(silence);
    }

    /** How long this connection may go on. */
    public Deadline deadline() {
        return deadline;
    }

    /** True when the deadline ended the peer's bytes early. */
    public boolean isExpired() {
        return isExpired;
    }

    /**
     * Ends the peer's bytes, so that the thread that waits for them can answer and close; what it
     * has read already it may still answer.
     */
    public void expire() {
        if (!isExpired) {
            isExpired = true;
            try {
                socket.shutdownInput();
            } catch (IOException alreadyClosed) {
                abort();
            }
        }
    }

    /**
     * Ends an idle connection in favour of others: the thread that waits for its next request finds
     * the end and closes it properly; where it does not, it is cut off a little later.
     */
    public void retire() {
        deadline.allowInTotal(Duration.ZERO);
        expire();
    }

    /** What is to be done when this end is closed; replaces what was named before. */
    public void onClose(Runnable action) {
        onClose = action;
    }

    /** Closes at once; threads that read or write get an error. */
    @Override
    public void abort() {
        deadlines.remove(this);
        onClose.run();
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing is left to do for a connection that is going away.
        }
    }

    /** Closes at once in a way that the peer cannot take for a proper end. */
    @Override
    public void reset() {
        try {
            socket.getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closedAlready) {
            // Then it is over as it is.
        }
        abort();
    }

    /**
     * Sends what is queued and the end, then reads on for a while before it closes: a close with
     * unread bytes would reset the connection and could take the answer with it (RFC 9112 §9.6).
     */
    public void closeGently() {
        try {
            shutdownOutput();
            deadline.allowInTotal(LINGER);
            long budgetBytes = LINGER_BYTES;
            while (budgetBytes > 0) {
                input.position(input.limit());
                if (!fill()) {
                    break;
                }
                budgetBytes -= input.remaining();
            }
        } catch (IOException peerIsGone) {
            // The connection is closed below in any case.
        } finally {
            abort();
        }
    }

    /** Sends what is queued and the end (close_notify under TLS), then closes. */
    @Override
    public void close() {
        SSLSocket secured = tls;
        try {
            flush();
            if (secured != null) {
                deadline.allow(Duration.ofSeconds(1));
                secured.close();
            }
        } catch (IOException peerIsGone) {
            // The connection is closed below in any case.
        } finally {
            abort();
        }
    }
}
