package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetTest {
    private static final String RULE =
            """
            {"id":"own","type":"EXFIL","title":"Own","severity":"low","regex":"tok_[a-f]{8}",
             "hit":["tok_abcdefab"],"miss":["tok_xyz"]}\
            """;

    @Test
    void noRules_costNothing() throws RuleException {
        String none = "{\"version\":1,\"rules\":[]}";
        RuleSet rules = RuleSet.parse(none.getBytes(StandardCharsets.UTF_8), "f.json");
        assertEquals(0, rules.worstStepsPerByte());
    }

    @Test
    void parse_builtInFile_passesItsOwnChecks() throws IOException, RuleException {
        List<Rule> rules = new ArrayList<>();
        for (String resource : RuleSet.RESOURCES) {
            try (InputStream in = RuleSet.class.getResourceAsStream(resource)) {
                assertTrue(in != null);
                rules.addAll(RuleSet.parse(in.readAllBytes(), resource).rules());
            }
        }
        assertEquals(RuleSet.builtInWithExamples().rules(), rules);
    }

    @Test
    void parse_shortestRule_getsTheDefaults() throws RuleException {
        Rule rule = parse(file(RULE)).rules().getFirst();
        assertEquals(
                new Rule(
                        "own",
                        ThreatType.EXFIL,
                        "Own",
                        Severity.LOW,
                        "tok_[a-f]{8}",
                        false,
                        EnumSet.allOf(Direction.class),
                        Optional.of(SecretRule.PLAIN),
                        List.of(),
                        List.of(),
                        List.of("tok_abcdefab"),
                        List.of("tok_xyz")),
                rule);
    }

    @Test
    void parse_nestedTooDeep_saysWhere() {
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        RuleException refused =
                assertThrows(RuleException.class, () -> RuleSet.parse(deep, "deep.json"));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("deep.json line 1 column 22: not valid JSON: "), message);
    }

    /** Its literals are taken from there all the same: what others write has to be read. */
    @Test
    void parse_nothingButPlainGroups_isTaken() throws RuleException {
        Rule rule =
                parse(file(RULE.replace("tok_[a-f]{8}", "(?:tok_)[a-f]{8}"))).rules().getFirst();
        assertEquals("(?:tok_)[a-f]{8}", rule.regex());
    }

    @Test
    void parse_injectionWithDirections_isNoSecretAndKeepsThem() throws RuleException {
        Rule rule =
                parse(
                                file(
                                        RULE.replace("EXFIL", "INJECTION")
                                                .replace(
                                                        "\"hit\"",
                                                        "\"directions\":[\"inbound\"],\"hit\"")))
                        .rules()
                        .getFirst();
        assertEquals(EnumSet.of(Direction.INBOUND), rule.directions());
        assertEquals(false, rule.isSecret());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    "own"                ~ "Own Rule"               ~ f.json line 2 column 7: rule 1: id does not match [a-z0-9][a-z0-9_-]{0,63}
                    "EXFIL"              ~ "SSH_CONNECT"            ~ f.json line 2 column 20: rule own: type is not one of EXFIL, INJECTION
                    "low"                ~ "LOW"                    ~ f.json line 2 column 53: rule own: severity is not one of info, low, medium, high, critical
                    "Own"                ~ ""                       ~ f.json line 2 column 36: rule own: title is not a text, or an empty one
                    "Own"                ~ 7                        ~ f.json line 2 column 36: rule own: title is not a text, or an empty one
                    "title":"Own",       ~ ``                       ~ f.json line 2 column 1: rule own: title is missing
                    tok_[a-f]{8}         ~ tok_[a-f                 ~ f.json line 2 column 67: rule own: regex: unclosed '[' at character 5 of the expression
                    tok_[a-f]{8}         ~ [a-z]{12}               ~ f.json line 2 column 67: rule own: regex: no literal of 3 bytes or more stands in every match; spell out a part that is always there
                    tok_[a-f]{8}         ~ tok_[a-f]+x              ~ f.json line 2 column 67: rule own: regex: unbounded repetition before the end has no longest match; write {1,200} or another bound
                    tok_[a-f]{8}         ~ tok_(()){2}              ~ f.json line 2 column 67: rule own: regex: nothing to repeat at character 9 of the expression
                    "regex"              ~ "entropies":3,"regex"    ~ f.json line 2 column 71: rule 1: entropies is not known; there are allow, case_insensitive, checksum, directions, entropy, examples, generic, hit, holds, home_hosts, homes, id, in_names, lesser, miss, prefix, regex, secret, severity, tail, tenant_hosts, title, type, unless
                    ["tok_abcdefab"]     ~ []                       ~ f.json line 3 column 8: rule own: hit is empty
                    ["tok_abcdefab"]     ~ ["tok_abc"]              ~ f.json line 3 column 8: rule own: hit number 1 is not matched
                    ["tok_xyz"]          ~ ["a","tok_aaaaaaaaa"]    ~ f.json line 3 column 32: rule own: miss number 2 is matched
                    ["tok_xyz"]          ~ "x"                      ~ f.json line 3 column 32: rule own: miss is not a list
                    "hit"                ~ "secret":1,"hit"         ~ f.json line 3 column 11: rule own: secret is neither true nor false
                    "hit"                ~ "directions":["in"],"hit" ~ f.json line 3 column 15: rule own: directions is not one of outbound, inbound
                    "hit"                ~ "secret":false,"tail":"a+","hit" ~ f.json line 3 column 24: rule own: tail is for secrets, which this rule is not
                    "hit"                ~ "prefix":"(","hit"       ~ f.json line 3 column 11: rule own: prefix: unclosed '(' at character 1 of the expression
                    "hit"                ~ "entropy":9,"hit"        ~ f.json line 3 column 12: rule own: entropy is not a number from 0 to 8
                    "hit"                ~ "entropy":"3","hit"      ~ f.json line 3 column 12: rule own: entropy is not a number from 0 to 8
                    "hit"                ~ "entropy":4,"hit"        ~ f.json line 3 column 20: rule own: hit number 1 is not matched
                    "hit"                ~ "unless":["("],"hit"     ~ f.json line 3 column 11: rule own: unless: unclosed '(' at character 1 of the expression
                    "hit"                ~ "prefix":"tok_","unless":["K_"],"hit" ~ f.json line 3 column 40: rule own: hit number 1 is not matched
                    "hit"                ~ "holds":["vowel"],"hit"  ~ f.json line 3 column 10: rule own: holds is not one of digit, upper, lower, letter
                    "hit"                ~ "holds":["upper"],"hit"  ~ f.json line 3 column 26: rule own: hit number 1 is not matched
                    "hit"                ~ "holds":[],"hit"         ~ f.json line 3 column 10: rule own: holds is empty
                    "hit"                ~ "secret":false,"holds":["digit"],"hit" ~ f.json line 3 column 25: rule own: holds is for secrets, which this rule is not
                    "hit"                ~ "checksum":"md5","hit"   ~ f.json line 3 column 13: rule own: checksum is not one of base62_crc32, luhn, iban, bip39, jwt
                    "hit"                ~ "checksum":"luhn","hit"  ~ f.json line 3 column 26: rule own: hit number 1 is not matched
                    "hit"                ~ "allow":["fab$"],"hit"   ~ f.json line 3 column 10: rule own: allow: anchors are not supported; the character itself is \\$ at character 4 of the expression
                    "hit"                ~ "allow":["EFAB"],"hit"   ~ f.json line 3 column 25: rule own: hit number 1 is not matched
                    "hit"                ~ "home_hosts":["a b"],"hit" ~ f.json line 3 column 15: rule own: home_hosts has "a b", which is no host name, nor *. and one
                    "hit"                ~ "home_hosts":["a.*"],"hit" ~ f.json line 3 column 15: rule own: home_hosts has "a.*", which is no host name, nor *. and one
                    "hit"                ~ "home_hosts":["!a.test"],"hit" ~ f.json line 3 column 15: rule own: home_hosts begins with "!a.test", which takes out of nothing
                    "hit"                ~ "tenant_hosts":["a/b"],"hit" ~ f.json line 3 column 17: rule own: tenant_hosts has "a/b", which is no host name, nor *. and one
                    "hit"                ~ "homes":{},"hit"         ~ f.json line 3 column 10: rule own: homes is not a list
                    "hit"                ~ "homes":[7],"hit"        ~ f.json line 3 column 11: rule own: homes number 1: is not an object
                    "hit"                ~ "homes":[{"prefix":"tok_"}],"hit" ~ f.json line 3 column 11: rule own: homes number 1: hosts is missing
                    "hit"                ~ "homes":[{"hosts":["a.test"]}],"hit" ~ f.json line 3 column 11: rule own: homes number 1: prefix is missing
                    "hit"                ~ "homes":[{"prefix":"tok_","hosts":[]}],"hit" ~ f.json line 3 column 36: rule own: homes number 1: hosts is empty
                    "hit"                ~ "homes":[{"prefix":"tok_","host":["a.test"]}],"hit" ~ f.json line 3 column 35: rule own: homes number 1: host is not known; there are hosts, prefix
                    "hit"                ~ "homes":[{"prefix":"tok_","hosts":["a b"]}],"hit" ~ f.json line 3 column 36: rule own: homes number 1: hosts has "a b", which is no host name, nor *. and one
                    "hit"                ~ "homes":[{"prefix":"(","hosts":["a.test"]}],"hit" ~ f.json line 3 column 21: rule own: homes number 1: prefix: unclosed '(' at character 1 of the expression
                    "hit"                ~ "homes":[{"prefix":"x","hosts":["a.test"]}],"hit" ~ f.json line 3 column 10: rule own: homes number 1 is that of no hit; add one, or correct its prefix
                    "hit"                ~ "secret":false,"homes":[],"hit" ~ f.json line 3 column 25: rule own: homes is for secrets, which this rule is not
                    "hit"                ~ "secret":false,"entropy":1,"hit" ~ f.json line 3 column 27: rule own: entropy is for secrets, which this rule is not
                    "type":"EXFIL",      ~ "type":"EXFIL","type":"EXFIL", ~ f.json line 2 column 34: not valid JSON: Duplicate field 'type'
                    """)
    void parse_brokenRule_isRefusedWithPlaceRuleAndReason(
            String part, String with, String message) {
        assertTrue(RULE.contains(part));
        assertEquals(message, refusal(file(RULE.replace(part, with == null ? "" : with))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                   ~ f.json: is empty
                    [                                    ~ f.json line 1 column 2: not valid JSON: Unexpected end-of-input: expected close marker for Array
                    []                                   ~ f.json line 1 column 1: the file: is not an object
                    {"rules":[]}                         ~ f.json line 1 column 1: the file: version is missing
                    {"version":2,"rules":[]}             ~ f.json line 1 column 12: the file: version is not 1
                    {"version":1}                        ~ f.json line 1 column 1: the file: rules is missing
                    {"version":1,"rules":{}}             ~ f.json line 1 column 22: the file: rules is not a list
                    {"version":1,"rules":[7]}            ~ f.json line 1 column 23: rule 1: is not an object
                    {"version":1,"rules":[],"more":1}    ~ f.json line 1 column 32: the file: more is not known; there are note, rules, version
                    {"version":1,"rules":[]}{}           ~ f.json line 1 column 25: something follows the object
                    """)
    void parse_brokenFile_isRefused(String json, String message) {
        assertEquals(message, refusal(json == null ? "" : json));
    }

    @Test
    void parse_idTwice_isRefused() {
        assertEquals(
                "f.json line 4 column 7: rule own: id is used twice",
                refusal(file(RULE + ",\n" + RULE)));
    }

    @Test
    void with_sameId_isRefused() throws RuleException {
        RuleSet own = parse(file(RULE));
        assertEquals(own.rules().getFirst(), RuleSet.builtIn().with(own).rules().getLast());
        RuleException refused = assertThrows(RuleException.class, () -> own.with(own));
        assertEquals(
                "f.json line 2 column 7: rule own: the id is taken by f.json line 2 column 7;"
                        + " choose another",
                refused.getMessage());
        RuleSet same = parse(file(RULE.replace("\"own\"", "\"ai_api_key\"")));
        RuleException refusedToo =
                assertThrows(RuleException.class, () -> RuleSet.builtIn().with(same));
        assertEquals(
                "f.json line 2 column 7: rule ai_api_key: the id is taken by a built-in rule;"
                        + " choose another",
                refusedToo.getMessage());
    }

    @Test
    void without_unknownId_isRefused() throws RuleException {
        RuleSet own = parse(file(RULE));
        assertEquals(List.of(), own.without(List.of("own")).rules());
        RuleException refused =
                assertThrows(RuleException.class, () -> own.without(List.of("own", "b", "a")));
        assertEquals("no rule is named b, a", refused.getMessage());
    }

    /** Limits of 400 bytes a file, two rules, 12 characters and 24 bytes written out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    tok_[a-f]{8}  ~ ''
                    tok_[abef]{8} ~ f.json line 2 column 67: rule own: regex is an expression of 13 characters, at most 12 are allowed
                    tok_[a-f]{9}  ~ f.json line 4 column 67: rule too: regex takes the expressions of the file to 25 bytes with their repetitions written out, at most 24 are allowed; use several files
                    """)
    void parse_expressionsBeyondALimit_areRefused(String regex, String message) throws Exception {
        RuleLimits limits = new RuleLimits(400, 2, 12, 24);
        String first = RULE.replace("tok_[a-f]{8}", regex).replace("abcdefab", "abefabefa");
        String json = file(first + ",\n" + RULE.replace("\"own\"", "\"too\""));
        assertEquals(message, refusal(json, limits));
    }

    @Test
    void parse_moreRulesOrBytesThanAllowed_isRefused() throws Exception {
        String json = file(RULE);
        int length = json.length();
        assertEquals("", refusal(json, new RuleLimits(length, 1, 12, 12)));
        assertEquals(
                "f.json: is longer than the "
                        + (length - 1)
                        + " bytes that are allowed; use several"
                        + " files",
                refusal(json, new RuleLimits(length - 1, 1, 12, 12)));
        assertEquals(
                "f.json line 1 column 22: the file: rules has 1 rules, at most 0 are allowed; use"
                        + " several files",
                refusal(json, new RuleLimits(length, 0, 12, 12)));
    }

    /** What it would be written out took all memory before its length was looked at. */
    @Test
    void parse_hugeExpression_isRefusedAtOnce() {
        String huge = "tok_abcdefab|".repeat(70_000) + "tok_";
        String message = refusal(file(RULE.replace("tok_[a-f]{8}", huge)));
        assertTrue(message.endsWith("characters, at most 16384 are allowed"), message);
    }

    private static String refusal(String json, RuleLimits limits) {
        try {
            byte[] text = json.getBytes(StandardCharsets.UTF_8);
            RuleFile.parse(text, "f.json", RuleFile.Reading.TRIED, limits);
            return "";
        } catch (RuleException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String refusal(String json) {
        RuleException refused = assertThrows(RuleException.class, () -> parse(json));
        return String.valueOf(refused.getMessage());
    }

    private static RuleSet parse(String json) throws RuleException {
        return RuleSet.parse(json.getBytes(StandardCharsets.UTF_8), "f.json");
    }

    private static String file(String rules) {
        return "{\"version\":1,\"rules\":[\n" + rules + "]}";
    }
}
