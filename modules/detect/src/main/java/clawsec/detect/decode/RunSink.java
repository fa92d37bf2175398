package clawsec.detect.decode;

/** Takes what runs of a text stand for, one after another. */
public interface RunSink {
    /**
     * A run begins.
     *
     * @param place of its first byte
     */
    void beginRun(Notation notation, long place);

    /**
     * A piece of what it stands for.
     *
     * @param bytes valid during the call
     * @param from the place of the first byte the piece is made of
     * @param to the place after the last one
     */
    void decoded(byte[] bytes, int count, long from, long to);

    /** The run may have ended here, or may go on with the next line. */
    void lineEnded();

    void endRun();
}
