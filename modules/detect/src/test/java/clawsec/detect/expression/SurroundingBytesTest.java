package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.expression.Expressions.Span;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Continuation} and {@link Approach}. */
class SurroundingBytesTest {
    @ParameterizedTest
    @CsvSource({
        "'(send|post) ([a-z]{2,9} ){0,2}keys', 'keys', 'send all my ', false",
        "'(send|post) ([a-z]{2,9} ){0,2}keys', 'keys', 'send ', false",
        "'(send|post) ([a-z]{2,9} ){0,2}keys', 'keys', 'send all of my ', true",
        "'(send|post) ([a-z]{2,9} ){0,2}keys', 'keys', '#', true",
        "'(send|post) ([a-z]{2,9} ){0,2}keys', 'keys', '', false",
        "'a{3,5}keys', 'keys', 'aaa', false",
        "'a{3,5}keys', 'keys', 'b', true",
        "'\\bkeys', 'keys', 'b', false",
    })
    void approach_bytesBeforeTheLiteral_asTheExpressionSays(
            String regex, String literal, String before, boolean isMisfit)
            throws ExpressionException {
        Approach approach =
                Seeker.of(ExpressionParser.parse(regex, false))
                        .approach(new Literal(literal, 0, literal.length()));
        byte[] text = (before + literal).getBytes(StandardCharsets.US_ASCII);
        assertEquals(isMisfit, approach.isMisfit(text, 0, before.length()));
    }

    @ParameterizedTest
    @CsvSource({
        "'key=[a-z]{1,20};', ' is long', 0",
        "'key=[a-z]{1,20};', 'abcdefghijklmnop q', 16",
        "'key=[a-z]{1,20};', 'abcdefghijklmnopq;', 18",
        "'key=[a-z]{1,20}', 'a b', 3",
        "'key=(ab|cd){3}x', 'abcdcdab', 6",
    })
    void continuation_bytesAfterTheLiteral_tellsTheFirstThatCannotFollow(
            String regex, String after, int misfit) throws ExpressionException {
        Continuation continuation =
                Seeker.of(ExpressionParser.parse(regex, false))
                        .continuation(new Literal("key=", 0, 4), true);
        byte[] text = after.getBytes(StandardCharsets.US_ASCII);
        assertEquals(misfit, continuation.misfit(text, 0, text.length));
    }

    /** Of the literals in a match one is not ruled out, or the match would be missed. */
    @Property(tries = 3000, maxDiscardRatio = 20)
    void misfit_literalsOfAMatch_oneHasNone(
            @ForAll("expressions") String regex,
            @ForAll("texts") String text,
            @ForAll boolean ignoresCase) {
        Node node = parsed(regex, ignoresCase);
        Literals literals = Literals.of(node).orElseThrow();
        Seeker seeker = seeker(node);
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (Span span : Expressions.leftmostLongest(regex, ignoresCase, text)) {
            boolean isLeft = false;
            for (Literal literal : literals.list()) {
                Continuation continuation = seeker.continuation(literal, literals.isAtStart());
                Approach approach = seeker.approach(literal);
                int last = (int) span.end() - literal.length();
                for (int from = (int) span.start(); from <= last; from++) {
                    int end = from + literal.length();
                    isLeft |=
                            stands(literal, text, from)
                                    && continuation.misfit(bytes, end, bytes.length) == bytes.length
                                    && !approach.isMisfit(bytes, 0, from);
                }
            }
            assertTrue(isLeft, () -> regex + " in " + text + " by " + literals);
        }
    }

    private static boolean stands(Literal literal, String text, int from) {
        for (int i = 0; i < literal.length(); i++) {
            if (!literal.fits(i, text.charAt(from + i))) {
                return false;
            }
        }
        return true;
    }

    private static Node parsed(String regex, boolean ignoresCase) {
        try {
            Node node = ExpressionParser.parse(regex, ignoresCase);
            Extent.of(node);
            Optional<Literals> literals = Literals.of(node);
            Assume.that(literals.isPresent());
            return node;
        } catch (ExpressionException e) {
            Assume.that(false);
            throw new IllegalStateException(e);
        }
    }

    private static Seeker seeker(Node node) {
        try {
            return Seeker.of(node);
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
}
