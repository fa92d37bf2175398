package clawsec.testkit.tidy;

import static clawsec.testkit.tidy.Samples.MAIN;
import static clawsec.testkit.tidy.Samples.complaints;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleChecksTest {
    private static final String INFO = "modules/tls-mitm/src/main/java/module-info.java";

    @Test
    void floors_arrowUp_isRefused() {
        String text = "module clawsec.tls {\n requires clawsec.ca;\n requires clawsec.proxy;\n}\n";
        assertEquals(
                List.of("3: clawsec.tls must not know clawsec.proxy"),
                complaints(ModuleChecks::floors, INFO, text));
    }

    @Test
    void floors_unknownModule_isRefused() {
        assertEquals(
                List.of("1: clawsec.new_ has no floor; give it one in ModuleChecks"),
                complaints(ModuleChecks::floors, INFO, "module clawsec.new_ {}"));
    }

    @Test
    void packageInfos_missingOrUnmarked_areRefused() {
        assertEquals(
                List.of("1: no package-info with @NullMarked"),
                complaints(ModuleChecks::packageInfos, MAIN, "class Sample {}"));
        String info = MAIN.replace("Sample.java", "package-info.java");
        assertEquals(
                List.of("1: no package-info with @NullMarked"),
                complaints(ModuleChecks::packageInfos, info, "package clawsec.http;\n"));
        assertEquals(
                List.of(),
                complaints(
                        ModuleChecks::packageInfos, info, "@NullMarked\npackage clawsec.http;\n"));
    }
}
