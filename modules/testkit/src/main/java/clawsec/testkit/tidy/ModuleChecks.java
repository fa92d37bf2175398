package clawsec.testkit.tidy;

import static java.util.Map.entry;

import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.RequiresTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who may know whom, and what every package says of itself. */
final class ModuleChecks {
    private static final String OURS = "clawsec.";

    /** The arrows of the architecture; each points down. */
    private static final Map<String, Set<String>> MAY_REQUIRE =
            Map.ofEntries(
                    entry("clawsec.testkit", Set.of()),
                    entry("clawsec.bench", Set.of("clawsec.detect", "clawsec.http")),
                    entry(
                            "clawsec.fuzz",
                            Set.of("clawsec.detect", "clawsec.http", "clawsec.testkit")),
                    entry("clawsec.http", Set.of()),
                    entry("clawsec.ca", Set.of()),
                    entry("clawsec.tls", Set.of("clawsec.ca")),
                    entry("clawsec.detect", Set.of("clawsec.http")),
                    entry("clawsec.log", Set.of("clawsec.detect")),
                    entry("clawsec.proxy", Set.of("clawsec.tls", "clawsec.http")),
                    entry(
                            "clawsec.ctl",
                            Set.of(
                                    "clawsec.proxy",
                                    "clawsec.log",
                                    "clawsec.detect",
                                    "clawsec.tls",
                                    "clawsec.ca",
                                    "clawsec.http")),
                    entry(
                            "clawsec.analyzer",
                            Set.of("clawsec.detect", "clawsec.log", "clawsec.tls", "clawsec.http")),
                    entry("clawsec.image", Set.of("clawsec.testkit")));

    private ModuleChecks() {}

    static List<Complaint> floors(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            if (!file.fileName().equals("module-info.java")) {
                continue;
            }
            ModuleTree module = file.unit().orElseThrow().getModule();
            String name = module.getName().toString();
            Set<String> allowed = MAY_REQUIRE.get(name);
            if (allowed == null) {
                String what = name + " has no floor; give it one in ModuleChecks";
                found.add(new Complaint(file.path(), file.firstLine(module), what));
                continue;
            }
            for (DirectiveTree directive : module.getDirectives()) {
                if (directive instanceof RequiresTree requires) {
                    String required = requires.getModuleName().toString();
                    if (required.startsWith(OURS) && !allowed.contains(required)) {
                        String what = name + " must not know " + required;
                        found.add(new Complaint(file.path(), file.firstLine(requires), what));
                    }
                }
            }
        }
        return found;
    }

    static List<Complaint> packageInfos(List<SourceFile> files) {
        Map<String, Boolean> isMarked = new TreeMap<>();
        for (SourceFile file : files) {
            if (file.isMainCode() && !file.fileName().equals("module-info.java")) {
                String folder = file.path().substring(0, file.path().lastIndexOf('/'));
                boolean marks =
                        file.fileName().equals("package-info.java")
                                && file.lines().contains("@NullMarked");
                isMarked.merge(folder, marks, Boolean::logicalOr);
            }
        }
        List<Complaint> found = new ArrayList<>();
        isMarked.forEach((folder, marked) -> {
            if (!marked) {
                String what = "no package-info with @NullMarked";
                found.add(new Complaint(folder + "/package-info.java", 1, what));
            }
        });
        return found;
    }
}
