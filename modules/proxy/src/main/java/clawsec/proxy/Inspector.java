package clawsec.proxy;

/**
 * Looks at every message that passes. Safe for use by many threads; each inspection stays on one at
 * a time.
 */
public interface Inspector {
    /** Opens the inspection of one message, or of one direction of a tunnel. */
    Inspection open(Passage passage);

    /**
     * Opens the inspection of the messages of one direction of a connection; where nothing is said
     * of it, each is inspected as if it stood alone.
     *
     * @param passage of each of them
     */
    default SequenceInspection openSequence(Passage passage) {
        return new SeparateMessages(this, passage);
    }
}
