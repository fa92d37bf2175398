package clawsec.tls;

import java.io.IOException;

/** A file that {@link TlsConfig} names cannot be used; the message says which, why, what to do. */
public final class TlsConfigException extends IOException {
    private static final long serialVersionUID = 1L;

    public TlsConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    public TlsConfigException(String message) {
        super(message);
    }
}
