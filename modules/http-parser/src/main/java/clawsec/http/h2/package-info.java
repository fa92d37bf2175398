/**
 * HTTP/2 (RFC 9113) without sockets: start at {@link clawsec.http.h2.Http2Endpoint}, one end of a
 * connection, and at {@link clawsec.http.h2.Http2FrameDecoder}, which gives it a {@link
 * clawsec.http.h2.Http2Frame} at a time. A decoder is confined to one direction of one connection
 * and resumable at any byte; an endpoint is for both directions, under its caller's lock.
 *
 * <pre>{@code
 * bytes ─► preface ─► frame head ─► DATA ─────────────────────────► Data, piece by piece
 *                          ├──────► HEADERS, CONTINUATION ... ────► HeaderBlock, whole
 *                          └──────► others ───────────────────────► one record each, whole
 *
 * HeaderBlock ─► HpackDecoder ─► FieldSectionReader ─► Request │ Response │ Trailers │ Malformed
 * each frame ──► FrameReceiver (streams, windows, Patience) ─► Http2Event, and frames to be sent
 * }</pre>
 *
 * <p>What a frame breaks by itself the decoder tells, as {@link
 * clawsec.http.h2.Http2Frame.Malformed}; what it breaks where it stands, since the stream is closed
 * or a window is full, the endpoint. Server push is refused, priorities are read and ignored. Left
 * out: waiting, for windows or for anybody; and time.
 */
@NullMarked
package clawsec.http.h2;

import org.jspecify.annotations.NullMarked;
