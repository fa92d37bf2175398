/**
 * HTTP/1.1 message syntax (RFC 9112) without sockets: start at {@link
 * clawsec.http.h1.RequestDecoder}, {@link clawsec.http.h1.ResponseDecoder} and {@link
 * clawsec.http.h1.Http1Encoder}. Requests are read strictly, since what was inspected must be what
 * is sent; responses as leniently as a browser reads them, and given out normalised. Decoders are
 * confined to one connection and resumable at any byte.
 *
 * <pre>{@code
 * in ─► LineReader ─► RequestLine │ StatusLine ─► FieldSection ─► RequestFraming │ ResponseFraming
 *                                                                   │
 * Content, End ◄──────────────────────────── ContentReader ◄────────┘
 * }</pre>
 *
 * <p>Left out: HTTP/0.9, and transfer codings other than chunked.
 */
@NullMarked
package clawsec.http.h1;

import org.jspecify.annotations.NullMarked;
