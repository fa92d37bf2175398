package clawsec.testkit.tidy;

import java.util.List;
import java.util.stream.Stream;

/** Files made up for one test. */
final class Samples {
    static final String MAIN = "modules/http-parser/src/main/java/clawsec/http/Sample.java";
    static final String TEST = "modules/http-parser/src/test/java/clawsec/http/SampleTest.java";

    private Samples() {}

    /** The complaints of a check about one file, as {@code line: what}. */
    static List<String> complaints(Check check, String path, String text) {
        return check.of(List.of(SourceFile.parse(path, text))).stream()
                .map(complaint -> complaint.line() + ": " + complaint.what())
                .toList();
    }

    /** The complaints of a check about empty files, as {@code path:line: what}. */
    static List<String> complaintsOfPaths(Check check, String... paths) {
        List<SourceFile> files = Stream.of(paths).map(path -> SourceFile.parse(path, "")).toList();
        return check.of(files).stream().map(Complaint::toString).toList();
    }
}
