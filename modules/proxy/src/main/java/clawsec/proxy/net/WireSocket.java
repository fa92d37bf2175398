package clawsec.proxy.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connected channel as the {@code Socket} that JSSE layers TLS on. Two things it adds: input is
 * read ahead, so that a TLS record costs one system call and not two; and it can be asked, without
 * blocking, whether the peer has closed.
 */
final class WireSocket extends Socket {
    /** Room for a request with its fields, or for a small response; what an idle end holds. */
    private static final int SMALL_BYTES = 2_048;

    /** Room for the largest TLS record (RFC 8446 §5.2), taken once a read fills the small one. */
    private static final int READ_AHEAD_BYTES = 17_408;

    private final SocketChannel channel;
    private final Socket adaptor;
    private final InputStream source;
    private final OutputStream sink;
    private byte[] ahead = new byte[0];
    private int position;
    private int limit;
    private boolean hasEnded;
    private boolean hasSeenLargeRecords;

    WireSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.adaptor = channel.socket();
        this.source = adaptor.getInputStream();
        this.sink = adaptor.getOutputStream();
    }

    /**
     * Input for a connection in clear, whose reader has a buffer of its own: past the read-ahead
     * buffer when that is empty.
     */
    InputStream directInput() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return position < limit
                        ? readAhead(bytes, offset, length)
                        : source.read(bytes, offset, length);
            }
        };
    }

    /** Reads what JSSE asks for from the read-ahead buffer, filling that when it is empty. */
    private int readAhead(byte[] bytes, int offset, int length) throws IOException {
        if (position == limit) {
            if (ahead.length == 0) {
                ahead = new byte[SMALL_BYTES];
            } else if (limit == ahead.length && limit == SMALL_BYTES) {
                ahead = new byte[READ_AHEAD_BYTES];
                hasSeenLargeRecords = true;
            }
            int count = source.read(ahead, 0, ahead.length);
            if (count < 0) {
                hasEnded = true;
                return -1;
            }
            position = 0;
            limit = count;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(ahead, position, bytes, offset, count);
        position += count;
        return count;
    }

    /** Gives a large read-ahead buffer back while the connection idles. */
    void shrink() {
        if (position == limit && ahead.length > SMALL_BYTES) {
            ahead = new byte[0];
            position = 0;
            limit = 0;
        }
    }

    /** The size of the read-ahead buffer. */
    int aheadBytes() {
        return ahead.length;
    }

    /** True when the buffers that JSSE keeps for its input may have grown to their full size. */
    boolean hasSeenLargeRecords() {
        return hasSeenLargeRecords;
    }

    /**
     * True when the layer above has read the connection to its end. JSSE does not when it meets a
     * close_notify, which is how the two are told apart: it reports both as the end.
     */
    boolean hasEnded() {
        return hasEnded;
    }

    /**
     * Whether the peer has ended or said something, found without blocking; what it said is lost.
     * On a connection that idles both mean that it cannot be used any more: in clear an idle peer
     * has nothing to say, and under TLS it is the close_notify before its end.
     */
    boolean isUnquiet() throws IOException {
        if (position < limit) {
            return true;
        }
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.allocate(1)) != 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return readAhead(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return length == 0 ? 0 : readAhead(bytes, offset, length);
            }

            @Override
            public int available() {
                return limit - position;
            }

            // JSSE closes it at the peer's end, when there may be something to say yet.
            @Override
            public void close() {}
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return sink;
    }

    @Override
    public SocketChannel getChannel() {
        return channel;
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        adaptor.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return adaptor.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        adaptor.setTcpNoDelay(on);
    }

    @Override
    public InetAddress getInetAddress() {
        return adaptor.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return adaptor.getLocalAddress();
    }

    @Override
    public int getPort() {
        return adaptor.getPort();
    }

    @Override
    public int getLocalPort() {
        return adaptor.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return adaptor.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return adaptor.getLocalSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return adaptor.isConnected();
    }

    @Override
    public boolean isBound() {
        return adaptor.isBound();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isInputShutdown() {
        return adaptor.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return adaptor.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
