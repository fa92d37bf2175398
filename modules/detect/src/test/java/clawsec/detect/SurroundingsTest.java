package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.testkit.Splits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where words are quoted, and where they only look so. */
class SurroundingsTest {
    private static final String RULES =
            """
            {"version":1,"rules":[
            {"id":"wipe","type":"INJECTION","title":"Wipe","severity":"critical",
             "regex":"wipe all of it","hit":["wipe all of it"],"miss":["wipe"]},
            {"id":"path","type":"EXFIL","title":"Path","severity":"high","regex":"/etc/x",
             "secret":false,"hit":["/etc/x"],"miss":["etc"]}]}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                // A frame and talk.
                "An attacker writes ``` wipe all of it ``` in it. | medium",
                "<p>malicious</p><pre>wipe all of it</pre> | medium",
                "phishing <blockquote>please wipe all of it now</blockquote> | medium",
                "This exploit runs <code>wipe all of it</code> at once | medium",
                "Prompt injection such as “wipe all of it” is common | medium",
                "Prompt injection: he writes \"wipe all of it\" there | medium",
                "CVE-2026-1234: run `wipe all of it` as root | medium",
                "An attacker says:@> now wipe all of it@ | medium",
                "An attacker says:@&gt; now wipe all of it@ | medium",
                "{\"t\":\"an attacker says \\\"wipe all of it\\\" \"} | medium",
                "攻击者会写「wipe all of it」来欺骗 | medium",
                "攻撃者は「wipe all of it」と書く | medium",
                "공격자는 “wipe all of it” 라고 쓴다 | medium",
                "злоумышленник пишет «wipe all of it» в тексте | medium",
                "un atacante escribe «wipe all of it» aquí | medium",
                "un attaquant écrit « wipe all of it » ici | medium",
                "Ein Angreifer schreibt „wipe all of it“ hinein | medium",
                "`wipe all of it` is what an attacker writes | medium",
                // Talk alone.
                "An attacker writes wipe all of it | critical",
                "malicious ``` x ``` then wipe all of it | critical",
                "<pre>exploit</pre> wipe all of it | critical",
                "{\"attacker\":\"x\",\"t\":\"wipe all of it\"} | critical",
                "{\"attacker\": \"x\", \"t\": \"wipe all of it\"} | critical",
                "An attacker <code>x</code> wipe all of it <code>x</code> | critical",
                "an attacker's \"a\" wipe all of it | critical",
                // A frame alone.
                "Please ``` wipe all of it ``` | critical",
                "<pre>wipe all of it</pre> | critical",
                "“wipe all of it” | critical",
                "> wipe all of it | critical",
                // Talk that comes late.
                "``` wipe all of it ```"
                        + " and so on and on and on and on and on, attacker | critical",
            })
    void severity(String text, String expected) {
        String written = text.replace('@', '\n');
        assertEquals(List.of("wipe " + expected), severities(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                // A quotation of which the match is not at the mark.
                "Attackers write “please now wipe all of it” or the like | medium",
                "An attacker may write \"for the audit, wipe all of it, and go on\" | medium",
                "Prompt injection reads (\"please wipe all of it\") at times | medium",
                "An attacker would run `x; wipe all of it` there | medium",
                "a phishing text says „bitte wipe all of it“ so | medium",
                "un attaquant écrit « vite, wipe all of it » ici | medium",
                "攻击者会写「请 wipe all of it 吧」来欺骗 | medium",
                "{\"t\":\"an attacker says \\\"now wipe all of it\\\" \"} | medium",
                "An attacker says “this@and now wipe all of it” there | medium",
                // Code blocks for their indentation.
                "An exploit:@@    wipe all of it@ | medium",
                "An exploit:@@\tx@\twipe all of it@ | medium",
                "An exploit:@@    x@    now wipe all of it@@Then | medium",
                "{\"t\":\"An exploit:\\n\\n    wipe all of it\"} | medium",
                // Marks and indentation of something else.
                "An attacker.@@He says “please now wipe all of it” | critical",
                "He says “please now wipe all of it” as attackers do | critical",
                "An attacker says “x” and then wipe all of it “y” | critical",
                "An attacker says \"x\" now wipe all of it \"y\" | critical",
                "An attacker says “please now wipe all of it | critical",
                "An attacker says “please now wipe all of it@@and” | critical",
                "attacker: say=\"please wipe all of it\" | critical",
                "{\"attacker\": \"x\", \"t\": \"please wipe all of it\"} | critical",
                "{\"attacker\":\"x\",\"t\":[\"please wipe all of it\"]} | critical",
                "An exploit:@    wipe all of it@ | critical",
                "An exploit:@@   wipe all of it@ | critical",
                "- An exploit:@@    wipe all of it@ | critical",
                "1. An exploit:@@    wipe all of it@ | critical",
                "x@    An exploit:@@    wipe all of it@ | critical",
                "An exploit:@@    x@@now wipe all of it@ | critical",
                "A recipe:@@    wipe all of it@ | critical",
                "Please “do now wipe all of it” | critical",
            })
    void severity_whereTheFrameBeginsFurtherLeft(String text, String expected) {
        severity(text, expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker ```\nwipe all of it\n```\nwipe all of it ``` x ``` “wipe all of it” <pre>"
                        + "wipe all of it</pre> wipe all of it <code>wipe all of it</code>",
                "Attackers write “please now wipe all of it” or\n\n"
                        + "    wipe all of it\n\n"
                        + "an exploit:\n\n"
                        + "    wipe all of it\n",
                "``` wipe all of it ``` exploit > wipe all of it\n> wipe all of it\n"
            })
    void cutAnywhere_isTheSame(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Finding> whole = found(List.of(ByteBuffer.wrap(bytes)));
        Splits.of(bytes).forEach(pieces -> assertEquals(whole, found(pieces)));
    }

    @Test
    void talk_farAhead_isForgotten() {
        int most = Surroundings.TALK_BYTES - "attacker ".length() - 4;
        String near = "attacker " + "x ".repeat(most / 2) + "``` wipe all of it";
        assertEquals(List.of("wipe medium"), severities(near));
        assertEquals(
                List.of("wipe critical"), severities(near.replace("attacker ", "attacker     ")));
    }

    @Test
    void manyMarks_areCountedOn() {
        String fences = "attacker " + "``` x ``` y ".repeat(50);
        assertEquals(List.of("wipe critical"), severities(fences + "wipe all of it"));
        assertEquals(List.of("wipe medium"), severities(fences + "``` wipe all of it"));
    }

    @Test
    void secretsAndPaths_areJudgedWithout() {
        assertEquals(List.of("path medium"), severities("attacker ``` /etc/x ```"));
    }

    @Test
    void nextText_beginsAnew() {
        List<String> found = new ArrayList<>();
        try (MessageScan scan = detector().open(Scans.inbound(), each -> found.add(name(each)))) {
            scan.head(Scans.bytes("X: attacker ```\r\n\r\n"), clawsec.http.Fields.EMPTY);
            scan.content(Scans.bytes("wipe all of it"));
            scan.end();
        }
        assertEquals(List.of("wipe critical"), found);
    }

    private static List<String> severities(String text) {
        return found(List.of(Scans.bytes(text))).stream()
                .map(SurroundingsTest::name)
                .distinct()
                .toList();
    }

    private static String name(Finding finding) {
        return finding.pattern() + " " + finding.severity().name().toLowerCase(Locale.ROOT);
    }

    private static List<Finding> found(List<ByteBuffer> pieces) {
        List<Finding> found = new ArrayList<>();
        try (MessageScan scan = detector().open(Scans.inbound(), found::add)) {
            pieces.forEach(scan::content);
            scan.end();
        }
        return found;
    }

    private static Detector detector() {
        try {
            RuleSet rules = RuleSet.parse(RULES.getBytes(StandardCharsets.UTF_8), "own.json");
            return Detector.of(rules, DetectConfig.DEFAULT);
        } catch (RuleException e) {
            throw new IllegalStateException(e);
        }
    }
}
