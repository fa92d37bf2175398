package clawsec.proxy;

/**
 * Looks at every message that passes. Safe for use by many threads; each inspection stays on one at
 * a time.
 */
public interface Inspector {
    /** Opens the inspection of one message, or of one direction of a tunnel. */
    Inspection open(Passage passage);
}
