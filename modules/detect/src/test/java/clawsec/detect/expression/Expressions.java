package clawsec.detect.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random expressions in the notation, random texts, and what {@code java.util.regex} finds. */
public final class Expressions {
    /** More would let java.util.regex backtrack for hours. */
    private static final int DEPTH = 2;

    private Expressions() {}

    /** Where a match lies. */
    public record Span(long start, long end) {}

    /** Expressions without unbounded repetition; word boundaries among them. */
    public static Arbitrary<String> bounded() {
        return nested(DEPTH);
    }

    /** Expressions that may end in an unbounded repetition. */
    public static Arbitrary<String> any() {
        Arbitrary<String> tail =
                Arbitraries.of("", "", "a+", "[bc]*", "(?:ab){2,}", "\\w{1,}", "-+b?", "a{3,}");
        Arbitrary<String> whole =
                Combinators.combine(bounded(), tail).as((core, end) -> core + end);
        return Arbitraries.oneOf(whole, gaps());
    }

    /** Single bytes, random characters, or runs of one character. */
    public static Arbitrary<String> texts() {
        Arbitrary<Character> character = Arbitraries.of('a', 'b', 'c', 'A', '-', ' ', '\n');
        Arbitrary<String> run =
                Combinators.combine(
                                Arbitraries.of("a", "b", "c", "-"),
                                Arbitraries.integers().between(1, 9))
                        .as(String::repeat);
        return Arbitraries.oneOf(
                character.list().ofMaxSize(24).map(Expressions::join),
                Arbitraries.of('a', 'b', '-').list().ofMaxSize(24).map(Expressions::join),
                run.list().ofMaxSize(6).map(Expressions::joinAll));
    }

    /** Repeated classes between letters, where a count that is off by one shows. */
    private static Arbitrary<String> gaps() {
        Arbitrary<String> count =
                Arbitraries.of("{0,2}", "{1,3}", "{2,4}", "{3}", "{0,7}", "{2,8}", "?");
        Arbitrary<String> gap =
                Combinators.combine(Arbitraries.of("a", "[ab]", "[^-]", "\\w"), count)
                        .as((body, times) -> body + times);
        Arbitrary<String> end = Arbitraries.of("-", "c", "cb?", "-{2,}", "\\b-", "(?:-|c)");
        return Combinators.combine(Arbitraries.of("b", "ab", "\\bb", "c"), gap, end, gap, end)
                .as((start, first, middle, second, last) ->
                        middle.contains(",}")
                                ? start + first + last
                                : start + first + middle + second + last);
    }

    /** The leftmost longest matches that do not overlap, by trying every start and every end. */
    public static List<Span> leftmostLongest(String regex, boolean ignoresCase, String text) {
        Matcher matcher = matcher(regex, ignoresCase, text);
        List<Span> found = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.length();
            while (end > start && !matcher.region(start, end).matches()) {
                end--;
            }
            if (end > start) {
                found.add(new Span(start, end));
            }
            start = Math.max(end, start + 1);
        }
        return found;
    }

    /** What {@code java.util.regex} takes the expression for, seeing past a region's bounds. */
    static Matcher matcher(String regex, boolean ignoresCase, String text) {
        return Pattern.compile(unrolled(regex), ignoresCase ? Pattern.CASE_INSENSITIVE : 0)
                .matcher(text)
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
    }

    /**
     * The same expression with its repeated groups written out: java.util.regex ends a loop at the
     * first pass that is empty, so that (?:b|\\b){2} misses the b after a boundary.
     */
    private static String unrolled(String regex) {
        Matcher count = Pattern.compile("\\)\\{(\\d+)(?:,(\\d+))?}").matcher(regex);
        if (!count.find()) {
            return regex;
        }
        int open = openingOf(regex, count.start());
        String group = regex.substring(open, count.start() + 1);
        int least = Integer.parseInt(count.group(1));
        int most = count.group(2) == null ? least : Integer.parseInt(count.group(2));
        String optional = "";
        for (int i = least; i < most; i++) {
            optional = "(?:" + group + optional + ")?";
        }
        return unrolled(
                regex.substring(0, open)
                        + group.repeat(least)
                        + optional
                        + regex.substring(count.end()));
    }

    private static int openingOf(String regex, int closing) {
        int depth = 1;
        int at = closing;
        while (depth > 0) {
            at--;
            depth += regex.charAt(at) == ')' ? 1 : regex.charAt(at) == '(' ? -1 : 0;
        }
        return at;
    }

    private static Arbitrary<String> nested(int depth) {
        Arbitrary<String> atom =
                Arbitraries.of(
                        "a", "b", "c", "-", " ", "[ab]", "[^a]", "[a-c]", ".", "\\w", "\\s", "\\W",
                        "A", "\\b", "\\x61", "[^\\n]");
        if (depth == 0) {
            return atom;
        }
        Arbitrary<String> inner = nested(depth - 1);
        Arbitrary<String> sequence =
                inner.list().ofMinSize(1).ofMaxSize(4).map(Expressions::joinAll);
        Arbitrary<String> choice =
                inner.list()
                        .ofMinSize(2)
                        .ofMaxSize(3)
                        .map(alternatives -> "(?:" + String.join("|", alternatives) + ")");
        Arbitrary<String> times = Arbitraries.of("?", "{2}", "{0,2}", "{1,3}", "{2,5}", "{0,9}");
        Arbitrary<String> repeated =
                Combinators.combine(inner, Arbitraries.of("?", "{2}", "{0,2}", "{1,3}"))
                        .as((body, count) -> "(?:" + body + ")" + count);
        Arbitrary<String> counted =
                Combinators.combine(Arbitraries.of("a", "[ab]", "\\w", "[^b]", "."), times)
                        .as((body, count) -> body + count);
        return Arbitraries.oneOf(atom, sequence, sequence, choice, repeated, counted);
    }

    private static String joinAll(List<String> parts) {
        return String.join("", parts);
    }

    private static String join(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }
}
