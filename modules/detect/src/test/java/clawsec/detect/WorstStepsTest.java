package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What the dearest texts cost, counted in bytes read by searches for single rules: what is known,
 * so that it does not grow unseen. A step is 3 to 9 ns, so most of it is more than is wanted.
 */
class WorstStepsTest {
    /** Of all built-in rules together. */
    private static final int MOST_STEPS_OF_ALL = 38;

    /** Of the dearest file, commands.json. */
    private static final int MOST_STEPS_OF_A_FILE = 32;

    @Test
    void builtInRules_worstText_takesNoMoreStepsThanIsKnown() {
        double steps = RuleSet.builtIn().worstStepsPerByte();
        assertTrue(steps <= MOST_STEPS_OF_ALL, () -> "steps a byte: " + steps);
    }

    @Test
    void eachBuiltInFile_worstText_takesNoMoreStepsThanIsKnown() throws Exception {
        for (String name : RuleSet.RESOURCES) {
            double steps = RuleSet.parse(read(name), name).worstStepsPerByte();
            assertTrue(
                    steps <= MOST_STEPS_OF_A_FILE,
                    () -> name + " takes " + steps + " steps a byte");
        }
    }

    @Test
    void worstText_isAsLongAsAskedFor() throws Exception {
        RuleSet rules = RuleSet.parse(read("rules/twelve.json"), "twelve");
        assertEquals(1000, rules.worstText(1000).length);
    }

    private static byte[] read(String resource) throws Exception {
        try (InputStream in = RuleSet.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
        }
    }
}
