package clawsec.http;

/** A status line and its field lines; {@code status} is 100 to 999. */
public record ResponseHead(int status, String reason, HttpVersion version, Fields fields)
        implements MessageHead {
    /**
     * True for 1xx responses, which precede the final one (RFC 9110 §15.2); 101 ends HTTP on the
     * connection.
     */
    public boolean isInterim() {
        return status < 200;
    }
}
