package clawsec.detect.engine;

/**
 * Takes what a {@link TextScan} finds. Every match is given twice: when it is certain, and again
 * when the bytes that follow it are there.
 */
public interface MatchSink {
    /**
     * A match from one place to another is certain.
     *
     * @return whether it is to be made ready
     */
    boolean found(int pattern, long start, long end);

    /**
     * The match found earlier is followed by {@link TextScan#CONTEXT_BYTES} bytes, or the text
     * ended or was flushed. In the order in which this becomes so, which depends on the text alone.
     */
    void ready(int pattern, long start, long end);

    /** The text has been read up to {@link TextScan#place}; early bytes may leave the window. */
    void passed();
}
