package clawsec.detect;

import java.util.List;

/**
 * The scans of the messages that follow one another in one direction of a connection, such as those
 * of a WebSocket. Each is scanned on its own, and all of them as one text, of which only what lies
 * across messages is reported: a secret that is cut over two of them is found, with {@code
 * messages} in {@code via}. Confined to one thread at a time.
 *
 * <p>When a second has passed without a message ({@link #flush} came twice), only the last {@link
 * JoinedMessages#KEPT_BYTES} are remembered, which is what the longest match takes, and the memory
 * of the scan is given back.
 */
public interface SequenceScan extends AutoCloseable {
    /**
     * Opens the scan of the next message, which has no head; the one before it has ended.
     *
     * @param codings what was removed to get the content, outermost first, such as {@code
     *     permessage-deflate}
     */
    MessageScan next(List<String> codings);

    /** True while a finding, or memory, waits for the bytes that follow. */
    boolean isPending();

    /** Hands over every finding that waits, with the context there is. */
    void flush();

    /** The last message has ended: hands over what waits. */
    @Override
    void close();
}
