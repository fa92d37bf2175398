package clawsec.proxy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TLS client whose ClientHello comes in many pieces, by segments or by records. */
final class TlsPieces {
    private static final int RECORD_HEADER_BYTES = 5;

    private TlsPieces() {}

    /** Sends every byte in a segment of its own. */
    static SSLSocket byteByByte(int port, String authority, SSLContext trust) throws IOException {
        return connect(port, authority, trust, true);
    }

    /** Cuts the ClientHello into records of at most 100 bytes. */
    static SSLSocket inRecords(int port, String authority, SSLContext trust) throws IOException {
        return connect(port, authority, trust, false);
    }

    private static SSLSocket connect(
            int port, String authority, SSLContext trust, boolean isByteByByte) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), port) {
                    @Override
                    public OutputStream getOutputStream() throws IOException {
                        OutputStream whole = super.getOutputStream();
                        return isByteByByte ? new Bytes(whole) : new Records(whole);
                    }
                };
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(
                        ("CONNECT " + authority + " HTTP/1.1\r\nHost: x\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        String host = authority.substring(0, authority.lastIndexOf(':'));
        SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(socket, host, port, true);
        tls.startHandshake();
        return tls;
    }

    private static final class Bytes extends FilterOutputStream {
        private Bytes(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                out.write(bytes[i]);
                out.flush();
            }
        }
    }

    private static final class Records extends FilterOutputStream {
        private Records(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean isHello = bytes[offset] == 22 && bytes[offset + RECORD_HEADER_BYTES] == 1;
            if (!isHello) {
                out.write(bytes, offset, length);
                return;
            }
            int from = offset + RECORD_HEADER_BYTES;
            while (from < offset + length) {
                int count = Math.min(100, offset + length - from);
                byte[] record = Arrays.copyOfRange(bytes, from - RECORD_HEADER_BYTES, from + count);
                record[0] = 22;
                record[1] = 3;
                record[2] = 1;
                record[3] = 0;
                record[4] = (byte) count;
                out.write(record);
                from += count;
            }
        }
    }
}
