package clawsec.detect;

/**
 * The message that is scanned: who sends it where.
 *
 * @param source address of the agent's end, without port
 * @param dest {@code host:port} of the other end
 * @param method request method; empty where there is none (tunnels)
 * @param url absolute URL of the request, unmasked; empty where there is none
 */
public record Subject(
        Direction direction,
        Protocol protocol,
        String source,
        String dest,
        String method,
        String url) {
    /** True for one direction of a tunnel, which is one message without end. */
    boolean isTunnel() {
        return method.isEmpty();
    }
}
