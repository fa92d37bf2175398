/**
 * WebSocket framing (RFC 6455 §5) without sockets, for inspection: start at {@link
 * clawsec.http.ws.FrameDecoder}. Frames are relayed as they came, so only reading is here. Decoders
 * are confined to one direction of one connection and resumable at any byte. Left out: extensions;
 * a frame with a reserved bit or opcode is announced as such, and its payload handed over as it is.
 */
@NullMarked
package clawsec.http.ws;

import org.jspecify.annotations.NullMarked;
