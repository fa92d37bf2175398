package clawsec.proxy;

import java.util.List;

/**
 * The inspection of messages that follow one another in one direction of a connection, so that what
 * is cut over two of them is seen as well. Confined to one thread at a time; never throws for what
 * the bytes are.
 */
public interface SequenceInspection extends AutoCloseable {
    /**
     * Opens the inspection of the next message, which has no head; the one before it has ended. Its
     * {@code isPending} and {@code flush} are this one's too.
     *
     * @param codings what was removed to get its content, outermost first, such as {@code
     *     permessage-deflate}
     */
    Inspection next(List<String> codings);

    /** Between two messages: true while something found waits for the bytes that follow it. */
    boolean isPending();

    /** Between two messages: records what waits. */
    void flush();

    @Override
    void close();
}
