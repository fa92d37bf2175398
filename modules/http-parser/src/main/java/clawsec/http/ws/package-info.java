/**
 * WebSocket (RFC 6455) without sockets, for inspection: start at {@link
 * clawsec.http.ws.MessageDecoder}, which gives the messages of one direction, and at {@link
 * clawsec.http.ws.PermessageDeflate#agreed}, which tells from a handshake how they are written.
 * Bytes are relayed as they came, so only reading is here. Decoders are confined to one direction
 * of one connection and resumable at any byte.
 *
 * <p>Of extensions permessage-deflate (RFC 7692) is read. What others make of a frame only its two
 * ends know: those that set a reserved bit or opcode are announced as such, and their payload is
 * handed over as it is; those that set none are read as if there were no extension. RSV1 is
 * permessage-deflate's where that was agreed on, in the first frame of a message and alone.
 *
 * <p>Whether the client masks and the server does not (RFC 6455 §5.1) is left to the two: a frame
 * is read either way. Left out: UTF-8 in text messages, codes and reasons of close frames (which
 * are read as control payload).
 */
@NullMarked
package clawsec.http.ws;

import org.jspecify.annotations.NullMarked;
