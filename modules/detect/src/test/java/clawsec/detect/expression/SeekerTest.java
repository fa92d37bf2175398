package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeekerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
                    youngest stays longest,  'b[ab]{0,2}-',  babaa-,  6
                    oldest leaves first,     'b[ab]{3,}-',   bbaa-,   5
                    too few for any,         'b[ab]{3,}-',   baa-,    -1
                    too many for any,        'b[ac]{0,2}-',  bacc-,   -1
                    loop left and re-entered,'ba{2,3}-',     baaaabaa-, 9
                    two loops in a row,      'b[ab]{0,1}[a]{0,1}-', bbaa-, 5
                    loop within a repetition,'(?:a{2}b){2}', aabaaab, -1
                    """)
    void seek_countedLoops_keepTheCounterThatMatters(
            String name, String regex, String text, int end) throws ExpressionException {
        Seeker seeker = Seeker.of(ExpressionParser.parse(regex, false));
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        SeekState state = seeker.state();
        int stop = seeker.seek(state, bytes, 0, 0, bytes.length, Integer.MAX_VALUE);
        assertEquals(end, stop < 0 ? ~stop : -1);
    }
}
