/**
 * HTTP/1.1 message syntax (RFC 9112) without sockets: start at {@link
 * clawsec.http.h1.RequestDecoder}, {@link clawsec.http.h1.ResponseDecoder} and {@link
 * clawsec.http.h1.Http1Encoder}. Requests are read strictly, since what was inspected must be what
 * is sent; responses as leniently as a browser reads them, and written normalised. Decoders are
 * confined to one connection and resumable at any byte.
 */
@NullMarked
package clawsec.http.h1;

import org.jspecify.annotations.NullMarked;
