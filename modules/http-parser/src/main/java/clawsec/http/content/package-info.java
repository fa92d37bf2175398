/**
 * Content codings (RFC 9110 §8.4) removed incrementally, for inspection only: the peer still gets
 * the bytes it was sent. Start at {@link clawsec.http.content.ContentDecoder}. Known here: gzip,
 * x-gzip, deflate (zlib and raw), br, identity, and stacks of them; zstd and compress are left out
 * and passed on as they stand. Decoders are confined to one message and hold native memory: close
 * them.
 */
@NullMarked
package clawsec.http.content;

import org.jspecify.annotations.NullMarked;
