package clawsec.detect;

import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import java.util.List;

/**
 * The room that is left for the expressions of a rule file. An expression is measured before
 * anything is made of it: what is made can be a thousand times as large.
 */
final class ExpressionRoom {
    private final RuleLimits limits;
    private long taken;

    ExpressionRoom(RuleLimits limits) {
        this.limits = limits;
    }

    /** Takes the room of the expressions under a key; an empty one takes none. */
    void take(RulePart part, String key, List<String> expressions) throws RuleException {
        for (String expression : expressions) {
            if (expression.length() > limits.expressionChars()) {
                throw part.wrong(
                        key,
                        "is an expression of %d characters, at most %d are allowed"
                                .formatted(expression.length(), limits.expressionChars()));
            }
            taken += part.made(key, () -> writtenOutBytes(expression));
            if (taken > limits.writtenOutBytes()) {
                throw part.wrong(
                        key,
                        ("takes the expressions of the file to %d bytes with their repetitions"
                                        + " written out, at most %d are allowed; use several files")
                                .formatted(taken, limits.writtenOutBytes()));
            }
        }
    }

    private static long writtenOutBytes(String expression) throws ExpressionException {
        return expression.isEmpty()
                ? 0
                : Automaton.requireFits(ExpressionParser.parse(expression, false));
    }
}
