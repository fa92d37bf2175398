package clawsec.detect.engine;

import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.Extent;
import clawsec.detect.expression.Literals;
import clawsec.detect.expression.Node;
import clawsec.detect.expression.Seeker;
import org.jspecify.annotations.Nullable;

/** One expression, ready to be looked for. Immutable and thread-safe. */
public final class Pattern {
    /**
     * The most bytes of a match: an unbounded repetition at the end of an expression is cut there.
     * What precedes it is shorter, {@link Automaton#MAX_POSITIONS} at most.
     */
    public static final int MAX_MATCH_BYTES = 4096;

    private final Node node;
    private final Literals literals;
    private final Seeker seeker;
    private final int longestUndecidedBytes;

    /** Made when first needed; several threads may make it, all make the same. */
    private volatile @Nullable Automaton automaton;

    private Pattern(Node node, Literals literals, Seeker seeker, int longestUndecidedBytes) {
        this.node = node;
        this.literals = literals;
        this.seeker = seeker;
        this.longestUndecidedBytes = longestUndecidedBytes;
    }

    /**
     * Makes an expression ready.
     *
     * @throws ExpressionException when the expression has no literal, or no bound, or is too large
     */
    public static Pattern of(Node node) throws ExpressionException {
        Extent extent = Extent.of(node);
        Automaton.requireFits(node);
        Literals literals =
                Literals.of(node)
                        .orElseThrow(() ->
                                new ExpressionException(
                                        "no literal of "
                                                + Literals.MIN_LENGTH
                                                + " bytes or more stands in every match; spell out"
                                                + " a part that is always there"));
        return new Pattern(node, literals, Seeker.of(node), extent.longestUndecided());
    }

    /** Strings of which every match contains one. */
    public Literals literals() {
        return literals;
    }

    Seeker seeker() {
        return seeker;
    }

    Automaton automaton() {
        Automaton made = automaton;
        if (made == null) {
            try {
                made = Automaton.of(node);
            } catch (ExpressionException e) {
                throw new IllegalStateException("the expression was accepted before", e);
            }
            automaton = made;
        }
        return made;
    }

    /** {@link Extent#longestUndecided} of the expression. */
    int longestUndecidedBytes() {
        return longestUndecidedBytes;
    }
}
