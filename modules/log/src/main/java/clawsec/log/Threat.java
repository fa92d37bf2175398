package clawsec.log;

import clawsec.detect.Finding;
import java.time.Instant;

/**
 * One line of {@code threats.jsonl}: a finding and when it was made (written to the microsecond).
 */
public record Threat(Finding finding, Instant timestamp) {
    /** The record as one line of JSON, without the newline; it has no control characters. */
    public String toJson() {
        return ThreatJson.encode(this);
    }
}
