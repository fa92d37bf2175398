package clawsec.detect.expression;

import clawsec.detect.expression.Node.Boundary;
import clawsec.detect.expression.Node.Bytes;
import clawsec.detect.expression.Node.Choice;
import clawsec.detect.expression.Node.Repeat;
import clawsec.detect.expression.Node.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Glushkov's construction: each byte of the expression, repetitions written out, is a position;
 * which positions can be first, last, and next to one another is all an automaton needs. Word
 * boundaries are no positions: between two positions they decide at once whether the one can follow
 * the other, at either end they stay as a condition.
 *
 * <p>Source: V. M. Glushkov, The abstract theory of automata, 1961; G. Berry and R. Sethi, From
 * regular expressions to deterministic automata, 1986.
 */
final class Positions {
    private final int limit;
    private final boolean counts;

    /** {@link Boundary#isInNames} of its boundaries. */
    final boolean isInNames;

    final List<ByteSet> sets = new ArrayList<>();
    final List<BitSet> follow = new ArrayList<>();
    final List<Loop> loops = new ArrayList<>();
    final Part whole;

    private Positions(Node node, int limit, boolean counts) throws ExpressionException {
        this.limit = limit;
        this.counts = counts;
        this.isInNames = Node.isInNames(node);
        this.whole = part(node);
    }

    /**
     * Every repetition written out.
     *
     * @param limit the most positions
     */
    static Positions writtenOut(Node node, int limit) throws ExpressionException {
        return new Positions(node, limit, false);
    }

    /** How many positions {@link #writtenOut} makes. */
    static long countWrittenOut(Node node) {
        return switch (node) {
            case Bytes _ -> 1;
            case Boundary _ -> 0;
            case Sequence sequence ->
                    sequence.items().stream().mapToLong(Positions::countWrittenOut).sum();
            case Choice choice ->
                    choice.alternatives().stream().mapToLong(Positions::countWrittenOut).sum();
            case Repeat repeat -> {
                int turns = repeat.isUnbounded() ? Math.max(1, repeat.min()) : repeat.max();
                yield Math.min(turns * countWrittenOut(repeat.body()), Integer.MAX_VALUE);
            }
        };
    }

    /** Repetitions of one byte kept as loops. */
    static Positions counted(Node node, int limit) throws ExpressionException {
        return new Positions(node, limit, true);
    }

    /**
     * A position that stands for several bytes in a row: for at least {@code min} and any number of
     * them, or ({@code min} is 1) for at most {@code max}.
     */
    record Loop(int position, int min, int max) {}

    int count() {
        return sets.size();
    }

    boolean isWord(int position) {
        return sets.get(position).and(ByteSet.WORD.complement()).isEmpty();
    }

    /**
     * A part of the expression.
     *
     * @param canBeEmpty it matches the empty text
     * @param canBeBoundary it matches the empty text at a word boundary
     */
    record Part(Edge first, Edge last, boolean canBeEmpty, boolean canBeBoundary) {
        static final Part EMPTY = new Part(Edge.NONE, Edge.NONE, true, false);
        static final Part NOTHING = new Part(Edge.NONE, Edge.NONE, false, false);
        static final Part BOUNDARY = new Part(Edge.NONE, Edge.NONE, false, true);

        Part orEmpty() {
            return new Part(first, last, true, canBeBoundary);
        }

        Part or(Part other) {
            return new Part(
                    first.or(other.first),
                    last.or(other.last),
                    canBeEmpty || other.canBeEmpty,
                    canBeBoundary || other.canBeBoundary);
        }
    }

    /** The positions at one end of a part: those that are there anyway, and at a boundary only. */
    record Edge(BitSet always, BitSet atBoundary) {
        static final Edge NONE = new Edge(new BitSet(), new BitSet());

        Edge or(Edge other) {
            return new Edge(union(always, other.always), union(atBoundary, other.atBoundary));
        }

        Edge atBoundaryOnly() {
            return new Edge(new BitSet(), union(always, atBoundary));
        }

        private static BitSet union(BitSet a, BitSet b) {
            BitSet union = (BitSet) a.clone();
            union.or(b);
            return union;
        }
    }

    private Part part(Node node) throws ExpressionException {
        return switch (node) {
            case Bytes bytes -> position(bytes.set());
            case Boundary _ -> Part.BOUNDARY;
            case Sequence sequence -> {
                Part part = Part.EMPTY;
                for (Node item : sequence.items()) {
                    part = join(part, part(item));
                }
                yield part;
            }
            case Choice choice -> {
                Part part = Part.NOTHING;
                for (Node alternative : choice.alternatives()) {
                    part = part.or(part(alternative));
                }
                yield part;
            }
            case Repeat repeat -> repeated(repeat);
        };
    }

