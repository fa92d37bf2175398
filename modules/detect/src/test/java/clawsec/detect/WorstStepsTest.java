package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the dearest texts cost, counted in bytes read by searches for single rules. */
class WorstStepsTest {
    /** Of all built-in rules together. */
    private static final int MOST_STEPS_OF_ALL = 38;

    @Test
    void builtInRules_worstText_takesNoMoreStepsThanIsKnown() {
        double steps = RuleSet.builtIn().worstStepsPerByte();
        assertTrue(steps <= MOST_STEPS_OF_ALL, () -> "steps a byte: " + steps);
    }

    /** So that whoever copies one of ours and changes a rule is not refused for the others. */
    @Test
    void builtInFiles_asAUsersFile_takeNoMoreThanIsAllowed() throws Exception {
        for (String name : RuleSet.RESOURCES) {
            double steps = RuleSet.parse(read(name), name).worstStepsPerByte();
            assertTrue(
                    steps <= RuleSet.MOST_STEPS_PER_BYTE,
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
