package clawsec.tls;

import java.io.IOException;

/**
 * A client refused the leaf: by an alert, or by closing in the handshake. The message says which.
 */
public final class RefusedLeafException extends IOException {
    private static final long serialVersionUID = 1L;

    public RefusedLeafException(String message, Throwable cause) {
        super(message, cause);
    }
}
