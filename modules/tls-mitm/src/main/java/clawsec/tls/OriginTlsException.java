package clawsec.tls;

import java.io.IOException;

/** A handshake with an origin failed; {@link #reason} says why in a form to answer with. */
public final class OriginTlsException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, and the {@code Proxy-Status} error it maps to (RFC 9209 §2.3). */
    public enum Cause {
        UNKNOWN_ISSUER("tls_certificate_error"),
        EXPIRED("tls_certificate_error"),
        NOT_YET_VALID("tls_certificate_error"),
        WRONG_NAME("tls_certificate_error"),
        REVOKED("tls_certificate_error"),
        CERTIFICATE("tls_certificate_error"),
        ALERT("tls_alert_received"),
        NO_PROTOCOL("tls_alert_received"),
        PROTOCOL("tls_protocol_error"),
        CLOSED("connection_terminated");

        private final String proxyStatus;

        Cause(String proxyStatus) {
            this.proxyStatus = proxyStatus;
        }

        public String proxyStatus() {
            return proxyStatus;
        }
    }

    private final Cause reason;
    private final String remedy;

    /**
     * @param message plain words: what failed, with the names and dates involved
     * @param remedy plain words: what the user can do
     */
    public OriginTlsException(Cause reason, String message, String remedy, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    public Cause reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}
