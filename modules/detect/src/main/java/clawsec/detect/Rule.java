package clawsec.detect;

import clawsec.detect.expression.ExpressionParser;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule file says of one rule.
 *
 * @param id of lower-case letters, digits, {@code _} and {@code -}; the threat record's pattern
 * @param title a line for people
 * @param regex in the notation of {@code clawsec.detect.expression}
 * @param secret present when a match holds a secret, which is masked where {@link
 *     DetectConfig#maskSecrets} asks for it
 * @param allow expressions for what is no threat; looked for in the secret, or in the match of a
 *     rule without one
 * @param lesser expressions for matches, whole ones, that are less of a threat than {@code
 *     severity} says
 * @param hit texts in which the rule matches, made up; at least one in a file, none where they were
 *     passed over ({@link RuleSet#builtIn})
 * @param miss texts in which it does not, likewise
 */
public record Rule(
        String id,
        ThreatType type,
        String title,
        Severity severity,
        String regex,
        boolean isCaseInsensitive,
        Set<Direction> directions,
        Optional<SecretRule> secret,
        List<String> allow,
        List<String> lesser,
        List<String> hit,
        List<String> miss) {
    public Rule {
        directions = Set.copyOf(directions);
        allow = List.copyOf(allow);
        lesser = List.copyOf(lesser);
        hit = List.copyOf(hit);
        miss = List.copyOf(miss);
    }

    public boolean isSecret() {
        return secret.isPresent();
    }

    /** The expression in a notation that others know too: without {@code (?w)}. */
    public String spelledOutRegex() {
        return ExpressionParser.spelledOut(regex);
    }
}
