package clawsec.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client that sends exactly the bytes it is given and reads what comes back, plain or over TLS
 * through a CONNECT. Every read is bounded by {@link #TIMEOUT}. Confined to one thread.
 */
public final class RawClient implements AutoCloseable {
    /** How long one read waits. */
    public static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        socket.setTcpNoDelay(true);
    }

    /** Connects to a port of the loopback address. */
    public static RawClient connect(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Connects to a proxy, asks it for a tunnel, and speaks TLS to what answers; its certificate
     * must be for the host of {@code authority}.
     *
     * @param authority {@code host:port}; a bracketed host is an IPv6 literal
     * @throws IOException when the proxy does not answer 2xx, or the handshake fails
     */
    public static RawClient connectTls(int proxyPort, String authority, SSLContext trust)
            throws IOException {
        RawClient client = connect(proxyPort);
        try {
            WireMessage response = client.askForTunnel(authority);
            if (response.status() / 100 != 2) {
                throw new IOException("no tunnel to " + authority + ": " + response);
            }
            String host = authority.substring(0, authority.lastIndexOf(':'));
            return client.startTls(trust, host.replaceAll("[\\[\\]]", ""));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    /** Sends a CONNECT and reads the answer, with its body where it is not 2xx. */
    public WireMessage askForTunnel(String authority) throws IOException {
        send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        in.mark(1 << 16);
        WireMessage answer = readResponse(true);
        if (answer.status() / 100 == 2) {
            return answer;
        }
        in.reset();
        return readResponse();
    }

    /**
     * Starts TLS on this connection; this client must not be used afterwards.
     *
     * @param host sent as SNI where it is a DNS name, and verified
     */
    public RawClient startTls(SSLContext trust, String host) throws IOException {
        SSLSocket secure =
                (SSLSocket)
                        trust.getSocketFactory().createSocket(socket, host, socket.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return new RawClient(secure);
    }

    /** Sends text as ISO 8859-1: a char is a byte. */
    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Ends the sending direction; reading goes on. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Drops the connection with a TCP reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Reads up to and with {@code delimiter}, as ISO 8859-1. */
    public String readUntil(String delimiter) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < delimiter.length()
                || !text.substring(text.length() - delimiter.length()).equals(delimiter)) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed before '" + delimiter + "', after '" + text + "'");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Reads exactly {@code count} bytes. */
    public byte[] readExactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("closed after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    /** Reads and drops up to {@code count} bytes; returns how many there were before the end. */
    public long skip(long count) throws IOException {
        byte[] block = new byte[1 << 16];
        long skipped = 0;
        int read;
        while (skipped < count
                && (read = in.read(block, 0, (int) Math.min(block.length, count - skipped))) > 0) {
            skipped += read;
        }
        return skipped;
    }

    /** Reads until the other end closes. */
    public byte[] readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toByteArray();
    }

    /** Reads one response to a request that was not HEAD. */
    public WireMessage readResponse() throws IOException {
        return readResponse(false);
    }

    /** Reads one response, see {@link WireMessage#readResponse}. */
    public WireMessage readResponse(boolean isBodiless) throws IOException {
        return WireMessage.readResponse(in, isBodiless);
    }

    /** The connection itself, to inspect its TLS session or addresses. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
