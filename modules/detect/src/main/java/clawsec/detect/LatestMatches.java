package clawsec.detect;

import java.util.ArrayList;
import java.util.List;

/** The latest matches of a text. Confined to its scan. */
final class LatestMatches {
    private final List<CompiledRule> rules;
    private final List<Match> matches = new ArrayList<>();

    private record Match(int rule, long from, long to) {}

    LatestMatches(List<CompiledRule> rules) {
        this.rules = rules;
    }

    void add(int rule, long from, long to) {
        matches.add(new Match(rule, from, to));
    }

    boolean isEmpty() {
        return matches.isEmpty();
    }

    /** Matches that end before a place will not be asked for any more. */
    void forget(long before) {
        matches.removeIf(match -> match.to < before);
    }

    void clear() {
        matches.clear();
    }

    /** Whether a match of a rule holds a place. */
    boolean holds(int rule, long at) {
        for (Match match : matches) {
            if (match.rule == rule && match.from <= at && match.to > at) {
                return true;
            }
        }
        return false;
    }

    /** Whether a rule matched there that knows what kind of secret it is. */
    boolean isKnown(long start, long end) {
        for (Match match : matches) {
            CompiledRule compiled = rules.get(match.rule);
            if (match.from < end
                    && match.to > start
                    && compiled.rule().isSecret()
                    && !compiled.isGeneric()) {
                return true;
            }
        }
        return false;
    }
}
