package clawsec.tls;

import clawsec.ca.HostName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one whole ClientHello (RFC 8446 §4.1.2). The first thing that is broken is
 * kept, and everything read after it is empty, so that the reading needs no exits.
 */
final class ClientHelloParser {
    private static final int RANDOM_BYTES = 32;
    private static final int MAX_SESSION_ID_BYTES = 32;
    private static final int SERVER_NAME = 0;
    private static final int APPLICATION_PROTOCOLS = 16;
    private static final int HOST_NAME = 0;

    private final ByteBuffer body;
    private @Nullable String broken;
    private @Nullable String serverName;
    private boolean sawServerName;
    private boolean sawApplicationProtocols;
    private final List<String> applicationProtocols = new ArrayList<>();

    ClientHelloParser(byte[] message, int offset, int length) {
        this.body = ByteBuffer.wrap(message, offset, length);
    }

    /** A {@code Complete} or a {@code Malformed}. */
    ClientHelloEvent parse() {
        take(body, 2, "legacy_version");
        String random = HexFormat.of().formatHex(bytes(take(body, RANDOM_BYTES, "random")));
        if (vector(body, 1, "legacy_session_id").remaining() > MAX_SESSION_ID_BYTES) {
            fail("legacy_session_id is longer than " + MAX_SESSION_ID_BYTES + " bytes");
        }
        int suiteBytes = vector(body, 2, "cipher_suites").remaining();
        if (suiteBytes == 0 || suiteBytes % 2 != 0) {
            fail("cipher_suites has " + suiteBytes + " bytes, not two for each suite");
        }
        if (!vector(body, 1, "legacy_compression_methods").hasRemaining()) {
            fail("legacy_compression_methods is empty");
        }
        if (body.hasRemaining()) { // RFC 5246 §7.4.1.2: without it, there are no extensions
            extensions(vector(body, 2, "extensions"));
        }
        if (body.hasRemaining()) {
            fail(body.remaining() + " bytes follow the extensions");
        }
        if (broken != null) {
            return new ClientHelloEvent.Malformed("ClientHello: " + broken);
        }
        return new ClientHelloEvent.Complete(
                new ClientHello(Optional.ofNullable(serverName), applicationProtocols, random));
    }

    private void extensions(ByteBuffer in) {
        while (in.hasRemaining()) {
            int type = number(in, 2, "an extension's type");
            ByteBuffer data = vector(in, 2, "extension " + type);
            // RFC 8446 §4.2: no type twice. Of the two that matter, it could deceive the reader.
            if (type == SERVER_NAME) {
                failIf(sawServerName, "server_name stands twice");
                sawServerName = true;
                serverName(data);
            } else if (type == APPLICATION_PROTOCOLS) {
                failIf(
                        sawApplicationProtocols,
                        "application_layer_protocol_negotiation stands twice");
                sawApplicationProtocols = true;
                applicationProtocols(data);
            }
        }
    }

    /**
     * RFC 6066 §3. A name that is no DNS name (a port after it, an IP literal) is as good as none.
     */
    private void serverName(ByteBuffer data) {
        ByteBuffer list = data.hasRemaining() ? vector(data, 2, "server_name_list") : data;
        while (list.hasRemaining()) {
            int type = number(list, 1, "name_type");
            String text = text(vector(list, 2, "a server name"));
            if (type == HOST_NAME
                    && serverName == null
                    && HostName.parse(text) instanceof HostName.Dns(String name)) {
                serverName = name;
            }
        }
        failIf(data.hasRemaining(), "bytes follow the server_name_list");
    }

    /** RFC 7301 §3.1. */
    private void applicationProtocols(ByteBuffer data) {
        ByteBuffer list = vector(data, 2, "protocol_name_list");
        while (list.hasRemaining()) {
            String name = text(vector(list, 1, "a protocol name"));
            failIf(name.isEmpty(), "a protocol name is empty");
            applicationProtocols.add(name);
        }
        failIf(data.hasRemaining(), "bytes follow the protocol_name_list");
    }

    /** A vector with its length before it (RFC 8446 §3.4). */
    private ByteBuffer vector(ByteBuffer in, int lengthBytes, String what) {
        return take(in, number(in, lengthBytes, what), what);
    }

    private int number(ByteBuffer in, int lengthBytes, String what) {
        ByteBuffer digits = take(in, lengthBytes, what);
        int number = 0;
        while (digits.hasRemaining()) {
            number = number << 8 | (digits.get() & 0xff);
        }
        return number;
    }

    private ByteBuffer take(ByteBuffer in, int length, String what) {
        ByteBuffer part = in.duplicate();
        if (length > in.remaining()) {
            fail(
                    what
                            + " of "
                            + length
                            + " bytes has only "
                            + in.remaining()
                            + " at byte "
                            + in.position());
            part.limit(part.position());
            in.position(in.limit());
            return part;
        }
        part.limit(part.position() + length);
        in.position(part.limit());
        return part;
    }

    private void failIf(boolean isBroken, String what) {
        if (isBroken) {
            fail(what);
        }
    }

    private void fail(String what) {
        if (broken == null) {
            broken = what;
        }
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    /** One character a byte, so that nothing is lost and nothing fails. */
    private static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.ISO_8859_1);
    }
}
