package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequelTest {
    @ParameterizedTest
    @CsvSource({
        "'key=[0-9]{9}', 'key=', '12345678', true",
        "'key=[0-9]{9}', 'key=', '1234567x', false",
        "'key=[0-9]{9}', 'key=', '1', true",
        "'key=[0-9]{9}', 'key=', '', true",
        "'key=[0-9]{9}', 'key=', '12345678x', true",
        "'key=[0-9]{1,2};', 'key=', '12;?', true",
        "'key=[0-9]{1,2};', 'key=', ';', false",
        "'key=(a|bc)?', 'key=', 'x', true",
        "'\\bkey\\b', 'key', '?', true",
        "'\\bkey\\b', 'key', 's', false",
        "'key=[0-9]{3,}', 'key=', '123x', true",
    })
    void fits_bytesThatFollowTheLiteral_asTheExpressionSays(
            String regex, String literal, String following, boolean fits)
            throws ExpressionException {
        Continuation continuation =
                Seeker.of(ExpressionParser.parse(regex, false))
                        .continuation(new Literal(literal, 0, literal.length()), true);
        byte[] text = following.getBytes(StandardCharsets.US_ASCII);
        Sequel sequel = new Sequel(continuation);
        assertEquals(fits, sequel.misfit(text, 0, text.length) == text.length);
    }
}
