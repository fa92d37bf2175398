/**
 * Header compression for HTTP/2 (RFC 7541) without sockets: start at {@link
 * clawsec.http.hpack.HpackDecoder} and {@link clawsec.http.hpack.HpackEncoder}. Each is confined to
 * one direction of one connection and takes whole header blocks, since a table that missed one is
 * worth nothing.
 *
 * <pre>{@code
 * block ─► HpackInput ─► StaticTable, DynamicTable ─► HpackLine ─► sink
 *              └─ HuffmanDecoder
 * }</pre>
 *
 * <p>Characters of names and values stand for bytes (ISO 8859-1). What names and values may hold is
 * not looked at here.
 */
@NullMarked
package clawsec.http.hpack;

import org.jspecify.annotations.NullMarked;
