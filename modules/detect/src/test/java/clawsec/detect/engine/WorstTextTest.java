package clawsec.detect.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.expression.ExpressionException;
import clawsec.detect.expression.ExpressionParser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorstTextTest {
    @Test
    void of_patternsThatStayAwake_keepsThemAllBusy() throws ExpressionException {
        PatternSet patterns =
                patterns("abc[^|]{0,250}\\|sh", "xyz[a-z ]{0,200}=[0-9]", "[a-z]{0,99}qqq[0-9]");
        WorstText worst = WorstText.of(patterns);
        assertTrue(worst.steps() > 2.5, () -> "steps " + worst.steps());
    }

    @Test
    void of_samePatterns_isTheSame() throws ExpressionException {
        PatternSet patterns = patterns("abc[^|]{0,250}\\|sh", "key=[0-9]{4}");
        assertArrayEquals(WorstText.of(patterns).unit(), WorstText.of(patterns).unit());
    }

    @Test
    void text_longerThanTheUnit_repeatsIt() {
        WorstText worst = new WorstText(new byte[] {'a', 'b', 'c'}, 1);
        assertArrayEquals(new byte[] {'a', 'b', 'c', 'a', 'b'}, worst.text(5));
    }

    @Test
    void megabytesPerSecond_ofAClockThatIsGiven_isBytesByTime() throws ExpressionException {
        AtomicLong now = new AtomicLong();
        WorstText worst = new WorstText(new byte[] {'a'}, 0);
        double speed =
                worst.megabytesPerSecond(patterns("key="), () -> now.getAndAdd(1_000_000), 0);
        assertEquals(WorstText.TIMED_BYTES / 1e3, speed, 1e-9);
    }

    private static PatternSet patterns(String... expressions) throws ExpressionException {
        List<Pattern> patterns = new ArrayList<>();
        for (String expression : expressions) {
            patterns.add(Pattern.of(ExpressionParser.parse(expression, false)));
        }
        return new PatternSet(patterns);
    }
}
