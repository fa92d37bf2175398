package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.expression.Expressions.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LiteralsTest {
    @Test
    void of_alternatives_givesOneForEach() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of("akia", "asia"), 4, true)),
                literals("(AKIA|ASIA)[0-9A-Z]{16}"));
    }

    @Test
    void of_literalInsideAnother_keepsTheShorterAndTheReach() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of("sh-"), 5, false)), literals("(ba|da)?sh-.{1,9}"));
    }

    @Test
    void of_literalThatBeginsAnother_keepsTheStart() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of("sk-pro"), 7, true)), literals("sk-(pro|proj).?"));
    }

    @Test
    void of_severalRuns_choosesTheRarest() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of("/etc/zq"), 19, false)),
                literals("the[a-z]{1,9}/etc/zq[a-z]{1,9}one"));
    }

    @Test
    void of_shortOptionalOrWide_isEmpty() throws ExpressionException {
        assertEquals(Optional.empty(), literals("ab"));
        assertEquals(Optional.empty(), literals("(abc)?d"));
        assertEquals(Optional.empty(), literals("abc|d[0-9]{3}"));
        assertEquals(Optional.empty(), literals("[a-z]{20}"));
    }

    @Property(tries = 3000, maxDiscardRatio = 20)
    void of_anyExpression_oneStandsInEveryMatchWithinReach(
            @ForAll("expressions") String regex, @ForAll("texts") String text) {
        Literals literals = usable(regex);
        for (Span span : Expressions.leftmostLongest(regex, true, text)) {
            String match =
                    text.substring((int) span.start(), (int) span.end()).toLowerCase(Locale.ROOT);
            int end =
                    literals.texts().stream()
                            .filter(match::contains)
                            .mapToInt(each -> match.indexOf(each) + each.length())
                            .min()
                            .orElse(Integer.MAX_VALUE);
            assertTrue(end <= literals.reach(), () -> regex + " in " + match);
            if (literals.isAtStart()) {
                assertTrue(literals.texts().stream().anyMatch(match::startsWith), regex);
            }
        }
    }

    private static Literals usable(String regex) {
        try {
            Node node = ExpressionParser.parse(regex, true);
            Extent.of(node);
            Optional<Literals> literals = Literals.of(node);
            Assume.that(literals.isPresent());
            return literals.orElseThrow();
        } catch (ExpressionException e) {
            Assume.that(false);
            throw new IllegalStateException(e);
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        return Expressions.any();
    }

    @Provide
    Arbitrary<String> texts() {
        return Expressions.texts();
    }

    private static Optional<Literals> literals(String regex) throws ExpressionException {
        return Literals.of(ExpressionParser.parse(regex, false));
    }
}
