package clawsec.testkit.tidy;

import static clawsec.testkit.tidy.Samples.MAIN;
import static clawsec.testkit.tidy.Samples.TEST;
import static clawsec.testkit.tidy.Samples.complaints;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestChecksTest {
    private static final String WITH_TEST = "class Sample {\n    @Test\n    void does() {}\n}\n";

    @Test
    void noSleep_threadAndTimeUnit_areRefusedInTestsOnly() {
        String text =
                """
                class Sample {
                    void wait_() {
                        Thread.sleep(10);
                        TimeUnit.SECONDS.sleep(1);
                    }
                }
                """;
        assertEquals(
                List.of(
                        "3: Thread.sleep in a test: wait for the condition instead",
                        "4: TimeUnit.SECONDS.sleep in a test: wait for the condition instead"),
                complaints(TestChecks::noSleep, TEST, text));
        assertEquals(List.of(), complaints(TestChecks::noSleep, MAIN, text));
    }

    @Test
    void noDisabled_annotation_isRefused() {
        String text =
                "class Sample {\n    @org.junit.jupiter.api.Disabled\n    void does() {}\n}\n";
        assertEquals(
                List.of("2: a disabled test: mend or delete it"),
                complaints(TestChecks::noDisabled, TEST, text));
        assertEquals(List.of(), complaints(TestChecks::noDisabled, TEST, WITH_TEST));
    }

    @Test
    void names_misnamedOrWithoutMainCode_areRefused() {
        String misnamed = TEST.replace("SampleTest", "TestSample");
        assertEquals(
                List.of(
                        "1: a test that is not named ThingTest",
                        "1: a test in a package without main code"),
                complaints(TestChecks::names, misnamed, WITH_TEST));
        SourceFile main = SourceFile.parse(MAIN, "class Sample {}");
        assertEquals(List.of(), TestChecks.names(List.of(main, SourceFile.parse(TEST, WITH_TEST))));
    }

    @Test
    void names_fileWithoutTests_mayBeNamedFreely() {
        String fixture = TEST.replace("SampleTest", "Fixture");
        assertEquals(List.of(), complaints(TestChecks::names, fixture, "class Fixture {}"));
    }
}
