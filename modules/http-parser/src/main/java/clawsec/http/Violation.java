package clawsec.http;

/**
 * Bytes that break a rule of the protocol: a value that is answered, counted and logged.
 *
 * @param status the status a server answers such a request with (400, 413, 414, 431, 501, 505); for
 *     a response that breaks a rule, 502
 * @param rule the rule's place, such as {@code RFC 9112 §5.1}
 * @param detail what was found, the limit and the place, such as {@code chunk size exceeds
 *     2147483647 at byte 812}; never holds the peer's secrets: field values are not quoted
 */
public record Violation(int status, String rule, String detail) {}
