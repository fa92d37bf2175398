package clawsec.testkit.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Links between the repository's own pages lead somewhere. */
final class LinkCheck {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

    private LinkCheck() {}

    static List<Complaint> of(List<SourceFile> files) {
        Set<String> paths = files.stream().map(SourceFile::path).collect(Collectors.toSet());
        List<Complaint> found = new ArrayList<>();
        for (SourceFile file : files) {
            for (int i = 0; file.path().endsWith(".md") && i < file.lines().size(); i++) {
                Matcher link = LINK.matcher(file.lines().get(i));
                while (link.find()) {
                    if (!link.group(1).contains(":")
                            && !leadsSomewhere(file, link.group(1), paths)) {
                        String what = "no file " + link.group(1);
                        found.add(new Complaint(file.path(), i + 1, what));
                    }
                }
            }
        }
        return found;
    }

    private static boolean leadsSomewhere(SourceFile from, String link, Set<String> paths) {
        Path target = Path.of(from.path()).resolveSibling(link).normalize();
        String path = target.toString().replace('\\', '/');
        return paths.contains(path) || paths.stream().anyMatch(each -> each.startsWith(path + "/"));
    }
}
