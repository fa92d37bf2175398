/**
 * The local certificate authority. Start at {@link clawsec.ca.CertificateAuthority}, which opens or
 * makes the root in a folder, and {@link clawsec.ca.LeafStore}, which hands out one leaf a host
 * (RFC 5280 certificates). Both are safe for use by many threads. Left out: revocation, key stores,
 * the trust stores of clients.
 */
@NullMarked
package clawsec.ca;

import org.jspecify.annotations.NullMarked;
