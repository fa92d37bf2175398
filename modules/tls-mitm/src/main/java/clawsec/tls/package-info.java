/**
 * TLS on both sides of the proxy, by JSSE: 1.2 (RFC 5246) and 1.3 (RFC 8446). Start at {@link
 * clawsec.tls.ClientHelloDecoder} (sans-io), {@link clawsec.tls.ClientSide} (the server end towards
 * the agent) and {@link clawsec.tls.OriginSide} (the verified client end towards the origin). Both
 * ends are safe for use by many threads and block; a decoder is confined to one. A failure of the
 * peer is an exception whose message says in plain words what happened. Left out: client
 * certificates, encrypted client hello, revocation checks.
 */
@NullMarked
package clawsec.tls;

import org.jspecify.annotations.NullMarked;
