package clawsec.detect.expression;

import clawsec.detect.expression.Node.Boundary;
import clawsec.detect.expression.Node.Bytes;
import clawsec.detect.expression.Node.Choice;
import clawsec.detect.expression.Node.Repeat;
import clawsec.detect.expression.Node.Sequence;
import java.util.List;

/**
 * How many bytes an expression takes.
 *
 * @param shortest of the shortest match
 * @param longestUndecided the most bytes that can be read from a match's start before the first
 *     place where it may end. An unbounded repetition with only optional parts after it counts as
 *     often as it must stand, since a match may end at each further turn
 */
public record Extent(int shortest, int longestUndecided) {
    /** Longer than any bound this project allows, small enough to add up. */
    private static final int TOO_LONG = 1 << 28;

    /**
     * Measures an expression.
     *
     * @throws ExpressionException for an unbounded repetition that is not at the end
     */
    public static Extent of(Node node) throws ExpressionException {
        return new Extent(shortest(node), undecided(node, true));
    }

    static int shortest(Node node) {
        return switch (node) {
            case Bytes _ -> 1;
            case Boundary _ -> 0;
            case Sequence sequence ->
                    capped(sequence.items().stream().mapToLong(Extent::shortest).sum());
            case Choice choice ->
                    choice.alternatives().stream().mapToInt(Extent::shortest).min().orElse(0);
            case Repeat repeat -> capped((long) repeat.min() * shortest(repeat.body()));
        };
    }

    private static int undecided(Node node, boolean isLast) throws ExpressionException {
        return switch (node) {
            case Bytes _ -> 1;
            case Boundary _ -> 0;
            case Sequence sequence -> undecided(sequence.items(), isLast);
            case Choice choice -> {
                int longest = 0;
                for (Node alternative : choice.alternatives()) {
                    longest = Math.max(longest, undecided(alternative, isLast));
                }
                yield longest;
            }
            case Repeat repeat -> undecided(repeat, isLast);
        };
    }

    private static int undecided(List<Node> items, boolean isLast) throws ExpressionException {
        long sum = 0;
        boolean itemIsLast = isLast;
        for (Node item : items.reversed()) {
            sum += undecided(item, itemIsLast);
            // A boundary may fail, so what precedes it is not the end.
            itemIsLast &= shortest(item) == 0 && !(item instanceof Boundary);
        }
        return capped(sum);
    }

    private static int undecided(Repeat repeat, boolean isLast) throws ExpressionException {
        if (repeat.isUnbounded() && !isLast) {
            throw new ExpressionException(
                    "unbounded repetition before the end has no longest match; write {"
                            + repeat.min()
                            + ",200} or another bound");
        }
        int body = undecided(repeat.body(), isLast && repeat.max() == 1);
        int times = repeat.isUnbounded() ? Math.max(1, repeat.min()) : repeat.max();
        return capped((long) times * body);
    }

    private static int capped(long length) {
        return (int) Math.min(length, TOO_LONG);
    }
}
