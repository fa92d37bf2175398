package clawsec.tls;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells an alert that the peer sent from a failure of our own. */
final class Alerts {
    /**
     * What JSSE writes before an alert's name; it says it in no other way, and tests hold these
     * texts to the JDK in use. The second is for an alert in clear where TLS 1.3 wants it
     * encrypted, which is how OpenSSL sends one.
     */
    private static final List<String> RECEIVED =
            List.of(
                    "Received fatal alert: ",
                    "Unexpected plaintext alert received: Level: fatal; Alert: ");

    private Alerts() {}

    /** The name of the alert (RFC 8446 §6.2) that ended a handshake, if one did. */
    static Optional<String> received(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            for (String received : RECEIVED) {
                int at = message.indexOf(received);
                if (at >= 0) {
                    return Optional.of(message.substring(at + received.length()).strip());
                }
            }
        }
        return Optional.empty();
    }
}
