package clawsec.detect;

import clawsec.detect.engine.TextScan;
import clawsec.detect.engine.Window;
import clawsec.detect.expression.Automaton;
import clawsec.detect.expression.ByteSet;
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

    /** The fewest of one that holds what is neither a word nor a number, and of that. */
    private static final int LIKELY_WORD_BYTES = 10;

    private static final int LEAST_RANDOM_BYTES = 4;

    /** The least bits a byte of such a beginning. */
    private static final double LIKELY_ENTROPY_BITS = 3;

    private static final byte[] NOTHING = new byte[0];

    private final List<CompiledRule> rules;

    /** Indices of rules for secrets: those whose matches begin with their literal, and others. */
    private final BitSet knownAtFront = new BitSet();

    private final BitSet unknownAtFront = new BitSet();
    private final List<Span> spans = new ArrayList<>();
    private final List<Tail> tails = new ArrayList<>();

    /** Of the secrets of a known kind what may be shown, from their starts; in their order. */
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
                fronts.add(firstFrontAt(start + 1), new Span(start, from));
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
        return wholeSpans(scan, 0);
    }

    private List<Span> wholeSpans(TextScan scan, long first) {
        advance(scan);
        List<Span> all = new ArrayList<>();
        for (Span span : spans) {
            if (span.to > first) {
                all.add(span);
            }
        }
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
        if (!fronts.isEmpty()) {
            all.replaceAll(this::withoutFront);
        }
    }

    private Span withoutFront(Span span) {
        Span left = span;
        int next = firstFrontAt(span.from - SHOWN_BYTES);
        while (next < fronts.size() && fronts.get(next).from <= left.from) {
            Span front = fronts.get(next++);
            if (left.from - SHOWN_BYTES <= front.from && left.from < front.to) {
                left = new Span(front.to, left.to);
            }
        }
        return left;
    }

    /** The index of the first front that starts at a place or later. */
    private int firstFrontAt(long place) {
        int low = 0;
        int high = fronts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (fronts.get(middle).from < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * What is hidden of the text read so far, in no order.
     *
     * @param first the place before which nothing is shown anyway
     */
    List<Span> spans(TextScan scan, long first) {
        List<Span> all = wholeSpans(scan, first);
        List<Span> known = new ArrayList<>();
        for (Span span : all) {
            if (span.from < span.to) {
                known.add(new Span(matchStart(span), span.to));
            }
        }
        addPartial(scan, true, all, known);
        addPartial(scan, false, all, known);
        showFronts(all);
        return all;
    }

    /** Where a secret starts of which something is hidden. */
    private long matchStart(Span hidden) {
        for (Span front : fronts) {
            if (front.to == hidden.from) {
                return front.from;
            }
        }
        return hidden.from - SHOWN_BYTES;
    }

    /**
     * Adds secrets that are not complete. Where nothing known stands at the front of a secret,
     * every word is the beginning of one: only a random one is meant, and none that is hidden as
     * something known. A rule need not be asked whose matches do not hold the latest bytes.
     *
     * @param isKnownAtFront of which rules
     * @param known secrets from their starts; those that are added where something known stands at
     *     the front are added here too
     */
    private void addPartial(
            TextScan scan, boolean isKnownAtFront, List<Span> all, List<Span> known) {
        BitSet asked = isKnownAtFront ? scan.underWay() : unknownAtFront;
        if (isKnownAtFront) {
            asked.and(knownAtFront);
        }
        long last = Math.max(scan.window().base(), scan.place() - LIKELY_WORD_BYTES);
        byte[] latest = isKnownAtFront ? NOTHING : scan.window().copy(last, scan.place());
        for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
            if (!holdsAll(rules.get(i).pattern().bytes(), latest)) {
                continue;
            }
            long start = scan.earliestPartial(i);
            if (start < 0) {
                continue;
            }
            long from = hiddenFrom(rules.get(i), scan.window(), start, scan.place());
            if (isKnownAtFront && from < scan.place()) {
                known.add(new Span(start, scan.place()));
            }
            if (isKnownAtFront || isLikely(scan, start, from - SHOWN_BYTES, known)) {
                all.add(new Span(from, scan.place()));
            }
        }
    }

    private static boolean holdsAll(ByteSet set, byte[] bytes) {
        for (byte each : bytes) {
            if (!set.contains(each & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether what stands there is random, where it is not hidden as something known: a word that
     * only ends like the front of another secret is a word up to there.
     *
     * @param value where the secret begins behind its prefix
     */
    private static boolean isLikely(TextScan scan, long start, long value, List<Span> known) {
        long first = start;
        long last = scan.place();
        for (Span span : known) {
            if (span.to > start) {
                first = value;
                last = Math.min(last, span.from);
            }
        }
        if (last - first < LIKELY_WORD_BYTES) {
            return false;
        }
        byte[] partial = scan.window().copy(first, last);
        boolean isLong = partial.length >= LIKELY_BYTES;
        return (isLong && Entropy.bits(partial) >= LIKELY_ENTROPY_BITS) || holdsRandom(partial);
    }

    /** Whether it holds letters and digits in a row that are no word, nor a number. */
    private static boolean holdsRandom(byte[] partial) {
        int from = 0;
        for (int at = 0; at <= partial.length; at++) {
            if (at == partial.length || !Character.isLetterOrDigit(partial[at])) {
                if (at - from >= LEAST_RANDOM_BYTES
                        && !isWordOrNumber(Arrays.copyOfRange(partial, from, at))) {
                    return true;
                }
                from = at + 1;
            }
        }
        return false;
    }

    private static boolean isWordOrNumber(byte[] characters) {
        boolean isWord = true;
        boolean isNumber = true;
        for (int i = 0; i < characters.length; i++) {
            isNumber &= Character.isDigit(characters[i]);
            isWord &= goesOn(characters, i);
        }
        return isWord || isNumber;
    }

    /** Whether a letter goes on with a word: in one case, or behind a capital. */
    private static boolean goesOn(byte[] word, int at) {
        boolean isSecondSmall = word.length > 1 && Character.isLowerCase(word[1]);
        return Character.isLetter(word[at])
                && (at == 0 || Character.isLowerCase(word[at]) == isSecondSmall)
                && (at == 0 || isSecondSmall || Character.isUpperCase(word[0]));
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
