package clawsec.testkit.tidy;

import static clawsec.testkit.tidy.Samples.MAIN;
import static clawsec.testkit.tidy.Samples.complaints;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameChecksTest {
    @Test
    void typeNames_emptyEndings_areRefusedAlsoWhenNested() {
        String text =
                """
                class Database {
                    interface PoolManager {}
                    record FieldUtils() {}
                }
                """;
        assertEquals(
                List.of(
                        "2: type PoolManager: 'Manager' says nothing",
                        "3: type FieldUtils: 'Utils' says nothing"),
                complaints(NameChecks::typeNames, MAIN, text));
    }

    @Test
    void optionals_fieldAndParameter_areRefused() {
        String text =
                """
                class Sample {
                    Optional<String> kept;
                    Sample(java.util.Optional<String> given) {}
                    void take(OptionalInt count) {}
                }
                """;
        assertEquals(
                List.of(
                        "2: field kept is an Optional",
                        "3: parameter given is an Optional",
                        "4: parameter count is an Optional"),
                complaints(NameChecks::optionals, MAIN, text));
    }

    @Test
    void optionals_resultLocalAndComponent_areAllowed() {
        String text =
                """
                record Sample(Optional<String> name) {
                    Sample {
                        Optional<String> local = name;
                    }
                    Optional<String> name() { return name; }
                }
                """;
        assertEquals(List.of(), complaints(NameChecks::optionals, MAIN, text));
    }
}
