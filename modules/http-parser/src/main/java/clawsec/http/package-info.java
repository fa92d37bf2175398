/**
 * The message model of HTTP (RFC 9110): field lines, heads, authorities and violations. Every type
 * is an immutable value; start at {@link clawsec.http.RequestHead} and {@link clawsec.http.Fields}.
 * Codecs that produce and consume these values live in the packages below.
 */
@NullMarked
package clawsec.http;

import org.jspecify.annotations.NullMarked;
