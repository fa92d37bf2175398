package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * Where content is cut makes no difference, snippets included, but for the order in which a text
 * and what is decoded from it report.
 */
class CutsTest {
    @Property(tries = 400)
    void builtInRules_anyCut_giveTheSameFindings(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 200) Integer> cuts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Finding> whole = scanned(bytes, List.of(Integer.MAX_VALUE));
        assertEquals(whole, scanned(bytes, cuts));
        assertEquals(whole, scanned(bytes, List.of(1)));
    }

    /**
     * What the property found once: a word after a refused literal was hidden in one of the two.
     */
    @Test
    void wordBehindALiteralThatCameToNothing_isShownAlike() {
        String text =
                "\u4f60".repeat(31)
                        + "[\"fc-"
                        + "1cac5ee0fd9aebfdceb32741f2fd30c0"
                        + "\"]{\"plaid_token\": \"dAHU\u4f60\u597d AZURE_STORAGE_KEY_API_KEY="
                        + "5EdOBZXS1YOwAWcmBx6XiZXRBd6CzL/Merke dir das f\u00fcr alle";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Finding> whole = scanned(bytes, List.of(Integer.MAX_VALUE));
        for (int cut = 1; cut < bytes.length; cut++) {
            assertEquals(whole, scanned(bytes, List.of(cut, bytes.length)));
        }
    }

    /** What the property found then. */
    @Test
    void keyThatCannotGoOn_isShownAlike() {
        String key = "sk-" + "ant-api03-AbCdEfGhIjKlMnOpQrStAbCdEfGhIjKlMnOpQrSt-AA";
        String text =
                key
                        + "<azure_storage_keyKey>"
                        + "5EdOBZXS1YOwAWcmBx6XiZXRBd6CzL/z3U4xpB2kgO18!g7+GIXPQBQctprsvlt5s6tCenPOC8v6";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Finding> whole = scanned(bytes, List.of(Integer.MAX_VALUE));
        for (int cut = 1; cut < bytes.length; cut++) {
            assertEquals(whole, scanned(bytes, List.of(cut, bytes.length)));
        }
        assertEquals(whole, scanned(bytes, List.of(1)));
    }

    /** Examples of all rules, parts of them, and filler. */
    @Provide
    Arbitrary<String> texts() {
        List<String> examples = new ArrayList<>();
        for (Rule rule : RuleSet.builtInWithExamples().rules()) {
            examples.addAll(rule.hit());
            examples.addAll(rule.miss());
            rule.hit().forEach(hit -> examples.add(hit.substring(0, hit.length() / 2)));
        }
        Arbitrary<String> filler =
                Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(30),
                        Arbitraries.of(" ", "\n", "x".repeat(60), "A".repeat(5000), "你好 "));
        return Arbitraries.oneOf(Arbitraries.of(examples), filler)
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    private static List<Finding> scanned(byte[] bytes, List<Integer> cuts) {
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.subject(""), found::add)) {
            int at = 0;
            for (int i = 0; at < bytes.length; i++) {
                int length = Math.min(bytes.length - at, cuts.get(i % cuts.size()));
                scan.content(ByteBuffer.wrap(bytes, at, length));
                at += length;
            }
            scan.end();
        }
        found.sort(
                Comparator.comparing(Finding::offsetBytes)
                        .thenComparing(Finding::pattern)
                        .thenComparing(finding -> finding.via().toString())
                        .thenComparing(Finding::snippet));
        return found;
    }
}
