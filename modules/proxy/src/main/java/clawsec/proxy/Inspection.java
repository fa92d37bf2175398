package clawsec.proxy;

import clawsec.http.Fields;
import java.nio.ByteBuffer;

/**
 * The inspection of one message while it passes. What it finds is on disk when a method returns,
 * but for what waits for the bytes that follow it ({@link #isPending}); that is on disk after
 * {@link #flush} or {@link #end}. Never throws for what the bytes are.
 */
public interface Inspection extends AutoCloseable {
    /** The head as it is forwarded; {@code encoded} is consumed. */
    void head(ByteBuffer encoded, Fields fields);

    /** A piece of content, transfer coding removed; consumed, not kept. */
    void content(ByteBuffer bytes);

    /** True while something found waits for the bytes that follow it. */
    boolean isPending();

    /**
     * Records what waits; called before an answer is passed on, and in a stream when it has waited
     * for a second.
     */
    void flush();

    /** The message ended cleanly. */
    void end();

    @Override
    void close();
}
