package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.expression.Expressions.Span;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
    @Test
    void of_alternatives_givesOneForEach() throws ExpressionException {
        assertEquals(
                Optional.of(
                        new Literals(
                                List.of(new Literal("AKIA", 0, 4), new Literal("ASIA", 0, 4)),
                                true)),
                literals("(AKIA|ASIA)[0-9A-Z]{16}"));
    }

    @Test
    void of_lettersInEitherCase_areMarked() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of(new Literal("a-zQ", 0b101, 4)), true, true)),
                literals("[aA]-[zZ]Q"));
    }

    @Test
    void of_longText_endsWithItsRarestBytes() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of(new Literal("the zqxj", 0, 8)), true)),
                literals("the zqxj and the token"));
    }

    @Test
    void of_literalInsideAnother_keepsTheShorterAndTheReach() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of(new Literal("sh-", 0, 5)), false)),
                literals("(ba|da)?sh-.{1,9}"));
    }

    @Test
    void of_literalThatBeginsAnother_keepsTheStart() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of(new Literal("sk-p", 0, 7)), true)),
                literals("sk-(pro|pro#).?"));
    }

    @Test
    void of_severalRuns_choosesTheRarest() throws ExpressionException {
        assertEquals(
                Optional.of(new Literals(List.of(new Literal("/etc/zq", 0, 19)), false)),
                literals("the[a-z]{1,9}/etc/zq[a-z]{1,9}one"));
    }

    @ParameterizedTest
    @CsvSource({
        "'```|~~~', true",
        "'<(pre|quo)', true",
        "'[xyz]key', true",
        "'\\bkey', false",
        "'(key)?lock', false",
        "'key|eyes', false",
        "'zqx the', false",
        "'key[0-9]{9}', false",
    })
    void isWhole_matchesThatAreTheStringsAndDoNotOverlap(String regex, boolean isWhole)
            throws ExpressionException {
        assertEquals(isWhole, literals(regex).orElseThrow().isWhole());
    }

    @Test
    void of_shortOptionalOrWide_isEmpty() throws ExpressionException {
        assertEquals(Optional.empty(), literals("ab"));
        assertEquals(Optional.empty(), literals("(abc)?d"));
        assertEquals(Optional.empty(), literals("abc|d[0-9a-f]{3}"));
        assertEquals(Optional.empty(), literals("[a-z]{20}"));
    }

    @Property(tries = 3000, maxDiscardRatio = 20)
    void of_anyExpression_oneStandsInEveryMatchWithinReach(
            @ForAll("expressions") String regex,
            @ForAll("texts") String text,
            @ForAll boolean ignoresCase) {
        Literals literals = usable(regex, ignoresCase);
        for (Span span : Expressions.leftmostLongest(regex, ignoresCase, text)) {
            String match = text.substring((int) span.start(), (int) span.end());
            assertTrue(
                    literals.list().stream().anyMatch(each -> endsWithinReach(each, match)),
                    () -> regex + " in " + match + " by " + literals);
            if (literals.isAtStart()) {
                assertTrue(literals.list().stream().anyMatch(each -> stands(each, match, 0)));
            }
        }
    }

    private static boolean endsWithinReach(Literal literal, String match) {
        for (int from = 0; from + literal.length() <= literal.reachBytes(); from++) {
            if (stands(literal, match, from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stands(Literal literal, String match, int from) {
        for (int i = 0; i < literal.length(); i++) {
            if (from + i >= match.length() || !literal.fits(i, match.charAt(from + i))) {
                return false;
            }
        }
        return true;
    }

    private static Literals usable(String regex, boolean ignoresCase) {
        try {
            Node node = ExpressionParser.parse(regex, ignoresCase);
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
