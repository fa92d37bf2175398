package clawsec.detect;

import clawsec.detect.expression.ByteSet;
import clawsec.detect.expression.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random text that an expression matches, but for its boundaries, which are left to what stands
 * around.
 *
 * @param sets by place, the bytes that the expression takes there
 */
record Specimen(byte[] bytes, List<ByteSet> sets) {
    /** Turns beyond the fewest that a repetition makes at most. */
    private static final int MOST_MORE_TURNS = 6;

    private static final ByteSet LETTERS_AND_DIGITS =
            ByteSet.range('a', 'z').or(ByteSet.range('A', 'Z')).or(ByteSet.range('0', '9'));
    private static final ByteSet PRINTABLE = ByteSet.range(' ', '~');

    /**
     * @param isShortest whether every repetition makes as few turns as it may
     */
    static Specimen of(Node node, Random random, boolean isShortest) {
        List<Byte> bytes = new ArrayList<>();
        List<ByteSet> sets = new ArrayList<>();
        append(node, random, isShortest, bytes, sets);
        byte[] text = new byte[bytes.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = bytes.get(i);
        }
        return new Specimen(text, sets);
    }

    String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void append(
            Node node, Random random, boolean isShortest, List<Byte> bytes, List<ByteSet> sets) {
        switch (node) {
            case Node.Boundary _ -> {}
            case Node.Bytes one -> {
                bytes.add(member(one.set(), random));
                sets.add(one.set());
            }
            case Node.Sequence sequence ->
                    sequence.items().forEach(item -> append(item, random, isShortest, bytes, sets));
            case Node.Choice choice -> {
                List<Node> alternatives = choice.alternatives();
                Node chosen = alternatives.get(random.nextInt(alternatives.size()));
                append(chosen, random, isShortest, bytes, sets);
            }
            case Node.Repeat repeat -> {
                int most = (int) Math.min(repeat.max(), (long) repeat.min() + MOST_MORE_TURNS);
                int turns = isShortest ? repeat.min() : random.nextInt(repeat.min(), most + 1);
                for (int i = 0; i < turns; i++) {
                    append(repeat.body(), random, isShortest, bytes, sets);
                }
            }
        }
    }

    /** Letters and digits before other printable bytes before all others. */
    private static byte member(ByteSet set, Random random) {
        List<Integer> members = members(set, LETTERS_AND_DIGITS);
        if (members.isEmpty() || random.nextInt(20) == 0) {
            members = members(set, PRINTABLE);
        }
        if (members.isEmpty()) {
            members = members(set, ByteSet.ALL);
        }
        return (byte) (int) members.get(random.nextInt(members.size()));
    }

    private static List<Integer> members(ByteSet set, ByteSet among) {
        List<Integer> members = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            if (set.contains(value) && among.contains(value)) {
                members.add(value);
            }
        }
        return members;
    }
}
