package clawsec.testkit.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A text file of the repository, and its syntax tree where it is Java. Confined to one thread. */
final class SourceFile {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES =
            COMPILER.getStandardFileManager(null, null, null);

    private final String path;
    private final List<String> lines;
    private final @Nullable CompilationUnitTree unit;
    private final @Nullable SourcePositions positions;

    private SourceFile(
            String path,
            List<String> lines,
            @Nullable CompilationUnitTree unit,
            @Nullable SourcePositions positions) {
        this.path = path;
        this.lines = lines;
        this.unit = unit;
        this.positions = positions;
    }

    /**
     * Reads one file.
     *
     * @param path relative to the repository's root, with slashes; {@code .java} is parsed
     * @throws IllegalArgumentException when Java does not parse
     */
    static SourceFile parse(String path, String text) {
        List<String> lines = text.lines().toList();
        if (!path.endsWith(".java")) {
            return new SourceFile(path, lines, null, null);
        }
        DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
        JavacTask task =
                (JavacTask)
                        COMPILER.getTask(
                                null, FILES, errors, List.of(), null, List.of(inMemory(text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            if (!errors.getDiagnostics().isEmpty()) {
                throw new IllegalArgumentException(path + ": " + errors.getDiagnostics());
            }
            return new SourceFile(path, lines, unit, Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String path() {
        return path;
    }

    List<String> lines() {
        return lines;
    }

    /** The syntax tree; empty where the file is not Java. */
    Optional<CompilationUnitTree> unit() {
        return Optional.ofNullable(unit);
    }

    /** {@code Thing.java} of {@code modules/x/src/main/java/clawsec/x/Thing.java}. */
    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What stands before {@code /src/}, such as {@code modules/ctl}; the path's folder else. */
    String moduleFolder() {
        int source = path.indexOf("/src/");
        int end = source >= 0 ? source : path.lastIndexOf('/');
        return end < 0 ? "" : path.substring(0, end);
    }

    boolean isMainCode() {
        return path.contains("/src/main/java/");
    }

    boolean isTestCode() {
        return path.contains("/src/test/java/");
    }

    long firstLine(Tree tree) {
        return line(position(tree, true));
    }

    long lastLine(Tree tree) {
        return line(position(tree, false));
    }

    private long position(Tree tree, boolean isStart) {
        if (unit == null || positions == null) {
            throw new IllegalStateException(path + " has no syntax tree");
        }
        return isStart
                ? positions.getStartPosition(unit, tree)
                : positions.getEndPosition(unit, tree);
    }

    private long line(long position) {
        return position < 0 || unit == null ? 1 : unit.getLineMap().getLineNumber(position);
    }

    private static JavaFileObject inMemory(String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
