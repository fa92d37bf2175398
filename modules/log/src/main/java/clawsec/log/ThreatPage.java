package clawsec.log;

import java.util.List;

/**
 * What was found in {@code threats.jsonl}, newest first.
 *
 * @param skipped lines met on the way that are no whole record: cut off by a crash, or not ours
 * @param end where in the file {@link ThreatReader#follow} goes on from here, in bytes
 */
public record ThreatPage(List<ThreatLine> lines, long skipped, long end) {
    public ThreatPage {
        lines = List.copyOf(lines);
    }
}