    private Part position(ByteSet set) throws ExpressionException {
        int position = sets.size();
        if (position == limit) {
            throw new ExpressionException(
                    "expression takes more than "
                            + limit
                            + " bytes, each repeated one counted once");
        }
        sets.add(set);
        follow.add(new BitSet());
        BitSet self = new BitSet();
        self.set(position);
        Edge edge = new Edge(self, new BitSet());
        return new Part(edge, edge, false, false);
    }

    private Part repeated(Repeat repeat) throws ExpressionException {
        if (counts && repeat.body() instanceof Bytes bytes && repeat.max() > 1) {
            return repeat.isUnbounded() && repeat.min() <= 1
                    ? turns(repeat)
                    : loop(bytes, repeat.min(), repeat.max());
        }
        return turns(repeat);
    }

    /** {@code [x]{3,9}} is {@code [x][x]} and a loop of 1 to 7. */
    private Part loop(Bytes bytes, int min, int max) throws ExpressionException {
        Part part = Part.EMPTY;
        boolean isUnbounded = max == Repeat.UNBOUNDED;
        int single = isUnbounded ? 0 : Math.max(0, min - 1);
        for (int i = 0; i < single; i++) {
            part = join(part, position(bytes.set()));
        }
        Part last = position(bytes.set());
        if (isUnbounded || max - single > 1) {
            loops.add(
                    new Loop(count() - 1, isUnbounded ? min : 1, isUnbounded ? max : max - single));
        }
        part = join(part, last);
        return min == 0 ? part.orEmpty() : part;
    }

    /** {@code x{2,4}} is {@code xx(x(x)?)?}, {@code x{2,}} is {@code xx+}. */
    private Part turns(Repeat repeat) throws ExpressionException {
        int count = repeat.isUnbounded() ? Math.max(1, repeat.min()) : repeat.max();
        List<Part> turns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            turns.add(part(repeat.body()));
        }
        if (repeat.isUnbounded()) {
            connect(turns.getLast(), turns.getLast());
        }
        Part rest = Part.EMPTY;
        for (int i = count - 1; i >= 0; i--) {
            rest = join(turns.get(i), rest);
            if (i >= repeat.min()) {
                rest = rest.orEmpty();
            }
        }
        return rest;
    }

    private Part join(Part a, Part b) throws ExpressionException {
        connect(a, b);
        Edge first = a.first;
        if (a.canBeEmpty) {
            first = first.or(b.first);
        }
        if (a.canBeBoundary) {
            first = first.or(b.first.atBoundaryOnly());
        }
        Edge last = b.last;
        if (b.canBeEmpty) {
            last = last.or(a.last);
        }
        if (b.canBeBoundary) {
            last = last.or(a.last.atBoundaryOnly());
        }
        boolean isBoundary =
                (a.canBeBoundary && (b.canBeEmpty || b.canBeBoundary))
                        || (b.canBeBoundary && a.canBeEmpty);
        return new Part(first, last, a.canBeEmpty && b.canBeEmpty, isBoundary);
    }

    private void connect(Part a, Part b) throws ExpressionException {
        for (int i = next(a.last.always, 0); i >= 0; i = next(a.last.always, i + 1)) {
            follow.get(i).or(b.first.always);
            connectAtBoundary(i, b.first.atBoundary);
        }
        for (int i = next(a.last.atBoundary, 0); i >= 0; i = next(a.last.atBoundary, i + 1)) {
            connectAtBoundary(i, b.first.always);
            connectAtBoundary(i, b.first.atBoundary);
        }
    }

    private void connectAtBoundary(int from, BitSet to) throws ExpressionException {
        for (int i = next(to, 0); i >= 0; i = next(to, i + 1)) {
            requireUniform(from);
            requireUniform(i);
            if (isWord(from) != isWord(i)) {
                follow.get(from).set(i);
            }
        }
    }

    /**
     * The bytes outside a match that are part of a word, for boundaries at an end of it:
     * underscores are none if they are to be none, unless a match may have one there itself.
     */
    ByteSet wordBeside(Edge edge) {
        BitSet asked = edge.atBoundary;
        boolean hasOwn = false;
        for (int i = next(asked, 0); i >= 0; i = next(asked, i + 1)) {
            hasOwn |= sets.get(i).contains('_');
        }
        return isInNames && !hasOwn ? ByteSet.WORD_OF_NAME : ByteSet.WORD;
    }

    /** Called for the ends of the whole expression too. */
    void requireUniform(int position) throws ExpressionException {
        boolean isOther = sets.get(position).and(ByteSet.WORD).isEmpty();
        if (!isWord(position) && !isOther) {
            throw new ExpressionException(
                    "\\b stands next to a class that holds both word characters and others; write"
                            + " the two apart");
        }
    }

    static int next(BitSet set, int from) {
        return set.nextSetBit(from);
    }
}
