package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule for any assigned secret gives way to one that knows the secret. */
class GenericRuleTest {
    private static final String RULES =
            """
            {"version":1,"rules":[
            {"id":"any","type":"EXFIL","title":"Any","severity":"high","generic":true,
             "regex":"token=[a-z_]{4,60}","prefix":"token=","entropy":1,
             "hit":["token=abcd"],"miss":["token","token=aaaa"]},
            {"id":"known","type":"EXFIL","title":"Known","severity":"high",
             "regex":"key_[a-z]{8}","prefix":"key_","entropy":3,
             "hit":["key_abcdefgh"],"miss":["key_","key_aaaaaaaa"]}]}
            """;

    @ParameterizedTest
    @CsvSource({
        "token=abcdefgh, any",
        "token=key_abcdefgh, known",
        "token=x_key_abcdefgh_and_more, known",
        "token=key_aaaaaaab, any",
        "token=abcd key_abcdefgh, any known",
        "key_abcdefgh token=abcd, known any",
    })
    void text_isReportedAs(String text, String expected) throws RuleException {
        RuleSet rules = RuleSet.parse(RULES.getBytes(StandardCharsets.UTF_8), "f.json");
        Detector detector = Detector.of(rules, DetectConfig.DEFAULT);
        List<String> wanted = List.of(expected.split(" "));
        assertEquals(wanted, Scans.patterns(Scans.content(detector, text)));
        assertEquals(wanted, Scans.patterns(Scans.content(detector, text + " ".repeat(100))));
    }
}
