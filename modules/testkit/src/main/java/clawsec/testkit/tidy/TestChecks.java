package clawsec.testkit.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How tests are named, placed and written. */
final class TestChecks {
    private static final Set<String> TEST_ANNOTATIONS =
            Set.of(
                    "Test",
                    "ParameterizedTest",
                    "RepeatedTest",
                    "TestFactory",
                    "Property",
                    "Example");

    private TestChecks() {}

    static List<Complaint> noSleep(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            boolean isForTests =
                    file.isTestCode()
                            || file.path().startsWith("modules/testkit/")
                            || file.path().startsWith("jlink/");
            if (!isForTests) {
                continue;
            }
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMemberSelect(
                        MemberSelectTree tree, @Nullable Void unused) {
                    String name = tree.toString();
                    if (name.matches("(java\\.lang\\.)?Thread\\.sleep|.*TimeUnit\\.\\w+\\.sleep")
                            || name.endsWith("LockSupport.parkNanos")) {
                        String what = name + " in a test: wait for the condition instead";
                        found.add(new Complaint(file.path(), file.firstLine(tree), what));
                    }
                    return super.visitMemberSelect(tree, unused);
                }
            }.scan(file.unit().orElse(null), null);
        }
        return found;
    }

    static List<Complaint> noDisabled(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void unused) {
                    if (simpleName(tree).equals("Disabled")) {
                        String what = "a disabled test: mend or delete it";
                        found.add(new Complaint(file.path(), file.firstLine(tree), what));
                    }
                    return super.visitAnnotation(tree, unused);
                }
            }.scan(file.unit().orElse(null), null);
        }
        return found;
    }

    /** A test stands in a {@code ThingTest} of a package that has main code. */
    static List<Complaint> names(List<SourceFile> files) {
        Set<String> mainPackages =
                files.stream()
                        .filter(SourceFile::isMainCode)
                        .map(SourceFile::path)
                        .map(path -> path.substring(0, path.lastIndexOf('/')))
                        .collect(Collectors.toSet());
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            if (!file.isTestCode() || !holdsTests(file)) {
                continue;
            }
            if (!file.fileName().endsWith("Test.java")) {
                found.add(new Complaint(file.path(), 1, "a test that is not named ThingTest"));
            }
            String folder = file.path().substring(0, file.path().lastIndexOf('/'));
            if (!mainPackages.contains(folder.replace("/src/test/", "/src/main/"))) {
                found.add(new Complaint(file.path(), 1, "a test in a package without main code"));
            }
        }
        return found;
    }

    private static boolean holdsTests(SourceFile file) {
        List<MethodTree> tests = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                boolean isTest =
                        method.getModifiers().getAnnotations().stream()
                                .anyMatch(each -> TEST_ANNOTATIONS.contains(simpleName(each)));
                if (isTest) {
                    tests.add(method);
                }
                return super.visitMethod(method, unused);
            }
        }.scan(file.unit().orElse(null), null);
        return !tests.isEmpty();
    }

    private static String simpleName(AnnotationTree tree) {
        String name = tree.getAnnotationType().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
