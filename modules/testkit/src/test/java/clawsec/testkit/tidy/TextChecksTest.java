package clawsec.testkit.tidy;

import static clawsec.testkit.tidy.Samples.complaints;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextChecksTest {
    private static final String WORD = "TO" + "DO";

    @Test
    void reminders_withoutIssue_areRefused() {
        String text = "fine\n# " + WORD + " mend\n# " + WORD + " (#12) mend\n# FIX" + "ME\n";
        assertEquals(
                List.of(
                        "2: a reminder without an issue number",
                        "4: a reminder without an issue number"),
                complaints(TextChecks::reminders, "Makefile", text));
    }

    @Test
    void authorTags_areRefused() {
        assertEquals(
                List.of("1: an author tag: the history knows"),
                complaints(TextChecks::authorTags, "notes.md", "@auth" + "or somebody"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/home/|builder/x", "/Users/|Jo/x", "C:\\Users|\\jo", "/usr/lib/jvm/|j"})
    void machinePaths_areRefusedOutsideTestdata(String cutInTwo) {
        String text = "see " + cutInTwo.replace("|", "");
        assertEquals(
                List.of("1: a path of one machine"),
                complaints(TextChecks::machinePaths, "jlink/README.md", text));
        assertEquals(List.of(), complaints(TextChecks::machinePaths, "testdata/a.txt", text));
    }

    @Test
    void machinePaths_nobodysHome_isAllowed() {
        assertEquals(
                List.of(), complaints(TextChecks::machinePaths, "a.md", "/home/user/.ssh/config"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-|ant-api03-abcdefghijklmnop",
                "AKI|A0123456789ABCDEF",
                "-----BEGIN RSA| PRIVATE KEY-----",
                "gh|p_0123456789abcdefghijABCDEFGHIJ012345",
                "AIz|aabcdefghijklmnopqrstuvwxyz012345678",
                "xox|b-0123456789-0123456789"
            })
    void secrets_areRefusedOutsideTestdataAndRules(String cutInTwo) {
        String text = "key = " + cutInTwo.replace("|", "");
        assertEquals(1, complaints(TextChecks::secrets, "modules/ctl/notes.txt", text).size());
        assertEquals(List.of(), complaints(TextChecks::secrets, "testdata/a.txt", text));
        String rules = "modules/detect/src/main/resources/clawsec/detect/rules/ai.json";
        assertEquals(List.of(), complaints(TextChecks::secrets, rules, text));
    }

    @Test
    void secrets_thatSaySoThemselves_areAllowed() {
        String text = "sk-" + "ant-a-made-up-key-of-no-use";
        assertEquals(List.of(), complaints(TextChecks::secrets, "README.md", text));
    }
}
