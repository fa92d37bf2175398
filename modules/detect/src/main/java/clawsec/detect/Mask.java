package clawsec.detect;

import clawsec.detect.engine.TextScan;
import clawsec.detect.engine.Window;
import clawsec.detect.expression.Automaton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which bytes of a text must not be shown. A secret is hidden from the end of its prefix and {@link
 * #SHOWN_BYTES} more to its own end and through its tail: what directly follows and goes on like a
 * secret (the rest of one that is longer than a match can be, the key under its header line). A
 * secret that is not complete where the text is read up to is hidden as if it were.
 *
 * <p>Confined to its scan.
 */
final class Mask {
    /** Bytes of a secret that stay readable after its prefix. */
    static final int SHOWN_BYTES = 4;

    private final List<CompiledRule> rules;
    private final List<Span> spans = new ArrayList<>();
    private final List<Tail> tails = new ArrayList<>();

    /**
     * Hidden bytes.
     *
     * @param from place of the first
     * @param to the place after the last; below {@code from} when there are none
     */
    record Span(long from, long to) {}

    Mask(List<CompiledRule> rules) {
        this.rules = rules;
    }

    /** Hides the word that the text begins with: it may be the rest of a secret. */
    void hideBeginning() {
        tails.add(new Tail(CompiledRule.WORD_TAIL, 0, 0));
    }

    /** Takes note of a match of a rule for secrets. */
    void found(int index, TextScan scan, long start, long end) {
        CompiledRule rule = rules.get(index);
        Optional<Automaton> tail = rule.tail().value();
        if (tail.isPresent()) {
            advance(scan);
            long from = hiddenFrom(rule, scan.window(), start, end);
            tails.add(new Tail(tail.get(), from, end));
            advance(scan);
        }
    }

    /** Follows the tails up to where the text is read. */
    void advance(TextScan scan) {
        for (Tail tail : tails) {
            tail.advance(scan.window(), scan.place());
        }
        for (int i = 0; i < tails.size(); i++) {
            Tail tail = tails.get(i);
            boolean isSame = tails.subList(0, i).stream().anyMatch(tail::goesOnLike);
            if (!tail.isAlive || isSame) {
                spans.add(new Span(tail.from, tail.end));
                tails.remove(i--);
            }
        }
    }

    /** Bytes before a place will not be asked for any more. */
    void forget(long before) {
        spans.removeIf(span -> span.to <= before);
    }

    void reset() {
        spans.clear();
        tails.clear();
    }

    /** What is hidden of a text that is read to its end, in no order. */
    List<Span> wholeSpans(TextScan scan) {
        advance(scan);
        List<Span> all = new ArrayList<>(spans);
        for (Tail tail : tails) {
            all.add(new Span(tail.from, tail.end));
        }
        return all;
    }

    /** What is hidden of the text read so far, in no order. */
    List<Span> spans(TextScan scan) {
        List<Span> all = wholeSpans(scan);
        for (int i = 0; i < rules.size(); i++) {
            long start = rules.get(i).rule().isSecret() ? scan.earliestPartial(i) : -1;
            if (start >= 0) {
                long from = hiddenFrom(rules.get(i), scan.window(), start, scan.place());
                all.add(new Span(from, scan.place()));
            }
        }
        return all;
    }

    private static long hiddenFrom(CompiledRule rule, Window text, long start, long end) {
        byte[] head = text.copy(start, Math.min(end, start + CompiledRule.MAX_PREFIX_BYTES));
        return start + rule.prefixBytes(head) + SHOWN_BYTES;
    }

    /** What follows a secret, as long as it goes on. */
    private static final class Tail {
        final long from;
        long end;
        boolean isAlive = true;
        private final Automaton automaton;
        private final long[] state;
        private boolean isStarted;

        Tail(Automaton automaton, long from, long end) {
            this.automaton = automaton;
            this.from = from;
            this.end = end;
            this.state = new long[automaton.stateLength()];
        }

        void advance(Window text, long to) {
            if (isAlive && end < to) {
                byte[] bytes = text.copy(end, to);
                int reached = automaton.walk(state, bytes, 0, bytes.length, !isStarted);
                isStarted = true;
                isAlive = reached == bytes.length;
                end += reached;
            }
        }

        boolean goesOnLike(Tail other) {
            return isStarted
                    && other.isStarted
                    && automaton == other.automaton
                    && Arrays.equals(state, other.state);
        }
    }
}
