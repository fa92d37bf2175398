package clawsec.detect.expression;

import java.util.List;

/** A regular expression over bytes, as a tree. */
public sealed interface Node {
    /** The expression that matches the same texts read backwards. */
    static Node reversed(Node node) {
        return switch (node) {
            case Bytes bytes -> bytes;
            case Boundary boundary -> boundary;
            case Sequence sequence ->
                    new Sequence(sequence.items().reversed().stream().map(Node::reversed).toList());
            case Choice choice ->
                    new Choice(choice.alternatives().stream().map(Node::reversed).toList());
            case Repeat repeat -> new Repeat(reversed(repeat.body()), repeat.min(), repeat.max());
        };
    }

    /** All bytes that a match may hold. */
    static ByteSet bytes(Node node) {
        return switch (node) {
            case Bytes bytes -> bytes.set();
            case Boundary _ -> ByteSet.EMPTY;
            case Sequence sequence -> bytes(sequence.items());
            case Choice choice -> bytes(choice.alternatives());
            case Repeat repeat -> bytes(repeat.body());
        };
    }

    private static ByteSet bytes(List<Node> nodes) {
        return nodes.stream().map(Node::bytes).reduce(ByteSet.EMPTY, ByteSet::or);
    }

    /** One byte out of a set. */
    record Bytes(ByteSet set) implements Node {}

    /** One after the other; empty for the empty text. */
    record Sequence(List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** One of several. */
    record Choice(List<Node> alternatives) implements Node {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** {@code min} to {@code max} times; {@link #UNBOUNDED} for no upper end. */
    record Repeat(Node body, int min, int max) implements Node {
        public static final int UNBOUNDED = Integer.MAX_VALUE;

        public Repeat {
            if (min < 0 || max < min) {
                throw new IllegalArgumentException("repetition {" + min + "," + max + "}");
            }
        }

        boolean isUnbounded() {
            return max == UNBOUNDED;
        }
    }

    /**
     * No byte: the place where a word byte ({@link ByteSet#WORD}) meets another byte or an end of
     * the text.
     *
     * @param isInNames whether at an end of the expression underscores around it are no part of a
     *     word; the same in all of an expression
     */
    record Boundary(boolean isInNames) implements Node {}

    /** Whether it has a boundary for which {@link Boundary#isInNames} holds. */
    static boolean isInNames(Node node) {
        return switch (node) {
            case Boundary boundary -> boundary.isInNames;
            case Bytes _ -> false;
            case Sequence sequence -> sequence.items().stream().anyMatch(Node::isInNames);
            case Choice choice -> choice.alternatives().stream().anyMatch(Node::isInNames);
            case Repeat repeat -> isInNames(repeat.body());
        };
    }
}
