/**
 * Connections: a {@link clawsec.proxy.net.Wire} is one end, in clear or under TLS; {@link
 * clawsec.proxy.net.Deadlines} ends those that stall. A wire has one reading and one writing
 * thread.
 */
@NullMarked
package clawsec.proxy.net;

import org.jspecify.annotations.NullMarked;
