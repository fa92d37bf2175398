package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    (ab           ~ unclosed '(' at character 1 of the expression
                    ab)           ~ unmatched ')' at character 3 of the expression
                    a(?=b)        ~ lookaround, flags and named groups are not supported at character 2 of the expression
                    (?i)a         ~ lookaround, flags and named groups are not supported at character 1 of the expression
                    a(?w)b        ~ lookaround, flags and named groups are not supported at character 2 of the expression
                    (?w)a b(      ~ unclosed '(' at character 8 of the expression
                    a\\1          ~ escape \\1 is not supported at character 2 of the expression
                    \\p{L}        ~ escape \\p is not supported at character 1 of the expression
                    a*?           ~ lazy, possessive or doubled repetition is not supported at character 3 of the expression
                    a{2}{3}       ~ lazy, possessive or doubled repetition is not supported at character 5 of the expression
                    *a            ~ nothing to repeat at character 1 of the expression
                    \\b+a         ~ nothing to repeat at character 3 of the expression
                    ^a            ~ anchors are not supported; the character itself is \\^ at character 1 of the expression
                    a$            ~ anchors are not supported; the character itself is \\$ at character 2 of the expression
                    a]            ~ unmatched ']'; the character itself is \\] at character 2 of the expression
                    a}            ~ unmatched '}'; the character itself is \\} at character 2 of the expression
                    a{x}          ~ repetition is written {n}, {n,} or {n,m}; a brace itself is \\{ at character 2 of the expression
                    a{2           ~ repetition is written {n}, {n,} or {n,m}; a brace itself is \\{ at character 2 of the expression
                    a{3,2}        ~ repetition's end is below its start at character 2 of the expression
                    a{4097}       ~ repetition exceeds 4096 at character 2 of the expression
                    [ab           ~ unclosed '[' at character 1 of the expression
                    []            ~ empty class at character 1 of the expression
                    [b-a]         ~ bad range at character 2 of the expression
                    [\\w-z]       ~ bad range at character 2 of the expression
                    [[a]          ~ write \\[ inside a class at character 2 of the expression
                    [a&&b]        ~ write \\& inside a class at character 3 of the expression
                    [é]           ~ a class holds ASCII and \\xHH alone at character 2 of the expression
                    \\xg0         ~ \\x needs two hexadecimal digits at character 1 of the expression
                    a\\           ~ nothing after '\\' at character 2 of the expression
                    """)
    void parse_whatTheNotationLacks_isRefusedWithReasonAndPlace(String regex, String reason) {
        ExpressionException refused =
                assertThrows(ExpressionException.class, () -> ExpressionParser.parse(regex, false));
        assertEquals(reason, refused.reason());
    }

    @Test
    void parse_groupsAtTheLimit_areTakenAndOneMoreIsNot() throws ExpressionException {
        int limit = ExpressionParser.MAX_DEPTH;
        ExpressionParser.parse("(".repeat(limit) + "a" + ")".repeat(limit), false);
        ExpressionException refused =
                assertThrows(
                        ExpressionException.class,
                        () ->
                                ExpressionParser.parse(
                                        "(".repeat(limit + 1) + "a" + ")".repeat(limit + 1),
                                        false));
        assertTrue(refused.reason().startsWith("groups nest deeper than 50"), refused.reason());
    }

    @Test
    void parse_repetitionAtTheLimit_isTaken() throws ExpressionException {
        assertEquals(
                ExpressionParser.MAX_COUNT,
                Extent.of(ExpressionParser.parse("a{4096}", false)).shortest());
    }

    @Test
    void parse_characterOutsideAscii_standsForItsUtf8Bytes() throws ExpressionException {
        Automaton automaton = Automaton.of(ExpressionParser.parse("é{2}", false));
        byte[] text = "ééé".getBytes(StandardCharsets.UTF_8);
        assertEquals(4, automaton.longestAt(text, 0, text.length));
    }

    @Test
    void parse_negatedClassIgnoringCase_excludesBothCases() throws ExpressionException {
        Automaton automaton = Automaton.of(ExpressionParser.parse("[^a-c]", true));
        assertEquals(0, automaton.longestAt(new byte[] {'B'}, 0, 1));
        assertEquals(1, automaton.longestAt(new byte[] {'D'}, 0, 1));
    }

    @Test
    void parse_classWithDashesAndEscapes_holdsThem() throws ExpressionException {
        ByteSet set = set("[a\\-\\]\\x00\\d-]");
        assertEquals(14, set.size());
        assertTrue(set.contains('-') && set.contains(']') && set.contains(0) && set.contains('7'));
        assertEquals(255, set(".").size());
        assertEquals(6, set("\\s").size());
    }

    @Test
    void parseOutside_plainGroup_givesNoLiteral() throws ExpressionException {
        String regex = "(?:never|é) (tell|say) [a-z]{1,9} (?:of it)";
        List<String> literals =
                Literals.of(ExpressionParser.parseOutside(regex, false))
                        .orElseThrow()
                        .list()
                        .stream()
                        .map(Literal::text)
                        .toList();
        assertEquals(List.of(" say", " tell"), literals);
        assertEquals(
                Extent.of(ExpressionParser.parse(regex, false)),
                Extent.of(ExpressionParser.parseOutside(regex, false)));
        assertTrue(Literals.of(ExpressionParser.parseOutside("(?:token)[0-9]", false)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a\nb",
                "a  b",
                "a\r\n        b",
                "a\n> > b",
                "a\n * b",
                "a** b",
                "a _b",
                "a\n         b"
            })
    void parse_spaceBetweenWords_standsForAnyGap(String text) throws ExpressionException {
        assertEquals(text.length(), longest("(?w)a b", text));
        assertEquals(text.length(), longest(ExpressionParser.spelledOut("(?w)a b"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a-b", "a__b", "a, b", "a*** b", "a\n          b", "a\\nb"})
    void parse_otherThingsBetweenWords_areNoGap(String text) throws ExpressionException {
        assertEquals(0, longest("(?w)a b", text));
        assertEquals(0, longest(ExpressionParser.spelledOut("(?w)a b"), text));
    }

    @Test
    void parse_spaceOfWordsInAClassOrEscaped_isASpace() throws ExpressionException {
        for (String regex : List.of("(?w)a[ \\]]b", "(?w)a\\ b", "a b")) {
            assertEquals(3, longest(regex, "a b"));
            assertEquals(0, longest(regex, "a\nb"));
            assertEquals(0, longest(ExpressionParser.spelledOut(regex), "a\nb"));
        }
    }

    @Test
    void parseOutside_gapBetweenWords_isInNoLiteral() throws ExpressionException {
        assertTrue(ExpressionParser.hasOutside("(?w)ab cd"));
        Node wider = ExpressionParser.parseOutside("(?w)ab cd", false);
        assertTrue(Literals.of(wider).isEmpty());
    }

    private static int longest(String regex, String text) throws ExpressionException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Automaton.of(ExpressionParser.parse(regex, false)).longestAt(bytes, 0, bytes.length);
    }

    private static ByteSet set(String regex) throws ExpressionException {
        return ((Node.Bytes) ExpressionParser.parse(regex, false)).set();
    }
}
