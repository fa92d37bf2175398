package clawsec.log;

/**
 * Findings since the log was opened, by what became of them.
 *
 * @param written lines in the file
 * @param suppressed repeats within the window
 * @param held findings that could not be written yet and wait in memory
 * @param lost findings that could not be written and found no room in memory
 */
public record ThreatTally(long written, long suppressed, long held, long lost) {}
