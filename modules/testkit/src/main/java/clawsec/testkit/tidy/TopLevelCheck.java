package clawsec.testkit.tidy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The top of the repository holds what the layout names, and dot-files. */
final class TopLevelCheck {
    private static final Set<String> BELONGS =
            Set.of(
                    "pom.xml",
                    "Makefile",
                    "README.md",
                    "LICENSE",
                    "modules",
                    "analyzer",
                    "jlink",
                    "testdata");

    private TopLevelCheck() {}

    static List<Complaint> of(List<SourceFile> files) {
        Set<String> tops = new TreeSet<>();
        for (SourceFile file : files) {
            tops.add(file.path().split("/", 2)[0]);
        }
        return tops.stream()
                .filter(name -> !name.startsWith(".") && !BELONGS.contains(name))
                .map(name -> new Complaint(name, 1, "does not belong at the top"))
                .toList();
    }
}
