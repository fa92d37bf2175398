package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is shown beside a finding cannot be decoded to a secret. */
class EncodedSecretsTest {
    private static final String SECRET = "QrStUvWxYz0123456789aBcDeFgH";
    private static final String KEY = "sk-" + "ant-api03-AbCd" + SECRET;

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
