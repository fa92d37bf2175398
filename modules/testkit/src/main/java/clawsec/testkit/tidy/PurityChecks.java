package clawsec.testkit.tidy;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** What pure modules must not touch, and where {@code IOException} belongs. */
final class PurityChecks {
    private static final Set<String> PURE = Set.of("modules/http-parser", "modules/detect");

    /** No socket, channel, file, thread, clock, random or logger. */
    private static final Pattern IMPURE_IMPORT =
            Pattern.compile(
                    "java\\.net\\.(?!URI\\b|URISyntaxException|IDN\\b|URLDecoder|URLEncoder).*"
                            + "|java\\.nio\\.(channels|file)\\..*"
                            + "|java\\.io\\.(File|RandomAccess).*"
                            + "|java\\.lang\\.Thread.*"
                            + "|java\\.util\\.concurrent\\.(.*Execut|Fork|Completable|Thread).*"
                            + "|java\\.util\\.(Timer|Random|random|logging).*"
                            + "|java\\.time\\.(Clock|InstantSource)"
                            + "|java\\.security\\.SecureRandom"
                            + "|java\\.lang\\.System\\.Logger.*");

    private static final Pattern IMPURE_CALL =
            Pattern.compile(
                    "System\\.(nanoTime|currentTimeMillis|getLogger|getenv|getProperty)"
                            + "|System\\.(out|err|in)"
                            + "|Instant\\.now|Math\\.random");

    private PurityChecks() {}

    static List<Complaint> pureModules(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            if (!file.isMainCode() || !PURE.contains(file.moduleFolder())) {
                continue;
            }
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
                    String name = tree.getQualifiedIdentifier().toString();
                    if (IMPURE_IMPORT.matcher(name).matches()) {
                        refuse(tree, name);
                    }
                    return null;
                }

                @Override
                public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
                    if (tree.getName().contentEquals("Thread")) {
                        refuse(tree, "Thread");
                    }
                    return null;
                }

                @Override
                public @Nullable Void visitMemberSelect(
                        MemberSelectTree tree, @Nullable Void unused) {
                    String name = tree.toString();
                    if (IMPURE_CALL.matcher(name).matches()
                            || IMPURE_IMPORT.matcher(name).matches()) {
                        refuse(tree, name);
                        return null;
                    }
                    return super.visitMemberSelect(tree, unused);
                }

                private void refuse(Tree tree, String name) {
                    String what = name + " in a pure module";
                    found.add(new Complaint(file.path(), file.firstLine(tree), what));
                }
            }.scan(file.unit().orElse(null), null);
        }
        return found;
    }

    /**
     * A pure module never makes an {@code IOException} nor declares one for its callers; a private
     * method may pass on what a library declares.
     */
    static List<Complaint> ioExceptions(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            if (!file.isMainCode() || !PURE.contains(file.moduleFolder())) {
                continue;
            }
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                    if (!method.getModifiers().getFlags().contains(Modifier.PRIVATE)) {
                        method.getThrows().forEach(this::refuse);
                    }
                    return super.visitMethod(method, unused);
                }

                @Override
                public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
                    refuse(tree.getIdentifier());
                    return super.visitNewClass(tree, unused);
                }

                private void refuse(ExpressionTree type) {
                    if (type.toString().matches(".*(IOException|EOFException)")) {
                        String what = type + " outside the I/O modules";
                        found.add(new Complaint(file.path(), file.firstLine(type), what));
                    }
                }
            }.scan(file.unit().orElse(null), null);
        }
        return found;
    }
}
