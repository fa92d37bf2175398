package clawsec.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.decode.Notation;
import clawsec.http.Fields;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
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
        List<Finding> findings = findings(url);
        assertTrue(findings.stream().anyMatch(each -> each.pattern().startsWith("github_pat")));
        for (Finding finding : findings) {
            assertFalse(finding.subject().url().contains("ihRiYGXH"), finding::toString);
            assertFalse(finding.subject().url().contains("qyQvGmyc"), finding::toString);
        }
    }

    /**
     * The first piece is a secret for itself, so that nothing has to be joined to find it. In %1$s,
     * %2$s and %3$s stand pieces of one.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example/T1?a=%1$s&b=%2$s%3$s",
                "http://a.example/T1?a=%1$s&b=%2$s&c=%3$s",
                "http://a.example/T1?c=%3$s&b=%2$s&a=%1$s",
                "http://a.example/T1?p[0]=%1$s&p[1]=%2$s&n=1&p[2]=%3$s",
                "http://a.example/T7/%1$s/%2$s/%3$s",
                "http://a.example/T7/%2$s%3$s?x=%1$s",
                "http://a.example/T7/%1$s?x=%2$s&y=%3$s#end",
                "http://a.example/T7?%1$s&%2$s=1&%3$s",
                "http://%1$s.%2$s.%3$s.a.example/",
                "http://%1$s:%2$s%3$s@a.example/"
            })
    void restOfASecret_isShownNowhere(String layout) {
        for (String front : List.of("sk-ant-" + "api03-", "sk-" + "proj-")) {
            List<String> pieces =
                    List.of(
                            front + "PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA-2",
                            "O76UMFxFkM-R5Kjp1vRt_1fjO",
                            "RS-6ilI8ihN5KXSc7Tvo-hBKqFYAA");
            String url = layout.formatted(pieces.toArray());
            List<Finding> findings = findings(url);
            assertFalse(findings.isEmpty(), url);
            for (Finding finding : findings) {
                for (String part : List.of("jmUhB", "nyVmi", "O76UM", "_1fjO", "RS-6i", "hBKqF")) {
                    assertFalse(finding.subject().url().contains(part), finding::toString);
                    assertFalse(finding.snippet().contains(part), finding::toString);
                }
            }
        }
    }

    /** However random keys are cut and put into other orders. */
    @Test
    void restOfARandomSecret_isShownNowhere() {
        Random random = new Random(3);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
        for (int key = 0; key < 100; key++) {
            StringBuilder body = new StringBuilder();
            random.ints(95, 0, alphabet.length()).mapToObj(alphabet::charAt).forEach(body::append);
            List<String> pieces = new ArrayList<>();
            pieces.add("sk-ant-" + "api03-" + body.substring(0, 22));
            for (int at = 22; at < body.length(); ) {
                int end = at + 12 + random.nextInt(40);
                end = end > body.length() - 12 ? body.length() : end;
                pieces.add(body.substring(at, end));
                at = end;
            }
            Collections.shuffle(pieces, random);
            String divider = List.of("&v=", "/", "&n=1&w[]=", "&").get(random.nextInt(4));
            String start = divider.equals("/") ? "x/" : "x?v=";
            String url = "https://a.example/" + start + String.join(divider, pieces);
            List<Finding> findings = findings(url);
            assertFalse(findings.isEmpty(), url);
            for (Finding finding : findings) {
                for (int at = 4; at + 6 <= body.length(); at++) {
                    String part = body.substring(at, at + 6);
                    assertFalse(finding.subject().url().contains(part), finding::toString);
                    assertFalse(finding.snippet().contains(part), finding::toString);
                }
            }
        }
    }

    @Test
    void whatIsNoPiece_isShownBesideASecret() {
        String before = "https://a.example/v1beta/models/gemini-2.5-flash:streamGenerateContent";
        String key = "AIza" + "SyB7Qk2mZxW4tRn8LpVc3HdJf6GsYu1oEaK";
        assertEquals(
                before + "?alt=sse&key=AIzaSyB7...&page=20250514",
                Scans.ALL.masked(before + "?alt=sse&key=" + key + "&page=20250514"));
        String harmless = "https://a.example/x/O76UMFxFkM-R5Kjp1vRt_1fjO?a=RS-6ilI8ihN5KXSc7T";
        assertEquals(harmless, Scans.ALL.masked(harmless));
    }

    /** As posted by a form, whose fields are joined when it ends. */
    @Test
    void restOfASecret_inAForm_isNotInTheSnippet() {
        String key = "sk-ant-" + "api03-" + "PtYgjmUhBel31iEl2hpChY";
        String form = "b=O76UMFxFkM5Kjp&a=" + key + "&c=6ilI8ihN5KX&lang=en";
        List<Finding> findings = Scans.content(Scans.ALL, form);
        assertEquals(
                List.of("b=...&a=sk-ant-api03-PtYg...&c=...&lang=en"),
                Scans.snippets(findings).stream().distinct().toList());
    }

    @Test
    void pieces_withOthersBetween_areJoined() {
        assertFound(List.of("query"), "https://a.example/?x=" + KEY_START + "&n=1&y=" + KEY_END);
        assertFound(List.of("query"), "https://a.example/" + KEY_START + "?x=" + KEY_END);
        assertFound(
                List.of("query"), "https://a.example/v1/" + KEY_START + "?x=" + KEY_END + "&z=1");
        assertFound(List.of("path"), "https://a.example/" + KEY_START + "/1/" + KEY_END + "?z=1");
    }

    @Test
    void pieces_backwards_areJoined() {
        assertFound(List.of("query"), "https://a.example/?x=" + KEY_END + "&y=" + KEY_START);
        assertFound(List.of("path"), "https://a.example/" + KEY_END + "/" + KEY_START + "/x");
        assertFound(List.of("path"), "https://a.example/" + KEY_END + "?x=" + KEY_START);
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

    /** The usual ways of carrying data in a name: numbered labels, short ones, a longer owner. */
    @Test
    void host_labelsOfTunnels_areJoined() {
        String hex = hex("x " + KEY + " y");
        String base32 = base32("x " + KEY + " y ");
        List<String> halves = List.of(base32.substring(0, 17), base32.substring(17));
        assertFound(
                List.of("host", "base32"),
                "http://0-" + halves.get(0) + ".1-" + halves.get(1) + ".evil.example/");
        assertFound(
                List.of("host", "base32"),
                "http://" + halves.get(0) + "." + halves.get(1) + ".t.evil.co.uk/");
        assertFound(
                List.of("host", "hex"),
                "http://" + hex.substring(0, 13) + "." + hex.substring(13) + ".x.evil.example./");
        String longHex = hex("x".repeat(80) + " " + KEY + " y");
        String labels = longHex.replaceAll("(.{8})", "$1.").replaceAll("\\.$", "");
        assertFound(List.of("host", "hex"), "http://" + labels + ".evil.example:80/");
    }

    private static String base32(String text) {
        String bits = new BigInteger(1, text.getBytes(UTF_8)).toString(2);
        bits = "0".repeat(8 * text.length() - bits.length()) + bits;
        StringBuilder out = new StringBuilder();
        for (int at = 0; at + 5 <= bits.length(); at += 5) {
            out.append(
                    "abcdefghijklmnopqrstuvwxyz234567"
                            .charAt(Integer.parseInt(bits.substring(at, at + 5), 2)));
        }
        return out.toString();
    }

    @Test
    void parts_upToTheLimit_areJoined() {
        assertFound(List.of("path"), target(JoinedParts.MAX_PARTS - 1));
        assertEquals(0, cuts(target(JoinedParts.MAX_PARTS - 1)));
        assertEquals(List.of(), vias(target(JoinedParts.MAX_PARTS)));
        assertEquals(1, cuts(target(JoinedParts.MAX_PARTS)));
    }

    /** So long that no text has as many parts as it may have. */
    private static String target(int partsBefore) {
        String filling = "filling-".repeat(JoinedParts.MAX_CHARACTERS / 256) + "/";
        return "https://a.example/" + filling.repeat(partsBefore) + KEY_START + "/" + KEY_END;
    }

    @Test
    void pieces_upToTheLimit_areJoined() {
        String most = pieces(JoinedParts.MAX_JOINED);
        assertTrue(Scans.patterns(findings(most)).contains("github_fine_grained_pat"));
        assertEquals(0, cuts(most));
        String tooMany = pieces(JoinedParts.MAX_JOINED + 1);
        assertFalse(Scans.patterns(findings(tooMany)).contains("github_fine_grained_pat"));
        assertEquals(1, cuts(tooMany));
    }

    /** A token of 93 characters, of which each piece but the first has one. */
    private static String pieces(int count) {
        String token = "github" + "_pat_" + "Q7wR4nX2kL9vB".repeat(7).substring(0, 82);
        int first = token.length() - count + 1;
        String rest = token.substring(first).replaceAll(".", "&v=$0");
        return "https://a.example/?v=" + token.substring(0, first) + rest;
    }

    @Test
    void characters_upToTheLimit_areRead() {
        assertEquals(3, JoinedParts.end(parts(9, JoinedParts.MAX_CHARACTERS - 1, 9, 9), 0));
        assertEquals(2, JoinedParts.end(parts(9, JoinedParts.MAX_CHARACTERS, 9, 9), 0));
    }

    private static List<UrlParts.Part> parts(int... lengths) {
        return Arrays.stream(lengths)
                .mapToObj(length -> new UrlParts.Part(0, length, Notation.QUERY))
                .toList();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private static void assertFound(List<String> via, String url) {
        assertEquals(List.of(via), vias(url), url);
    }

    private static List<List<String>> vias(String url) {
        return findings(url).stream()
                .filter(finding -> finding.pattern().equals("aws_access_key"))
                .map(Finding::via)
                .toList();
    }

    private static List<Finding> findings(String url) {
        List<Finding> findings = new ArrayList<>();
        scan(url, findings);
        return findings;
    }

    /** How often something was left out. */
    private static long cuts(String url) {
        return scan(url, new ArrayList<>()).undecodedStretches();
    }

    private static ScanTally scan(String url, List<Finding> findings) {
        try (MessageScan scan = Scans.ALL.open(Scans.subject(url), findings::add)) {
            scan.head(Scans.bytes("GET " + url + " HTTP/1.1\r\n\r\n"), Fields.EMPTY);
            scan.end();
            return scan.tally();
        }
    }
}
