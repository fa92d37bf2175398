/**
 * TLS on both sides of the proxy, by JSSE. Start at {@link clawsec.tls.ClientHelloDecoder}, {@link
 * clawsec.tls.ClientSide} (the server end towards the agent) and {@link clawsec.tls.OriginSide}
 * (the verified client end towards the origin).
 */
@NullMarked
package clawsec.tls;

import org.jspecify.annotations.NullMarked;
