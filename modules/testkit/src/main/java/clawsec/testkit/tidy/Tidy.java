package clawsec.testkit.tidy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All checks over a whole work tree. */
public final class Tidy {
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", ".settings", "node_modules");

    private static final Map<String, Check> CHECKS = checks();

    private Tidy() {}

    /**
     * Runs every check over the tree under {@code root}, build output left out.
     *
     * @return the complaints of each check by its name; an empty list where all is well
     */
    public static Map<String, List<Complaint>> complaints(Path root) throws IOException {
        List<SourceFile> files = read(root);
        Map<String, List<Complaint>> all = new LinkedHashMap<>();
        CHECKS.forEach((name, check) -> all.put(name, check.of(files)));
        return all;
    }

    private static Map<String, Check> checks() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("file length", ShapeChecks::fileLength);
        checks.put("line length", ShapeChecks::lineLength);
        checks.put("method length", ShapeChecks::methodLength);
        checks.put("one top-level type", ShapeChecks::oneTopLevelType);
        checks.put("type names", NameChecks::typeNames);
        checks.put("Optional as a result only", NameChecks::optionals);
        checks.put("pure modules", PurityChecks::pureModules);
        checks.put("IOException in I/O modules only", PurityChecks::ioExceptions);
        checks.put("no sleep in tests", TestChecks::noSleep);
        checks.put("no disabled test", TestChecks::noDisabled);
        checks.put("test names and packages", TestChecks::names);
        checks.put("reminders carry an issue", TextChecks::reminders);
        checks.put("no author tags", TextChecks::authorTags);
        checks.put("no machine's paths", TextChecks::machinePaths);
        checks.put("no secrets", TextChecks::secrets);
        checks.put("module floors", ModuleChecks::floors);
        checks.put("package-info", ModuleChecks::packageInfos);
        checks.put("links lead somewhere", LinkCheck::of);
        checks.put("top level", TopLevelCheck::of);
        return checks;
    }

    /** Every text file; a file that is not UTF-8 is kept with no lines. */
    private static List<SourceFile> read(Path root) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        String path = root.relativize(file).toString().replace('\\', '/');
                        files.add(SourceFile.parse(path, textOf(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
