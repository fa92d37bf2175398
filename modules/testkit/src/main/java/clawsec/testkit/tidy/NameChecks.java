package clawsec.testkit.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Names that say nothing, and {@code Optional} where a value or an overload belongs. */
final class NameChecks {
    private static final List<String> EMPTY_ENDINGS =
            List.of("Impl", "Util", "Utils", "Helper", "Manager", "Base");

    private NameChecks() {}

    static List<Complaint> typeNames(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
                    String name = type.getSimpleName().toString();
                    for (String ending : EMPTY_ENDINGS) {
                        if (name.endsWith(ending)) {
                            String what = "type " + name + ": '" + ending + "' says nothing";
                            found.add(new Complaint(file.path(), file.firstLine(type), what));
                        }
                    }
                    return super.visitClass(type, unused);
                }
            }.scan(file.unit().orElse(null), null);
        }
        return found;
    }

    /** A record's component is allowed; a field, or a parameter of a method, is not. */
    static List<Complaint> optionals(List<SourceFile> files) {
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                private boolean isInRecord;

                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
                    boolean outer = isInRecord;
                    isInRecord = type.getKind() == Tree.Kind.RECORD;
                    for (Tree member : type.getMembers()) {
                        if (member instanceof VariableTree field && !isComponent(field)) {
                            refuse(field, "field");
                        }
                    }
                    super.visitClass(type, unused);
                    isInRecord = outer;
                    return null;
                }

                @Override
                public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                    boolean isConstructor = method.getReturnType() == null;
                    if (!(isInRecord && isConstructor)) {
                        method.getParameters().forEach(each -> refuse(each, "parameter"));
                    }
                    return super.visitMethod(method, unused);
                }

                private boolean isComponent(VariableTree field) {
                    return isInRecord && !field.getModifiers().getFlags().contains(Modifier.STATIC);
                }

                private void refuse(VariableTree variable, String kind) {
                    Tree type = variable.getType();
                    if (type != null
                            && type.toString()
                                    .matches("(java\\.util\\.)?Optional(Int|Long|Double)?\\b.*")) {
                        String what = kind + " " + variable.getName() + " is an Optional";
                        found.add(new Complaint(file.path(), file.firstLine(variable), what));
                    }
                }
            }.scan(file.unit().orElse(null), null);
        }
        return found;
    }
}
