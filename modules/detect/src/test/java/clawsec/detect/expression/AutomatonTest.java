package clawsec.detect.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AutomatonTest {
    @Test
    void of_positionsAtTheLimit_areTakenAndOneMoreIsNot() throws ExpressionException {
        Automaton.of(node("(ab){512}"));
        ExpressionException refused =
                assertThrows(ExpressionException.class, () -> Automaton.of(node("c(ab){512}")));
        assertTrue(refused.reason().startsWith("expression takes 1025 bytes"), refused.reason());
    }

    @Test
    void of_positionsOfASeeker_areTakenUpToTheLimit() throws ExpressionException {
        Seeker.of(node("(ab){256}"));
        assertThrows(ExpressionException.class, () -> Seeker.of(node("c(ab){256}")));
    }

    @Test
    void of_boundaryBesideAMixedClass_isRefused() {
        ExpressionException refused =
                assertThrows(ExpressionException.class, () -> Seeker.of(node("[a-]\\b-x")));
        assertTrue(refused.reason().startsWith("\\b stands next to a class"), refused.reason());
    }

    @Test
    void walk_goesOnAsLongAsSomethingFits() throws ExpressionException {
        Automaton automaton = Automaton.of(node("[0-9]+"));
        byte[] text = "12345x7".getBytes(StandardCharsets.US_ASCII);
        long[] state = new long[automaton.stateLength()];
        assertEquals(3, automaton.walk(state, text, 0, 3, true));
        assertEquals(5, automaton.walk(state, text, 3, text.length, false));
    }

    private static Node node(String regex) throws ExpressionException {
        return ExpressionParser.parse(regex, false);
    }
}
