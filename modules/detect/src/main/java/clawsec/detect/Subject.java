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
    /**
     * The host of the other end, without port and brackets, nor the dot that an absolute name ends
     * in (RFC 1034 §3.1).
     */
    String destHost() {
        int colon = dest.lastIndexOf(':');
        String host = colon < 0 ? dest : dest.substring(0, colon);
        boolean isInBrackets = host.startsWith("[") && host.endsWith("]");
        int from = isInBrackets ? 1 : 0;
        return host.substring(from, host.length() - (isInBrackets || host.endsWith(".") ? 1 : 0));
    }

    /** True for one direction of a tunnel, which is one message without end. */
    boolean isTunnel() {
        return method.isEmpty();
    }
}
