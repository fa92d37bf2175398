package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A sentence is found wherever its line ends, and whatever is emphasized in it. */
class WrappedWordsTest {
    /** What a space is written as; the word behind it stands for {@code %}. */
    private static final List<String> GAPS =
            List.of("\n%", "\r\n    %", "  %", "\n> %", "\n * %", "\n// %", "\n# %", " **%**");

    @Test
    void everyInjection_withAGapWrittenOtherwise_isFound() {
        List<String> missed = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (Rule rule : RuleSet.builtInWithExamples().rules()) {
            if (!rule.regex().startsWith("(?w)")) {
                continue;
            }
            for (String hit : rule.hit()) {
                for (String gap : GAPS) {
                    for (String text : written(hit, gap)) {
                        counts.merge(gap, 1, Integer::sum);
                        if (!isFound(rule, text)) {
                            missed.add(rule.id() + ": " + text);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), missed);
        assertTrue(counts.values().stream().allMatch(count -> count > 2000), counts::toString);
    }

    /** A text with each of its gaps changed. */
    private static List<String> written(String text, String gap) {
        List<String> texts = new ArrayList<>();
        for (int at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
            int space = text.indexOf(' ', at + 1);
            int end = space < 0 ? text.length() : space;
            String word = text.substring(at + 1, end);
            boolean isBehindWord = at > 0 && Character.isLetter(text.charAt(at - 1));
            // What is no word, such as an address, is emphasized less often.
            if (isBehindWord && word.chars().allMatch(Character::isLetter)) {
                texts.add(text.substring(0, at) + gap.replace("%", word) + text.substring(end));
            }
        }
        return texts;
    }

    private static boolean isFound(Rule rule, String text) {
        Subject out = Scans.subject("");
        Subject subject = rule.directions().contains(Direction.OUTBOUND) ? out : Scans.inbound();
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(subject, found::add)) {
            scan.content(Scans.bytes(text));
            scan.end();
        }
        return Scans.patterns(found).contains(rule.id());
    }
}
