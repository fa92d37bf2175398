package clawsec.log;

import clawsec.detect.Direction;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which threats are wanted; what is empty does not matter.
 *
 * @param pattern the rule's id
 * @param since the earliest time, itself included
 */
public record ThreatQuery(
        Optional<String> pattern, Optional<Direction> direction, Optional<Instant> since) {
    /** Every threat. */
    public static final ThreatQuery ALL =
            new ThreatQuery(Optional.empty(), Optional.empty(), Optional.empty());

    boolean matches(ThreatLine line) {
        return (pattern.isEmpty() || pattern.get().equals(line.pattern()))
                && (direction.isEmpty()
                        || direction.get().name().toLowerCase(Locale.ROOT).equals(line.direction()))
                && !isTooOld(line);
    }

    boolean isTooOld(ThreatLine line) {
        return since.isPresent() && line.timestamp().isBefore(since.get());
    }
}
