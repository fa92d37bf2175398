package clawsec.testkit.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sizes of files, methods and lines, and one top-level type a file. */
final class ShapeChecks {
    static final int FILE_LINES = 400;
    static final int METHOD_LINES = 60;
    static final int LINE_COLUMNS = 110;

    private ShapeChecks() {}

    static List<Complaint> fileLength(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            int count = file.lines().size();
            if (file.unit().isPresent() && count > FILE_LINES) {
                found.add(
                        new Complaint(file.path(), count, count + " lines, at most " + FILE_LINES));
            }
        }
        return found;
    }

    static List<Complaint> lineLength(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            for (int i = 0; file.unit().isPresent() && i < file.lines().size(); i++) {
                String line = file.lines().get(i);
                int columns = line.codePointCount(0, line.length());
                if (columns > LINE_COLUMNS) {
                    found.add(
                            new Complaint(
                                    file.path(),
                                    i + 1,
                                    columns + " columns, at most " + LINE_COLUMNS));
                }
            }
        }
        return found;
    }

    static List<Complaint> methodLength(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                    measure(method, "method " + method.getName());
                    return super.visitMethod(method, unused);
                }

                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
                    for (Tree member : type.getMembers()) {
                        if (member instanceof BlockTree) {
                            measure(member, "initializer");
                        }
                    }
                    return super.visitClass(type, unused);
                }

                private void measure(Tree tree, String what) {
                    long first = file.firstLine(tree);
                    long count = file.lastLine(tree) - first + 1;
                    if (count > METHOD_LINES) {
                        String length = " has " + count + " lines, at most " + METHOD_LINES;
                        found.add(new Complaint(file.path(), first, what + length));
                    }
                }
            }.scan(file.unit().orElse(null), null);
        }
        return found;
    }

    static List<Complaint> oneTopLevelType(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            List<? extends Tree> types =
                    file.unit().map(CompilationUnitTree::getTypeDecls).orElse(List.of());
            for (Tree type : types.stream().skip(1).toList()) {
                found.add(
                        new Complaint(
                                file.path(),
                                file.firstLine(type),
                                "a second top-level type; give it a file of its own"));
            }
        }
        return found;
    }
}
