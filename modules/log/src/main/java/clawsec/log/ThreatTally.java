package clawsec.log;

/**
 * Findings since the log was opened, by what became of them.
 *
 * @param written lines in the file
 * @param suppressed repeats within the window
 * @param lost findings that could not be written
 */
public record ThreatTally(long written, long suppressed, long lost) {}
