package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Severity from rule, direction, destination and surroundings. */
class JudgementTest {
    private static final String RULES =
            """
            {"version":1,"rules":[
            {"id":"key","type":"EXFIL","title":"Key","severity":"high","regex":"key_[a-z]{4,8}",
             "home_hosts":["api.home.example","*.home.test"],"examples":["key_exam(ple)?\\\\b"],
             "lesser":["key_less"],
             "hit":["key_abcd"],"miss":["key"]},
            {"id":"token","type":"EXFIL","title":"Token","severity":"high","regex":"tok_[a-z]{4}",
             "hit":["tok_abcd"],"miss":["tok"]},
            {"id":"two","type":"EXFIL","title":"Two","severity":"high","regex":"two_[a-z]{4,8}",
             "homes":[{"prefix":"two_a","hosts":["a.test"]},
                      {"prefix":"two_[ab]","hosts":["*.b.test","!out.b.test"]}],
             "home_hosts":["c.test"],"tenant_hosts":["*.t.test"],
             "hit":["two_abcd","two_bcde"],"miss":["two"]},
            {"id":"some","type":"EXFIL","title":"Some","severity":"high","regex":"some_[a-z]{4,8}",
             "homes":[{"prefix":"some_a","hosts":["a.test"]}],"hit":["some_abcd"],"miss":["some"]},
            {"id":"path","type":"EXFIL","title":"Path","severity":"low","regex":"/etc/x",
             "secret":false,"hit":["/etc/x"],"miss":["etc"]},
            {"id":"wipe","type":"INJECTION","title":"Wipe","severity":"critical","regex":"wipe (all|one)",
             "lesser":["wipe one"],"hit":["wipe all"],"miss":["wipe"]},
            {"id":"nag","type":"INJECTION","title":"Nag","severity":"low","regex":"do nag",
             "hit":["do nag"],"miss":["nag"]},
            {"id":"note","type":"INJECTION","title":"Note","severity":"info","regex":"do note",
             "hit":["do note"],"miss":["note"]}]}
            """;

    @ParameterizedTest
    @CsvSource({
        // rule, match, direction, destination, quoted, severity
        "key,   key_abcd,     outbound, api.home.example:443, false, info",
        "key,   key_abcd,     outbound, API.Home.Example:443, false, info",
        "key,   key_abcd,     outbound, a.b.home.test:8443,   false, info",
        "key,   key_abcd,     outbound, home.test:443,        false, critical",
        "key,   key_abcd,     outbound, evilhome.test:443,    false, critical",
        "key,   key_abcd,     outbound, api.home.example.evil.test:443, false, critical",
        "key,   key_abcd,     outbound, [::1]:443,            false, critical",
        "key,   key_abcd,     inbound,  api.home.example:443, false, medium",
        "key,   key_abcd,     inbound,  other.test:443,       false, medium",
        "key,   key_abcd,     outbound, other.test:443,       true,  critical",
        "key,   key_example,  outbound, other.test:443,       false, low",
        "key,   key_exam,     outbound, api.home.example:443, false, low",
        "key,   key_example,  inbound,  docs.test:443,        false, nothing",
        "key,   key_examples, inbound,  docs.test:443,        false, medium",
        "key,   key_less,     outbound, other.test:443,       false, medium",
        "key,   key_less,     outbound, api.home.example:443, false, info",
        "token, tok_abcd,     outbound, other.test:443,       false, high",
        "token, tok_abcd,     inbound,  other.test:443,       true,  medium",
        "path,  /etc/x,       outbound, other.test:443,       true,  low",
        "wipe,  wipe all,     inbound,  other.test:443,       false, critical",
        "wipe,  wipe all,     inbound,  other.test:443,       true,  medium",
        "wipe,  wipe all,     outbound, other.test:443,       false, medium",
        "wipe,  wipe all,     outbound, other.test:443,       true,  low",
        "wipe,  wipe one,     inbound,  other.test:443,       false, medium",
        "wipe,  wipe one,     inbound,  other.test:443,       true,  low",
        "wipe,  wipe one,     outbound, other.test:443,       false, low",
        "nag,   do nag,       inbound,  other.test:443,       true,  low",
        "note,  do note,      inbound,  other.test:443,       true,  info",
    })
    void severity(
            String id,
            String match,
            String direction,
            String dest,
            boolean isQuoted,
            String expected)
            throws RuleException {
        assertEquals(expected, judged(id, match, direction, dest, isQuoted));
    }

    @ParameterizedTest
    @CsvSource({
        // rule, match, direction, destination, severity
        "two,   two_abcd,     outbound, a.test:443,           info",
        "two,   two_abcd,     outbound, x.b.test:443,         critical",
        "two,   two_abcd,     outbound, c.test:443,           critical",
        "two,   two_bcde,     outbound, x.b.test:443,         info",
        "two,   two_bcde,     outbound, out.b.test:443,       critical",
        "two,   two_bcde,     outbound, a.test:443,           critical",
        "two,   two_cdef,     outbound, c.test:443,           info",
        "two,   two_cdef,     outbound, a.test:443,           critical",
        "two,   two_abcd,     outbound, x.t.test:443,         medium",
        "two,   two_cdef,     outbound, x.t.test:443,         medium",
        "two,   two_cdef,     inbound,  x.t.test:443,         medium",
        "some,  some_abcd,    outbound, a.test:443,           info",
        "some,  some_abcd,    outbound, b.test:443,           critical",
        "some,  some_bcde,    outbound, b.test:443,           high",
    })
    void severity_ofASecretWhoseBeginningTellsItsHome(
            String id, String match, String direction, String dest, String expected)
            throws RuleException {
        assertEquals(expected, judged(id, match, direction, dest, false));
    }

    private static String judged(
            String id, String match, String direction, String dest, boolean isQuoted)
            throws RuleException {
        CompiledRule rule = rule(id);
        Subject subject =
                new Subject(
                        Direction.valueOf(direction.toUpperCase(Locale.ROOT)),
                        Protocol.HTTPS,
                        "127.0.0.1",
                        dest,
                        "GET",
                        "");
        Optional<Severity> severity =
                Judgement.severity(
                        rule,
                        subject,
                        match.getBytes(StandardCharsets.UTF_8),
                        new byte[0],
                        isQuoted);
        return severity.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse("nothing");
    }

    private static CompiledRule rule(String id) throws RuleException {
        return RuleSet.parse(RULES.getBytes(StandardCharsets.UTF_8), "f.json").all().stream()
                .filter(each -> each.rule().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
