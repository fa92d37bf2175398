package clawsec.http.ws;

import clawsec.http.content.ContentLimits;
import java.nio.ByteBuffer;

/**
 * Reads the messages of one direction of a WebSocket connection: the frames, unmasked and joined,
 * and what permessage-deflate compressed (RFC 7692), decoded as it comes, a fragment at a time.
 * Confined to one thread; holds native memory between compressed messages where their context is
 * kept: close it.
 *
 * <pre>{@code
 * bytes ─► FrameDecoder ─► MessageInflater ─► Payload
 *               └── not compressed, control ──► Payload, Control
 * }</pre>
 *
 * <p>What is marked as compressed and cannot be decoded is announced ({@link
 * FrameEvent.Undecodable}) and given as it came; the next message is tried again. Past a bound
 * ({@link FrameEvent.Oversized}) the rest of a message is not given; it is still decoded where the
 * next one may refer to it, in time that grows with what comes and in constant memory.
 */
public final class MessageDecoder implements AutoCloseable {
    private static final FrameEvent UNDECODABLE = new FrameEvent.Undecodable();
    private static final FrameEvent OVERSIZED = new FrameEvent.Oversized();

    private final FrameDecoder frames;
    private final MessageInflater inflater;
    private boolean isCompressed;

    /** Whether the message has ended, but not all of it was given. */
    private boolean isEnding;

    private MessageDecoder(FrameDecoder frames, MessageInflater inflater) {
        this.frames = frames;
        this.inflater = inflater;
    }

    /**
     * @param agreed what the ends agreed on
     * @param isFromClient whether the bytes come from the client
     * @param limits of each message
     */
    public static MessageDecoder open(
            PermessageDeflate agreed, boolean isFromClient, ContentLimits limits) {
        return new MessageDecoder(
                new FrameDecoder(agreed.isAgreed()),
                new MessageInflater(agreed.keepsContext(isFromClient), limits));
    }

    /**
     * The next event; consumes what it reads from {@code in}, whose bytes must stay as they are
     * until an event says that more are needed.
     */
    public FrameEvent poll(ByteBuffer in) {
        while (true) {
            switch (inflater.advance()) {
                case OUTPUT -> {
                    return new FrameEvent.Payload(inflater.output());
                }
                case UNDECODABLE -> {
                    return UNDECODABLE;
                }
                case OVERSIZED -> {
                    return OVERSIZED;
                }
                case NEEDS_INPUT -> {}
            }
            if (isEnding) {
                isEnding = false;
                isCompressed = false;
                inflater.endMessage();
                return new FrameEvent.MessageEnd();
            }
            FrameEvent event = frames.poll(in);
            switch (event) {
                case FrameEvent.MessageStart start -> {
                    isCompressed = start.isCompressed();
                    if (isCompressed) {
                        inflater.beginMessage();
                    }
                    return event;
                }
                case FrameEvent.Payload payload when isCompressed -> inflater.add(payload.bytes());
                case FrameEvent.MessageEnd end when isCompressed -> {
                    inflater.addTail();
                    isEnding = true;
                }
                default -> {
                    return event;
                }
            }
        }
    }

    /** As {@link FrameDecoder#untold}. */
    public ByteBuffer untold() {
        return frames.untold();
    }

    /** Frees the native memory; nothing can be read any more. */
    @Override
    public void close() {
        inflater.close();
    }
}
