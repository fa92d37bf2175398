package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import clawsec.testkit.tidy.Complaint;
import clawsec.testkit.tidy.Tidy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tidy checks over this very work tree; here, since this module is built last. */
class RepositoryTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("clawsec.root"), "clawsec.root"));

    @TestFactory
    Stream<DynamicTest> repository_isTidy() throws IOException {
        return Tidy.complaints(ROOT).entrySet().stream()
                .map(check -> dynamicTest(check.getKey(), () -> none(check.getValue())));
    }

    private static void none(List<Complaint> complaints) {
        String text = complaints.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        assertTrue(complaints.isEmpty(), () -> "\n" + text);
    }
}
