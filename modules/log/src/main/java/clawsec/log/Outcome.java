package clawsec.log;

/** What became of a finding that was handed to the {@link ThreatLog}. */
public enum Outcome {
    /** Its line is with the kernel: killing this process does not lose it. */
    WRITTEN,
    /** The same pattern, dest and direction was written within the window; counted. */
    SUPPRESSED,
    /**
     * It could not be written; {@link ThreatLog#failure} says why. It is held in memory, if there
     * is room, and written with a later finding.
     */
    FAILED
}
