/**
 * The live proxy. Plain blocking code: one virtual thread owns one end of a connection. It knows no
 * rules; every message is offered to an {@link clawsec.proxy.Inspector}.
 */
@NullMarked
package clawsec.proxy;

import org.jspecify.annotations.NullMarked;
