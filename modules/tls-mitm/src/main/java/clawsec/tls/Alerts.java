package clawsec.tls;

import java.io.IOException;
import java.util.Optional;

/** Tells an alert that the peer sent from a failure of our own. */
final class Alerts {
    /** JSSE says it in no other way; a test holds this text to the JDK in use. */
    private static final String RECEIVED = "Received fatal alert: ";

    private Alerts() {}

    /** The name of the alert (RFC 8446 §6.2) that ended a handshake, if one did. */
    static Optional<String> received(IOException failure) {
        String message = failure.getMessage();
        int at = message == null ? -1 : message.indexOf(RECEIVED);
        return message == null || at < 0
                ? Optional.empty()
                : Optional.of(message.substring(at + RECEIVED.length()).strip());
    }
}
