package clawsec.detect.engine;

import clawsec.detect.expression.ByteSet;
import clawsec.detect.expression.Literal;
import clawsec.detect.expression.Node;
import clawsec.detect.expression.Node.Boundary;
import clawsec.detect.expression.Node.Bytes;
import clawsec.detect.expression.Node.Choice;
import clawsec.detect.expression.Node.Repeat;
import clawsec.detect.expression.Node.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes up pieces of text that keep one pattern busy: its literals, matches, and beginnings. */
final class Specimens {
    /** Matches get no longer, and are cut there. */
    private static final int MAX_BYTES = 400;

    /** Matches made with short, and with long repetitions. */
    private static final int TURNS = 2;

    private static final String SEPARATOR = " ";

    private final Dice dice;

    Specimens(Dice dice) {
        this.dice = dice;
    }

    /** Pieces for a pattern, all different. */
    List<byte[]> of(Pattern pattern) {
        Set<String> pieces = new LinkedHashSet<>();
        for (Literal literal : pattern.literals().list()) {
            pieces.add(literal.text());
            pieces.add(literal.text() + SEPARATOR);
        }
        for (int turn = 0; turn < TURNS; turn++) {
            for (boolean isLong : new boolean[] {false, true}) {
                StringBuilder match = new StringBuilder();
                append(pattern.node(), isLong, match);
                match.setLength(Math.min(match.length(), MAX_BYTES));
                pieces.add(match + SEPARATOR);
                pieces.add(match.substring(0, Math.max(0, match.length() - 1)) + SEPARATOR);
                pieces.add(match.substring(0, match.length() / 2));
            }
        }
        List<byte[]> all = new ArrayList<>();
        for (String piece : pieces) {
            if (!piece.isEmpty()) {
                all.add(piece.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return all;
    }

    private void append(Node node, boolean isLong, StringBuilder out) {
        if (out.length() >= MAX_BYTES) {
            return;
        }
        switch (node) {
            case Boundary _ -> {}
            case Bytes bytes -> out.append((char) member(bytes.set()));
            case Sequence sequence -> sequence.items().forEach(item -> append(item, isLong, out));
            case Choice choice -> {
                List<Node> alternatives = choice.alternatives();
                append(alternatives.get(dice.below(alternatives.size())), isLong, out);
            }
            case Repeat repeat -> {
                int most = Math.min(repeat.max(), Math.max(repeat.min(), MAX_BYTES));
                for (int i = 0; i < (isLong ? most : repeat.min()); i++) {
                    append(repeat.body(), isLong, out);
                }
            }
        }
    }

    /** A byte of a set, from a random one on; often a printable one. */
    private int member(ByteSet set) {
        int start = ' ' + dice.below(95);
        for (int i = 0; i < 256; i++) {
            int value = start + i & 0xff;
            if (set.contains(value)) {
                return value;
            }
        }
        return 0;
    }
}
