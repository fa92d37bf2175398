package clawsec.log;

import clawsec.detect.Finding;
import java.time.Instant;

/**
 * One line of {@code threats.jsonl}: a finding and when it was made (written to the microsecond).
 */
public record Threat(Finding finding, Instant timestamp) {}
