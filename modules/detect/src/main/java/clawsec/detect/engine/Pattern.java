package clawsec.detect.engine;

import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ByteSet;
import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.Extent;
import clawsec.detect.expression.Literals;
import clawsec.detect.expression.Node;
import clawsec.detect.expression.Prepared;
import clawsec.detect.expression.Seeker;
import clawsec.detect.expression.Tracker;

/** One expression, ready to be looked for. Immutable and thread-safe. */
public final class Pattern {
    /**
     * The most bytes of a match: an unbounded repetition at the end of an expression is cut there.
     * What precedes it is shorter, {@link Automaton#MAX_POSITIONS} at most.
     */
    public static final int MAX_MATCH_BYTES = 4096;

    private final Literals literals;
    private final Node node;
    private final Prepared<Seeker> seeker;
    private final int longestUndecidedBytes;
    private final int reachBytes;
    private final ByteSet bytes;

    /** Of the expression read backwards. */
    private final Prepared<Seeker> reversed;

    private Pattern(
            Node node,
            Literals literals,
            Prepared<Seeker> seeker,
            Prepared<Seeker> reversed,
            int longestUndecidedBytes) {
        this.node = node;
        this.literals = literals;
        this.seeker = seeker;
        this.reversed = reversed;
        this.longestUndecidedBytes = longestUndecidedBytes;
        this.reachBytes = literals.reachBytes();
        this.bytes = Node.bytes(node);
    }

    /**
     * Makes an expression ready.
     *
     * @throws ExpressionException when the expression has no literal, or no bound, or is too large
     */
    public static Pattern of(Node node) throws ExpressionException {
        return of(node, node);
    }

    /**
     * The same with literals of another expression, as far as it has any.
     *
     * @param wider which matches all that {@code node} does, and more
     */
    public static Pattern of(Node node, Node wider) throws ExpressionException {
        Automaton.requireFits(node);
        return of(node, wider, Prepared.now(() -> Seeker.of(node)));
    }

    /**
     * Makes an expression ready of which it is known that {@link #of} accepts it; most of the work
     * is put off until a text has one of its literals.
     *
     * @throws ExpressionException when the expression has no literal, or no bound
     */
    public static Pattern trusted(Node node, Node wider) throws ExpressionException {
        return of(node, wider, Prepared.later(() -> Seeker.of(node)));
    }

    private static Pattern of(Node node, Node wider, Prepared<Seeker> seeker)
            throws ExpressionException {
        Extent extent = Extent.of(node);
        Literals literals =
                Literals.of(wider)
                        .or(() -> Literals.of(node))
                        .orElseThrow(() ->
                                new ExpressionException(
                                        "no literal of "
                                                + Literals.MIN_LENGTH
                                                + " bytes or more stands in every match; spell out"
                                                + " a part that is always there"));
        Prepared<Seeker> reversed = Prepared.later(() -> Seeker.reversed(node));
        return new Pattern(node, literals, seeker, reversed, extent.longestUndecided());
    }

    /** All bytes that a match may hold. */
    public ByteSet bytes() {
        return bytes;
    }

    /** Strings of which every match contains one. */
    public Literals literals() {
        return literals;
    }

    Node node() {
        return node;
    }

    Seeker seeker() {
        return seeker.value();
    }

    Tracker tracker() {
        return new Tracker(
                seeker.value(), reversed.value(), longestUndecidedBytes, MAX_MATCH_BYTES);
    }

    /** {@link Literals#reachBytes}: one of the literals may stand before another in a match. */
    int reachBytes() {
        return reachBytes;
    }

    /** {@link Extent#longestUndecided} of the expression. */
    int longestUndecidedBytes() {
        return longestUndecidedBytes;
    }
}
