package clawsec.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Findings of a text that says another one in plain, as long as they may turn out to be that one's.
 * Confined to its scan.
 */
final class Doubts {
    private final Message message;

    /** What the text says in plain; empty for one that says something else. */
    private final @Nullable Layer source;

    private final List<Doubt> doubts = new ArrayList<>(0);

    /**
     * A finding.
     *
     * @param rule its index
     * @param source a place there
     */
    record Doubt(
            int rule,
            long source,
            Severity severity,
            String snippet,
            long offsetBytes,
            List<String> via) {}

    Doubts(Message message, @Nullable Layer source) {
        this.message = message;
        this.source = source;
    }

    boolean isEmpty() {
        return doubts.isEmpty();
    }

    /** Reports a finding that the source does not hold, as soon as that is certain. */
    void report(Doubt doubt) {
        if (!settle(doubt)) {
            doubts.add(doubt);
        }
    }

    /** Reports what has turned out to be none of the source. */
    void settle() {
        if (!doubts.isEmpty()) {
            doubts.removeIf(this::settle);
        }
    }

    /** False while it is not certain. */
    private boolean settle(Doubt doubt) {
        if (source == null || !source.hasMatched(doubt.rule, doubt.source)) {
            if (source != null && source.mayMatch(doubt.rule, doubt.source)) {
                return false;
            }
            Rule rule = message.detector().compiled().get(doubt.rule).rule();
            message.reporter()
                    .report(rule, doubt.severity, doubt.snippet, doubt.offsetBytes, doubt.via);
        }
        return true;
    }
}
