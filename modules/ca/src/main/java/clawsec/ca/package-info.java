/**
 * The local certificate authority. Start at {@link clawsec.ca.CertificateAuthority}, which opens or
 * makes the root in a folder, and {@link clawsec.ca.LeafStore}, which hands out one leaf a host.
 * Both are safe for use by many threads.
 */
@NullMarked
package clawsec.ca;

import org.jspecify.annotations.NullMarked;
