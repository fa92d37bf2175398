/**
 * The road of one client connection: {@link clawsec.proxy.relay.ClientConnection} accepts it, an
 * {@code Http1Session} or {@code Http2Session} reads its requests, an {@code Exchange} carries each
 * to its origin and the response back, a {@code ConnectSession} decides what a CONNECT holds, and a
 * {@code Tunnel} carries what is not HTTP.
 *
 * <pre>
 *   ClientConnection ─► Http1Session ─► Exchange ─► ContentRelay (request content, response content)
 *                            │             │└─────► Tunnel (after 101)
 *                            │             └ ClientExchange ◄─► OriginExchange, each of either version
 *                            └─► ConnectSession ─► Tunnel (blind or opaque)
 *                                     └─────────► Http1Session │ Http2Session (intercepted)
 * </pre>
 *
 * <p>What begins inside a CONNECT, or on the gateway's port, comes to a {@code SniffedSession}
 * first, which tells TLS ({@code Interception}), HTTP/1, HTTP/2 and other protocols apart by their
 * first bytes; for a client that says nothing an {@code EarlyOrigin} asks the origin to speak
 * first.
 *
 * <p>After 101 a {@code WebSocketInspection} reads each direction's frames beside the tunnel that
 * carries them; it needs the bytes and what the handshake agreed on, whatever they run over.
 *
 * <p>An exchange does not know the versions of HTTP at its ends: both are asked in the words of
 * HTTP/1.1, and an origin is asked for the version that its client speaks.
 *
 * <p>Plain blocking code on the connection's own virtual thread, and for HTTP/2 on one for each
 * stream; another carries request content that is not there at once, so that an origin may answer
 * early, and the other direction of a tunnel.
 */
@NullMarked
package clawsec.proxy.relay;

import org.jspecify.annotations.NullMarked;
