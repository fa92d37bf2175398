package clawsec.detect;

import java.util.Optional;

/**
 * How bad a match is, from what was found, which way it goes, where to, and what stands around it.
 *
 * <pre>
 * what                               outbound to its home   outbound elsewhere   inbound
 * secret, published as an example    low                    low                  nothing
 * secret with known homes            info                   critical             as the rule says
 * any other secret or path           as the rule says       as the rule says     as the rule says
 * command or manipulation            as the rule says       as the rule says     as the rule says
 *   that is quoted and explained     two steps less, but not below low
 * </pre>
 *
 * <p>A key that goes to its provider is normal use; the same key on its way to anybody else is
 * lost. A page that quotes an attack to explain it ({@link Surroundings}) is not an attack on its
 * reader; since it may only look so, it is never less than low, unless the rule is.
 */
final class Judgement {
    private static final int STEPS_FOR_QUOTATION = 2;

    private Judgement() {}

    /**
     * @param match the bytes that matched
     * @param isQuoted whether the text around speaks about attacks and quotes this one
     * @return empty when it is nothing
     */
    static Optional<Severity> severity(
            CompiledRule compiled, Subject subject, byte[] match, boolean isQuoted) {
        Rule rule = compiled.rule();
        boolean isOutbound = subject.direction() == Direction.OUTBOUND;
        if (rule.isSecret()) {
            if (compiled.isExample(match)) {
                return isOutbound ? Optional.of(Severity.LOW) : Optional.empty();
            }
            if (isOutbound && !compiled.homeHosts().isEmpty()) {
                boolean isAtHome = compiled.isAtHome(subject.destHost());
                return Optional.of(isAtHome ? Severity.INFO : Severity.CRITICAL);
            }
        }
        boolean isLess = isQuoted && rule.type() == ThreatType.INJECTION;
        return Optional.of(isLess ? quoted(rule.severity()) : rule.severity());
    }

    private static Severity quoted(Severity severity) {
        int step = Math.max(Severity.LOW.ordinal(), severity.ordinal() - STEPS_FOR_QUOTATION);
        return Severity.values()[Math.min(step, severity.ordinal())];
    }
}
