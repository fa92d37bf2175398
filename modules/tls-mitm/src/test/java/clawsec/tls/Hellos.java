package clawsec.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** ClientHellos: real ones from JSSE, and ones made by hand. */
final class Hellos {
    static final byte[] RANDOM = new byte[32];

    static {
        Arrays.fill(RANDOM, (byte) 0xab);
    }

    private Hellos() {}

    /** What JSSE sends first, as one record. */
    static byte[] ofJsse(String serverName, String... applicationProtocols) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(
                    serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
            parameters.setApplicationProtocols(applicationProtocols);
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A hello with these extensions, in one record. */
    static byte[] with(byte[]... extensions) {
        return record(message(body(extensions)));
    }

    static byte[] body(byte[]... extensions) {
        return join(
                new byte[] {3, 3},
                RANDOM,
                vector(1, new byte[32]),
                vector(2, new byte[] {0x0a, 0x0a, 0x13, 1}),
                vector(1, new byte[1]),
                vector(2, join(extensions)));
    }

    static byte[] message(byte[] body) {
        return join(new byte[] {1}, vector(3, body));
    }

    static byte[] record(byte[] fragment) {
        return join(new byte[] {22, 3, 1}, vector(2, fragment));
    }

    /** The same message over records of at most {@code fragmentBytes} each. */
    static byte[] records(byte[] message, int fragmentBytes) {
        byte[] all = new byte[0];
        for (int at = 0; at < message.length; at += fragmentBytes) {
            int end = Math.min(message.length, at + fragmentBytes);
            all = join(all, record(Arrays.copyOfRange(message, at, end)));
        }
        return all;
    }

    static byte[] extension(int type, byte[] data) {
        return join(new byte[] {(byte) (type >> 8), (byte) type}, vector(2, data));
    }

    static byte[] serverName(String name) {
        byte[] entry = join(new byte[1], vector(2, name.getBytes(StandardCharsets.UTF_8)));
        return extension(0, vector(2, entry));
    }

    static byte[] applicationProtocols(String... names) {
        byte[] list = new byte[0];
        for (String name : names) {
            list = join(list, vector(1, name.getBytes(StandardCharsets.US_ASCII)));
        }
        return extension(16, vector(2, list));
    }

    static byte[] vector(int lengthBytes, byte[] content) {
        byte[] length = new byte[lengthBytes];
        for (int i = 0; i < lengthBytes; i++) {
            length[i] = (byte) (content.length >> 8 * (lengthBytes - 1 - i));
        }
        return join(length, content);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(all)) {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }
}
