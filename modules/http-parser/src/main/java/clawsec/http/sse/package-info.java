/**
 * Event streams ({@code text/event-stream}, HTML Standard §9.2) without sockets, for inspection:
 * start at {@link clawsec.http.sse.EventStreamDecoder}. Streams are relayed as they came, so only
 * reading is here. No event is held: its data is given as it comes, as views of what was read.
 * Decoders are confined to one stream and resumable at any byte. Left out: decoding UTF-8 in data,
 * which is given in bytes, and reconnecting.
 */
@NullMarked
package clawsec.http.sse;

import org.jspecify.annotations.NullMarked;
