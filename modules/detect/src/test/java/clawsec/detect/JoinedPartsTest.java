package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that is cut over the parts of a request's target is found. */
class JoinedPartsTest {
    private static final String KEY_START = "AKIAQWERTY";
    private static final String KEY_END = "ZXCVBN1234";
    private static final String KEY = KEY_START + KEY_END;

    @Test
    void query_valuesOfSeveralParameters_areJoined() {
        String query = "a=" + KEY_START + "&b=" + KEY_END;
        assertFound(List.of("query"), "https://a.example/x?" + query);
        assertFound(List.of("query"), "https://a.example/x?v=1&" + query + "&z=9#top");
        String hex = hex("x " + KEY);
        assertFound(
                List.of("query", "hex"),
                "https://a.example/?p1=" + hex.substring(0, 14) + "&p2=" + hex.substring(14));
        assertFound(List.of(), "https://a.example/x?a=" + KEY + "&b=" + KEY_END);
    }

    @Test
    void path_segments_areJoined() {
        assertFound(List.of("path"), "https://a.example/v1/" + KEY_START + "/" + KEY_END + "/q");
    }

    /** A record shows the URL, too, and of the host what it is sent to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example/c?a=ghp_%s&b=%s&c=%s",
                "https://a.example/x/ghp_%s/%s/%s/z",
                "https://a.example/c?q=/etc/passwd&a=ghp_%s&b=%s&c=%s",
                "https://b.example/\u4f60/?a=ghp_%s&b=%s&c=%s&d=end"
            })
    void secretCutOverParts_isHiddenInTheUrl(String layout) {
        String url = layout.formatted("AgrKWVNY", "ihRiYGXH", "qyQvGmycf0cP7f2Mog5M");
        List<Finding> findings = new ArrayList<>();
        try (MessageScan scan = Scans.ALL.open(Scans.subject(url), findings::add)) {
            scan.head(Scans.bytes("GET " + url + " HTTP/1.1\r\n\r\n"), Fields.EMPTY);
            scan.end();
        }
        assertTrue(findings.stream().anyMatch(each -> each.pattern().startsWith("github_pat")));
        for (Finding finding : findings) {
            assertFalse(finding.subject().url().contains("ihRiYGXH"), finding::toString);
            assertFalse(finding.subject().url().contains("qyQvGmyc"), finding::toString);
        }
    }

    @Test
    void host_labels_areJoined() {
        String hex = hex("x " + KEY);
        assertFound(
                List.of("host", "hex"),
                "https://" + hex.substring(0, 13) + "." + hex.substring(13) + ".evil.example/");
        assertFound(List.of("hex"), "https://" + hex + ".evil.example/");
        String coded = Base64.getUrlEncoder().encodeToString(("key " + KEY).getBytes(UTF_8));
        assertFound(
                List.of("host", "base64"),
                "http://" + coded.substring(0, 12) + "." + coded.substring(12) + ".a.example:80/");
    }

    @Test
    void parts_upToTheLimit_areJoined() {
        assertFound(List.of("path"), target(JoinedParts.MAX_PARTS - 1));
        assertEquals(List.of(), vias(target(JoinedParts.MAX_PARTS)));
    }

    private static String target(int partsBefore) {
        return "https://a.example/" + "x/".repeat(partsBefore) + KEY_START + "/" + KEY_END;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private static void assertFound(List<String> via, String url) {
        assertEquals(List.of(via), vias(url), url);
    }

    private static List<List<String>> vias(String url) {
        List<Finding> found = new ArrayList<>();
        byte[] head = ("GET " + url + " HTTP/1.1\r\n\r\n").getBytes(UTF_8);
        try (MessageScan scan = Scans.ALL.open(Scans.subject(url), found::add)) {
            scan.head(ByteBuffer.wrap(head), Fields.EMPTY);
            scan.end();
        }
        return found.stream()
                .filter(finding -> finding.pattern().equals("aws_access_key"))
                .map(Finding::via)
                .toList();
    }
}
