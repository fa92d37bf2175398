package clawsec.detect;

import clawsec.http.Fields;
import java.nio.ByteBuffer;

/**
 * The scan of one message while it passes. Findings do not depend on where the content is cut.
 * Confined to one thread at a time; never blocks; never throws whatever the bytes are. Hand it the
 * parts in order and close it.
 */
public interface MessageScan extends AutoCloseable {
    /**
     * Scans a head as it goes over the wire (start line and field lines).
     *
     * @param encoded the head's bytes; consumed
     * @param fields the field lines, of which Content-Encoding says how the content is to be
     *     decoded
     */
    void head(ByteBuffer encoded, Fields fields);

    /**
     * Scans a piece of content (transfer coding removed, content coding still on); consumed, not
     * kept.
     */
    void content(ByteBuffer bytes);

    /**
     * True while a finding waits for the bytes that follow it (they are part of its snippet). A
     * caller that cannot read on soon, or is about to answer, calls {@link #flush}.
     */
    boolean isPending();

    /** Hands over every finding that waits, with the context there is. */
    void flush();

    /** The message ended: hands over what waits. */
    void end();

    /** What was and was not scanned so far. */
    ScanTally tally();

    /**
     * Releases the decoders. A message that is closed before its end still reports what was found.
     */
    @Override
    void close();
}
