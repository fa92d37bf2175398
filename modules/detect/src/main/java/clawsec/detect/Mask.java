package clawsec.detect;

import clawsec.detect.engine.TextScan;
import clawsec.detect.engine.Window;
import clawsec.detect.expression.Automaton;
import clawsec.detect.secret.Entropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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

    /** The fewest bytes of a beginning that may be one of a secret without a known front. */
    private static final int LIKELY_BYTES = 16;

    /** The least bits a byte of such a beginning. */
    private static final double LIKELY_ENTROPY_BITS = 3;

    private final List<CompiledRule> rules;

    /** Indices of rules for secrets: those whose matches begin with their literal, and others. */
    private final BitSet knownAtFront = new BitSet();

    private final BitSet unknownAtFront = new BitSet();
    private final List<Span> spans = new ArrayList<>();
    private final List<Tail> tails = new ArrayList<>();

    /** Of the secrets of a known kind what may be shown, from their starts. */
    private final List<Span> fronts = new ArrayList<>();

    /**
     * Hidden bytes.
     *
     * @param from place of the first
     * @param to the place after the last; below {@code from} when there are none
     */
    record Span(long from, long to) {}

    Mask(List<CompiledRule> rules) {
        this.rules = rules;
        for (int i = 0; i < rules.size(); i++) {
            CompiledRule rule = rules.get(i);
            boolean isKnown = rule.pattern().literals().isAtStart();
            (isKnown ? knownAtFront : unknownAtFront).set(i, rule.rule().isSecret());
        }
    }

    /** Hides the word that the text begins with: it may be the rest of a secret. */
    void hideBeginning() {
        tails.add(new Tail(CompiledRule.PACKED_TAIL, 0, 0));
    }

    /** Takes note of a match of a rule for secrets. */
    void found(int index, TextScan scan, long start, long end) {
        CompiledRule rule = rules.get(index);
        Optional<Automaton> tail = rule.tail().value();
        if (tail.isPresent()) {
            advance(scan);
            long from = hiddenFrom(rule, scan.window(), start, end);
            if (!rule.isGeneric()) {
                fronts.add(new Span(start, from));
            }
            tails.add(new Tail(tail.get(), from, end));
            advance(scan);
        }
    }

    /** Follows the tails up to where the text is read. */
    void advance(TextScan scan) {
        for (int i = 0; i < tails.size(); i++) {
            tails.get(i).advance(scan.window(), scan.place());
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
        if (!spans.isEmpty()) {
            spans.removeIf(span -> span.to <= before);
            fronts.removeIf(front -> front.to <= before);
        }
    }

    void reset() {
        spans.clear();
        fronts.clear();
        tails.clear();
    }

    /** What is hidden of a text that is read to its end, in no order. */
    List<Span> wholeSpans(TextScan scan) {
        advance(scan);
        List<Span> all = new ArrayList<>(spans);
        for (Tail tail : tails) {
            all.add(new Span(tail.from, tail.end));
        }
        showFronts(all);
        return all;
    }

    /**
     * Whoever knows the kind of a secret shows what identifies it, though another rule, which knows
     * only the name in front, hides all of the value but its beginning.
     */
    private void showFronts(List<Span> all) {
        for (int i = 0; i < fronts.size(); i++) {
            Span front = fronts.get(i);
            all.replaceAll(span ->
                    span.from - SHOWN_BYTES <= front.from
                                    && front.from <= span.from
                                    && span.from < front.to
                            ? new Span(front.to, span.to)
                            : span);
        }
    }

    /** What is hidden of the text read so far, in no order. */
    List<Span> spans(TextScan scan) {
        List<Span> all = wholeSpans(scan);
        addPartial(scan, true, all);
        addPartial(scan, false, all);
        showFronts(all);
        return all;
    }

    /**
     * Adds secrets that are not complete. Where nothing known stands at the front of a secret,
     * every word is the beginning of one: only a long random one is meant, and none that is hidden
     * as something else.
     *
     * @param isKnownAtFront of which rules
     */
    private void addPartial(TextScan scan, boolean isKnownAtFront, List<Span> all) {
        BitSet asked = isKnownAtFront ? scan.underWay() : unknownAtFront;
        if (isKnownAtFront) {
            asked.and(knownAtFront);
        }
        for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
            long start = scan.earliestPartial(i);
            if (start >= 0 && (isKnownAtFront || isLikely(scan, start, all))) {
                all.add(
                        new Span(
                                hiddenFrom(rules.get(i), scan.window(), start, scan.place()),
                                scan.place()));
            }
        }
    }

    private static boolean isLikely(TextScan scan, long start, List<Span> hidden) {
        if (scan.place() - start < LIKELY_BYTES
                || hidden.stream().anyMatch(span -> span.from < span.to && span.to > start)) {
            return false;
        }
        byte[] partial = scan.window().copy(start, scan.place());
        return Entropy.bits(partial) >= LIKELY_ENTROPY_BITS;
    }

    /** From where on a secret is hidden. */
    static long hiddenFrom(CompiledRule rule, Window text, long start, long end) {
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
