package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
                    abc 3 3
                    a(b|cde)?f{2,4} 3 8
                    ab{20,} 21 21
                    ab+ 2 2
                    ab*c? 1 3
                    (ab|c{3,})d* 2 4
                    \\bab\\b 2 2
                    """)
    void of_boundedExpressions_countsBytes(String regex, int shortest, int undecided)
            throws ExpressionException {
        assertEquals(new Extent(shortest, undecided), extent(regex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b", "(a*b){2}", "(a+|b)c", "a+\\b", "(ab+){1,2}"})
    void of_unboundedBeforeTheEnd_isRefused(String regex) {
        ExpressionException refused = assertThrows(ExpressionException.class, () -> extent(regex));
        assertTrue(refused.reason().startsWith("unbounded repetition before the end"));
    }

    @Test
    void of_hugeNestedRepetition_doesNotOverflow() throws ExpressionException {
        assertTrue(extent("(((a{4096}){4096}){4096}){4096}").shortest() > 1 << 20);
    }

    private static Extent extent(String regex) throws ExpressionException {
        return Extent.of(ExpressionParser.parse(regex, false));
    }
}
