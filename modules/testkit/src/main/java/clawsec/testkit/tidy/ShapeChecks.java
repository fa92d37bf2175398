package clawsec.testkit.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** A line inside a text block is as long as the text it stands for. */
    static List<Complaint> lineLength(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            Set<Long> quoted = linesOfTextBlocks(file);
            for (int i = 0; file.unit().isPresent() && i < file.lines().size(); i++) {
                String line = file.lines().get(i);
                int columns = line.codePointCount(0, line.length());
                if (columns > LINE_COLUMNS && !quoted.contains(i + 1L)) {
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

    private static Set<Long> linesOfTextBlocks(SourceFile file) {
        Set<Long> lines = new HashSet<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
                if (literal.getKind() == Tree.Kind.STRING_LITERAL) {
                    long last = file.lastLine(literal);
                    for (long line = file.firstLine(literal) + 1; line <= last; line++) {
                        lines.add(line);
                    }
                }
                return null;
            }
        }.scan(file.unit().orElse(null), null);
        return lines;
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
