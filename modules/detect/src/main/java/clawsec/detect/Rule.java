package clawsec.detect;

import java.util.List;
import java.util.Set;

/**
 * What a rule file says of one rule.
 *
 * @param id of lower-case letters, digits, {@code _} and {@code -}; the threat record's pattern
 * @param title a line for people
 * @param regex in the notation of {@code clawsec.detect.expression}
 * @param isSecret whether a match is masked where {@link DetectConfig#maskSecrets} asks for it
 * @param prefix an expression for the part of a secret that tells what it is and stays readable;
 *     empty for none
 * @param tail an expression for what may follow a match and belongs to the secret; empty for
 *     letters, digits, {@code _} and {@code -}
 * @param hit texts in which the rule matches, at least one; made up
 * @param miss texts in which it does not, at least one
 */
public record Rule(
        String id,
        ThreatType type,
        String title,
        Severity severity,
        String regex,
        boolean isCaseInsensitive,
        Set<Direction> directions,
        boolean isSecret,
        String prefix,
        String tail,
        List<String> hit,
        List<String> miss) {
    public Rule {
        directions = Set.copyOf(directions);
        hit = List.copyOf(hit);
        miss = List.copyOf(miss);
    }
}
