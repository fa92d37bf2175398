/**
 * Content codings (RFC 9110 §8.4) removed incrementally, for inspection only: the peer still gets
 * the bytes it was sent. Start at {@link clawsec.http.content.ContentDecoder}. Known here: gzip,
 * x-gzip, deflate (zlib and raw), br, zstd (RFC 9659: windows of at most 8 MB, no dictionaries),
 * identity, and stacks of them, labelled or, for gzip and zstd, told by their first bytes; compress
 * is left out and passed on as it stands. Decoders are confined to one message and hold memory that
 * others wait for: close them.
 */
@NullMarked
package clawsec.http.content;

import org.jspecify.annotations.NullMarked;
