package clawsec.proxy.origin;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * WebSocket on a stream of HTTP/2 (RFC 8441 §5) in the words of HTTP/1.1 (RFC 6455 §4), and back:
 * there a nonce is answered, here the stream alone says that both ends mean it.
 */
public final class ExtendedConnect {
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String ACCEPT = "Sec-WebSocket-Accept";

    /** RFC 6455 §1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ExtendedConnect() {}

    /** The upgrade that a CONNECT with the protocol websocket stands for. */
    public static RequestHead asUpgrade(RequestHead connect) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        List<FieldLine> lines = new ArrayList<>(connect.fields().lines());
        lines.add(new FieldLine("Connection", "Upgrade"));
        lines.add(new FieldLine("Upgrade", "websocket"));
        lines.add(new FieldLine(KEY, Base64.getEncoder().encodeToString(nonce)));
        return new RequestHead("GET", connect.target(), connect.version(), new Fields(lines));
    }

    /** The response to a CONNECT that a switch of protocols stands for. */
    public static ResponseHead asResponse(ResponseHead switching) {
        return new ResponseHead(
                200,
                "",
                HttpVersion.HTTP_2,
                switching.fields().without(line -> line.isNamed(ACCEPT)));
    }

    /** Whether a request, as it goes to an origin, is an upgrade to WebSocket. */
    static boolean isUpgrade(RequestHead head) {
        return head.fields().contains("Upgrade") && head.fields().contains(KEY);
    }

    /** The CONNECT that an upgrade to WebSocket stands for. */
    static RequestHead asConnect(RequestHead upgrade) {
        return new RequestHead(
                "CONNECT",
                upgrade.target(),
                upgrade.version(),
                upgrade.fields().without(line -> line.isNamed(KEY)));
    }

    /** The switch of protocols that a response to CONNECT stands for, where it is 2xx. */
    static ResponseHead asSwitch(ResponseHead response, RequestHead upgrade) {
        Fields fields =
                response.fields()
                        .with(ACCEPT, accept(upgrade.fields().first(KEY).orElse("")))
                        .with("Connection", "Upgrade")
                        .with("Upgrade", "websocket");
        return new ResponseHead(101, "Switching Protocols", HttpVersion.HTTP_1_1, fields);
    }

    /** RFC 6455 §4.2.2. */
    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException("every JDK has SHA-1", none);
        }
    }
}
