package clawsec.detect;

import java.util.Optional;

/**
 * How bad a match is, from what was found, which way it goes, where to, and what stands around it.
 *
 * <pre>
 * what                               outbound to its home   outbound elsewhere   inbound
 * secret, published as an example    low                    low                  nothing
 * secret with known homes            info                   critical (*)         medium at most
 * any other secret or path           as the rule says       as the rule says     medium at most
 * command or manipulation            medium at most         medium at most       as the rule says
 *   that is quoted and explained     two steps less         two steps less       two steps less
 * whatever the rule has as lesser    two steps less         two steps less       two steps less
 * the beginning of a secret alone    two steps less         two steps less       two steps less
 * </pre>
 *
 * <p>Steps down end at low, unless the rule is below that. A key that goes to its provider is
 * normal use; the same key on its way to anybody else is lost. (*) Where the provider lets its
 * customers' own code or storage answer, it may be either: medium. What goes the other way than its
 * kind does harm is worth knowing and no alarm: a secret that arrives has not left, and a command
 * that leaves is mostly an agent that repeats what it read. A page that quotes an attack to explain
 * it ({@link Surroundings}) is not an attack on its reader, but may only look so.
 */
final class Judgement {
    private static final int STEPS_DOWN = 2;

    private Judgement() {}

    /**
     * @param match the bytes that matched
     * @param after some bytes that follow it
     * @param isQuoted whether the text around speaks about attacks and quotes this one
     * @return empty when it is nothing
     */
    static Optional<Severity> severity(
            CompiledRule compiled, Subject subject, byte[] match, byte[] after, boolean isQuoted) {
        Rule rule = compiled.rule();
        boolean isOutbound = subject.direction() == Direction.OUTBOUND;
        if (rule.isSecret() && compiled.isExample(match)) {
            return isOutbound ? Optional.of(Severity.LOW) : Optional.empty();
        }
        Optional<Severity> byHost =
                rule.isSecret() && isOutbound ? byHost(compiled, subject, match) : Optional.empty();
        Severity severity = byHost.orElseGet(() -> byDirection(rule, isOutbound));
        severity = rule.type() == ThreatType.INJECTION && isQuoted ? lowered(severity) : severity;
        return Optional.of(compiled.isLesser(match, after) ? lowered(severity) : severity);
    }

    private static Severity byDirection(Rule rule, boolean isOutbound) {
        boolean isInjection = rule.type() == ThreatType.INJECTION;
        return isInjection == isOutbound
                ? atMost(Severity.MEDIUM, rule.severity())
                : rule.severity();
    }

    private static Optional<Severity> byHost(CompiledRule compiled, Subject subject, byte[] match) {
        return switch (compiled.homes().kin(match, subject.destHost())) {
            case HOME -> Optional.of(Severity.INFO);
            case TENANT -> Optional.of(Severity.MEDIUM);
            case FOREIGN -> Optional.of(Severity.CRITICAL);
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Severity atMost(Severity most, Severity severity) {
        return severity.compareTo(most) > 0 ? most : severity;
    }

    private static Severity lowered(Severity severity) {
        int step = Math.max(Severity.LOW.ordinal(), severity.ordinal() - STEPS_DOWN);
        return Severity.values()[Math.min(step, severity.ordinal())];
    }
}
