package clawsec.testkit;

import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.TreeSet;

/** What a module says of itself, in the words a {@code ModuleTest} compares. */
public final class Descriptor {
    private Descriptor() {}

    /** The packages a module exports to everyone, sorted. */
    public static Set<String> exports(Module module) {
        Set<String> names = new TreeSet<>();
        for (ModuleDescriptor.Exports exports : module.getDescriptor().exports()) {
            if (!exports.isQualified()) {
                names.add(exports.source());
            }
        }
        return names;
    }

    /** The modules it requires at run time, without java.base, sorted. */
    public static Set<String> requires(Module module) {
        Set<String> names = new TreeSet<>();
        for (ModuleDescriptor.Requires requires : module.getDescriptor().requires()) {
            boolean isStatic =
                    requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC);
            boolean isMandated =
                    requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED);
            if (!isStatic && !isMandated) {
                names.add(requires.name());
            }
        }
        return names;
    }
}
