package clawsec.testkit.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not stand in any text: unowned reminders, author tags, paths of one machine, secrets.
 */
final class TextChecks {
    private static final Pattern REMINDER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b(.*)");
    private static final Pattern ISSUE = Pattern.compile("#\\d+");
    private static final Pattern AUTHOR = Pattern.compile("@auth" + "or\\b");

    /** Names that tests and examples give to nobody's home. */
    private static final Pattern MACHINE_PATH =
            Pattern.compile(
                    "/home/(?!(user|agent|alice|bob|me|you)\\b)[a-z]"
                            + "|/Users/(?!(user|agent|alice|bob|me|you)\\b)[A-Za-z]"
                            + "|[A-Z]:\\\\+Users\\\\"
                            + "|/usr/lib/jvm/[a-z]");

    private static final Pattern SECRET =
            Pattern.compile(
                    "sk-(live|pro|proj|ant|gpt|test)[A-Za-z0-9_-]{20,}"
                            + "|\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"
                            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----"
                            + "|ssh-rsa\\s+AAAA[A-Za-z0-9+/]{36,}"
                            + "|\\bgh[pousr]_[A-Za-z0-9]{36}"
                            + "|\\bxox[abprs]-[A-Za-z0-9-]{20,}"
                            + "|\\bAIza[A-Za-z0-9_-]{35}");

    /** A string that says of itself that it is no secret. */
    private static final Pattern SAYS_SO = Pattern.compile("(?i)made-?up|example|not-?a-?real");

    private TextChecks() {}

    static List<Complaint> reminders(List<SourceFile> files) {
        return search(
                files,
                REMINDER,
                found -> !ISSUE.matcher(found.group(2)).find(),
                "a reminder without an issue number");
    }

    static List<Complaint> authorTags(List<SourceFile> files) {
        return search(files, AUTHOR, found -> true, "an author tag: the history knows");
    }

    static List<Complaint> machinePaths(List<SourceFile> files) {
        return search(outsideExamples(files), MACHINE_PATH, found -> true, "a path of one machine");
    }

    static List<Complaint> secrets(List<SourceFile> files) {
        return search(
                outsideExamples(files),
                SECRET,
                found -> !SAYS_SO.matcher(found.group()).find(),
                "looks like a secret; examples belong in testdata/ or a rule file");
    }

    private static List<SourceFile> outsideExamples(List<SourceFile> files) {
        return files.stream().filter(file -> !isExample(file.path())).toList();
    }

    /** Test data, and rule files with their hits and misses. */
    private static boolean isExample(String path) {
        return path.startsWith("testdata/") || path.matches(".*/resources/.*\\.json");
    }

    private static List<Complaint> search(
            List<SourceFile> files, Pattern pattern, Predicate<Matcher> counts, String what) {
        List<Complaint> complaints = new ArrayList<>();
        for (SourceFile file : files) {
            for (int i = 0; i < file.lines().size(); i++) {
                Matcher found = pattern.matcher(file.lines().get(i));
                while (found.find()) {
                    if (counts.test(found)) {
                        complaints.add(new Complaint(file.path(), i + 1, what));
                    }
                }
            }
        }
        return complaints;
    }
}
