/**
 * Zstandard (RFC 8878) decoded block by block. Start at {@link clawsec.http.zstd.BlockDecoder} and
 * {@link clawsec.http.zstd.Window}; the frames around the blocks are read by the zstd stage of
 * {@code clawsec.http.content}, the one user, which is why nothing here is exported. No
 * dictionaries. Malformed input is a false or a negative answer, never an exception; every type is
 * confined to one message.
 *
 * <p>Own code, since the decoders to be had for Java do not fit: those in Java reach past the
 * bounds of arrays with {@code sun.misc.Unsafe}, which is no place for a stranger's bytes, and give
 * out what was decoded only once a whole window of it has passed, so that an event stream's events
 * would be seen at its end; the others are native libraries.
 */
@NullMarked
package clawsec.http.zstd;

import org.jspecify.annotations.NullMarked;
