package clawsec.http.ws;

import clawsec.http.Fields;
import clawsec.http.Violation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening handshake over HTTP/1.1 (RFC 6455 §4). */
public final class Handshake {
    private static final String RULE = "RFC 6455 §4.1";

    /** RFC 6455 §1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /**
     * What is wrong with a 101 response to a request that asked for WebSocket, where something is:
     * a client has to refuse a switch to anything else, and one by a server that does not prove
     * that it knows what it was asked.
     */
    public static Optional<Violation> fault(Fields request, Fields response) {
        List<String> protocols = response.members("Upgrade");
        if (protocols.size() != 1 || !protocols.getFirst().equalsIgnoreCase("websocket")) {
            return fault("a switch that does not say it is to WebSocket");
        }
        if (response.members("Connection").stream().noneMatch("upgrade"::equalsIgnoreCase)) {
            return fault("a switch to WebSocket without Connection: Upgrade");
        }
        List<String> keys = request.all("Sec-WebSocket-Key");
        if (keys.size() != 1
                || !response.all("Sec-WebSocket-Accept")
                        .equals(List.of(accept(keys.getFirst().strip())))) {
            return fault("a switch to WebSocket whose Sec-WebSocket-Accept is not the key's");
        }
        return Optional.empty();
    }

    /** What proves to the sender of a Sec-WebSocket-Key that it was understood. */
    public static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException("every Java platform has SHA-1", none);
        }
    }

    private static Optional<Violation> fault(String detail) {
        return Optional.of(new Violation(502, RULE, detail));
    }
}
