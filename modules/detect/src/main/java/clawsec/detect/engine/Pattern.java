package clawsec.detect.engine;

import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.Extent;
import clawsec.detect.expression.Literals;
import clawsec.detect.expression.Node;

/**
 * One expression, ready to be looked for.
 *
 * @param literals strings of which every match contains one
 * @param longestUndecidedBytes {@link Extent#longestUndecided}
 */
public record Pattern(Automaton automaton, Literals literals, int longestUndecidedBytes) {
    /**
     * The most bytes of a match: an expression whose bounded part can be longer is refused, an
     * unbounded repetition at its end is cut there.
     */
    public static final int MAX_MATCH_BYTES = 4096;

    /**
     * Makes an expression ready.
     *
     * @throws ExpressionException when the expression has no literal, or no bound, or is too large
     */
    public static Pattern of(Node node) throws ExpressionException {
        Extent extent = Extent.of(node);
        if (extent.longestUndecided() > MAX_MATCH_BYTES) {
            throw new ExpressionException(
                    "a match can take "
                            + extent.longestUndecided()
                            + " bytes, at most "
                            + MAX_MATCH_BYTES
                            + " are allowed; use smaller repetitions");
        }
        Literals literals =
                Literals.of(node)
                        .orElseThrow(() ->
                                new ExpressionException(
                                        "no literal of "
                                                + Literals.MIN_LENGTH
                                                + " bytes or more stands in every match; spell out"
                                                + " a part that is always there"));
        return new Pattern(Automaton.of(node), literals, extent.longestUndecided());
    }
}
