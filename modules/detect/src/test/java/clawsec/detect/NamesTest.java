package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets between underscores: in the names of files, and emphasized in Markdown. */
class NamesTest {
    @Test
    void matched_hitOfARuleForNames_isFoundBehindAnUnderscore() {
        List<String> missed = new ArrayList<>();
        int tried = 0;
        for (CompiledRule rule : RuleSet.builtInWithExamples().all()) {
            if (rule.rule().secret().map(SecretRule::isInNames).orElse(false)) {
                byte[] secret = rule.matched(rule.rule().hit().getFirst()).getFirst();
                String text = new String(secret, StandardCharsets.ISO_8859_1);
                boolean hasOwn = text.startsWith("_");
                tried++;
                if (!rule.matches("x_" + text + ".bak")
                        || (!hasOwn && rule.matches("x" + text + ".bak"))) {
                    missed.add(rule.rule().id());
                }
            }
        }
        assertEquals(List.of(), missed);
        assertTrue(tried > 100, "" + tried);
    }

    @Test
    void matched_bodyWithoutUnderscores_endsBeforeOne() throws RuleException {
        assertTrue(rule("\\\\btok_[a-f]{8}\\\\b").matches("_tok_abcdefab_old"));
    }

    /** The underscore may be one of its own, so that what matched would be the front of more. */
    @Test
    void matched_bodyWithUnderscores_goesOnWithOne() throws RuleException {
        CompiledRule rule = rule("\\\\btok_\\\\w{8}\\\\b");
        assertTrue(rule.matches("_tok_abcdefab"));
        assertEquals(List.of(), rule.matched("_tok_abcdefab_old"));
    }

    private static CompiledRule rule(String regex) throws RuleException {
        String json =
                """
                {"version":1,"rules":[{"id":"own","type":"EXFIL","title":"Own","severity":"low",
                 "in_names":true,"regex":"%s","hit":["tok_abcdefab"],"miss":["tok_x"]}]}\
                """;
        byte[] file = json.formatted(regex).getBytes(StandardCharsets.UTF_8);
        return RuleSet.parse(file, "f.json").all().getFirst();
    }
}
