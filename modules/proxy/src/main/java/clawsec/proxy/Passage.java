package clawsec.proxy;

/**
 * One message, or one direction of a tunnel, on its way.
 *
 * @param outbound true from the agent towards the origin
 * @param scheme {@code http}, {@code https} or {@code gateway}
 * @param source address of the client's end, without port
 * @param dest {@code host:port} of the origin
 * @param method request method (also of the request that a response answers); empty in a tunnel
 * @param url absolute URL of the request; empty in a tunnel
 */
public record Passage(
        boolean outbound, String scheme, String source, String dest, String method, String url) {}
