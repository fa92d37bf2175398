/**
 * HTTP/2 on sockets: an {@link clawsec.proxy.h2.Http2Connection} drives the endpoint of {@code
 * clawsec.http.h2} for one end of a connection, towards a client or an origin, and each of its
 * streams is an {@link clawsec.proxy.h2.Http2Channel}, which a thread of its own can wait for, read
 * and write as if it were a connection.
 *
 * <pre>{@code
 * wire ─► reading thread ─► endpoint ─► channels ─► a thread each
 * wire ◄─ writing thread ◄─ frames that wait, in order ◄─ endpoint ◄┘
 * }</pre>
 *
 * <p>The reading thread never waits for anything but the wire, so that a stream whose reader is
 * slow holds up no other. The writing thread is there while there is something to write.
 */
@NullMarked
package clawsec.proxy.h2;

import org.jspecify.annotations.NullMarked;
