package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final String KEY = "sk-" + "ant-api01-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";

    private final List<Finding> findings = new ArrayList<>();

    @Test
    void head_withKey_showsItsLineMasked() {
        String head =
                "POST /v1/messages?key="
                        + KEY
                        + " HTTP/1.1\r\nAuthorization: Bearer "
                        + KEY
                        + "\r\nHost: api.anthropic.com\r\n\r\n";
        MessageScan scan = open("https://api.anthropic.com/v1/messages?key=" + KEY + "&b=1");
        scan.head(bytes(head), Fields.of(new FieldLine("Host", "api.anthropic.com")));
        scan.end();
        assertEquals(
                List.of(
                        "POST /v1/messages?key=sk-ant-api01-AbCd... HTTP/1.1",
                        "Authorization: Bearer sk-ant-api01-AbCd..."),
                findings.stream().map(Finding::snippet).toList());
        assertEquals(
                "https://api.anthropic.com/v1/messages?key=sk-ant-api01-AbCd...&b=1",
                findings.getFirst().subject().url());
    }

    @Test
    void content_cutAnywhere_isFound() {
        String text = "{\"a\":\"" + KEY + "\",\"b\":\"cat /etc/passwd\"}";
        MessageScan scan = open("");
        for (int i = 0; i < text.length(); i++) {
            scan.content(bytes(text.substring(i, i + 1)));
        }
        scan.end();
        assertEquals(
                List.of("ai_api_key", "unix_sensitive"),
                findings.stream().map(Finding::pattern).toList());
        assertEquals("01-AbCd...\",\"b\":\"cat /etc/passwd\"}", findings.getLast().snippet());
    }

    @Test
    void keyFile_withoutAKey_isLessOfAThreat() {
        String begin = "-----BEGIN RSA PRIVATE " + "KEY-----";
        String end = "-----END RSA PRIVATE " + "KEY-----";
        String body = "MIIEowIBAAKCAQEA" + "b2Zjb3Vyc2Vub3Rha2V5";
        assertEquals(Severity.CRITICAL, severity(begin)); // the key may still come
        assertEquals(Severity.MEDIUM, severity("START = \"" + begin + "\"; END = \"" + end));
        assertEquals(Severity.MEDIUM, severity(begin + "\\nXXXX\\n" + end));
        assertEquals(Severity.MEDIUM, severity(begin + "\\\\nXXXX\\\\nXXXX\\\\n" + end));
        assertEquals(Severity.MEDIUM, severity(begin + "\n" + "x".repeat(64) + "\n" + end));
        assertEquals(Severity.CRITICAL, severity(begin + "\n" + body + "\n" + end));
        assertEquals(Severity.CRITICAL, severity(begin + "\\n" + body + "\\n" + end));
    }

    private Severity severity(String text) {
        findings.clear();
        MessageScan scan = open("");
        scan.content(bytes(text));
        scan.end();
        assertEquals(List.of("private_key_pem"), findings.stream().map(Finding::pattern).toList());
        return findings.getFirst().severity();
    }

    private MessageScan open(String url) {
        Subject subject =
                new Subject(
                        Direction.OUTBOUND,
                        Protocol.HTTPS,
                        "127.0.0.1",
                        "api.anthropic.com:443",
                        "POST",
                        url);
        return Detector.of(RuleSet.builtIn(), DetectConfig.DEFAULT).open(subject, findings::add);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
