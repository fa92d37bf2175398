package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.detect.expression.Expressions.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RegexAgreementTest {
    private static final int LIMIT = 4096;

    @Property(tries = 3000, maxDiscardRatio = 20)
    void tracker_findsWhatJavaFinds(
            @ForAll("expressions") String regex,
            @ForAll("texts") String text,
            @ForAll boolean ignoresCase)
            throws ExpressionException {
        Node node = node(regex, ignoresCase);
        assertEquals(
                Expressions.leftmostLongest(regex, ignoresCase, text), tracked(node, text), regex);
    }

    @Property(tries = 3000, maxDiscardRatio = 20)
    void seeker_stopsWhereTheFirstMatchEnds(
            @ForAll("expressions") String regex,
            @ForAll("texts") String text,
            @ForAll boolean ignoresCase)
            throws ExpressionException {
        Node node = node(regex, ignoresCase);
        assertEquals(firstEnd(regex, ignoresCase, text), sought(node, text), regex);
    }

    @Property(tries = 1000, maxDiscardRatio = 20)
    void longestAt_isTheLongestMatchThere(
            @ForAll("expressions") String regex, @ForAll("texts") String text)
            throws ExpressionException {
        Node node = node(regex, false);
        int length = Automaton.of(node).longestAt(bytes(text), 0, text.length());
        List<Span> found = Expressions.leftmostLongest(regex, false, text);
        boolean isAtStart = !found.isEmpty() && found.getFirst().start() == 0;
        assertEquals(isAtStart ? found.getFirst().end() : 0, length, regex);
    }

    @Provide
    Arbitrary<String> expressions() {
        return Expressions.any();
    }

    @Provide
    Arbitrary<String> texts() {
        return Expressions.texts();
    }

    /** Discards what the notation or its limits exclude, and what matches nothing at all. */
    private static Node node(String regex, boolean ignoresCase) {
        try {
            Node node = ExpressionParser.parse(regex, ignoresCase);
            Assume.that(Extent.of(node).shortest() > 0);
            Seeker.of(node);
            Automaton.of(node);
            return node;
        } catch (ExpressionException e) {
            Assume.that(false);
            throw new IllegalStateException(e);
        }
    }

    /** The matches that a tracker finds one after the other. */
    private static List<Span> tracked(Node node, String text) throws ExpressionException {
        List<Span> decided = new ArrayList<>();
        List<Span> found = tracked(node, text, 1, decided);
        List<Span> decidedAtOnce = new ArrayList<>();
        assertEquals(found, tracked(node, text, text.length() + 1, decidedAtOnce));
        assertEquals(decided, decidedAtOnce);
        return found;
    }

    /**
     * @param stepBytes read at a time
     * @param decided takes for each match where it starts and from where on it is certain
     */
    private static List<Span> tracked(Node node, String text, int stepBytes, List<Span> decided)
            throws ExpressionException {
        Seeker seeker = Seeker.of(node);
        int longest = Extent.of(node).longestUndecided();
        Tracker tracker = new Tracker(seeker, Seeker.reversed(node), longest, LIMIT);
        List<Span> found = new ArrayList<>();
        byte[] bytes = bytes(text);
        SeekState state = seeker.state();
        int from = 0;
        while (true) {
            seeker.clear(state);
            int stop = seeker.seek(state, bytes, 0, from, bytes.length, bytes.length);
            if (stop >= 0 && !seeker.endsAtEnd(state, stop)) {
                return found;
            }
            int end = Math.max(stop, ~stop);
            tracker.start(state, bytes, 0, Math.max(from, end - longest), end, stop >= 0);
            int read = end;
            while (read < bytes.length && tracker.decidedAt() > read) {
                read = Math.min(bytes.length, read + stepBytes);
                tracker.read(bytes, 0, read);
            }
            if (tracker.decidedAt() == Long.MAX_VALUE) {
                tracker.end(bytes, 0);
            }
            found.add(new Span(tracker.matchStart(), tracker.matchEnd()));
            decided.add(new Span(tracker.matchStart(), tracker.decidedAt()));
            from = (int) tracker.matchEnd();
        }
    }

    private static Optional<Integer> sought(Node node, String text) throws ExpressionException {
        Seeker seeker = Seeker.of(node);
        SeekState state = seeker.state();
        byte[] bytes = bytes(text);
        int stop = seeker.seek(state, bytes, 0, 0, bytes.length, Integer.MAX_VALUE);
        if (stop < 0) {
            return Optional.of(~stop);
        }
        return seeker.endsAtEnd(state, stop) ? Optional.of(stop) : Optional.empty();
    }

    /** The least end of any match, wherever it starts. */
    private static Optional<Integer> firstEnd(String regex, boolean ignoresCase, String text) {
        for (int end = 1; end <= text.length(); end++) {
            Matcher matcher = Expressions.matcher(regex, ignoresCase, text);
            for (int start = 0; start < end; start++) {
                if (matcher.region(start, end).matches()) {
                    return Optional.of(end);
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
