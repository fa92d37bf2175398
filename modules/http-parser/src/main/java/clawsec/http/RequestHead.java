package clawsec.http;

/**
 * A request line and its field lines. {@code target} is as received: origin, absolute, authority or
 * asterisk form.
 */
public record RequestHead(String method, String target, HttpVersion version, Fields fields)
        implements MessageHead {}
