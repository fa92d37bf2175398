package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.SharedCaptures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The inputs of llhttp's test suite, in its strict mode: what it refuses is refused and what it
 * accepts is accepted, but for the tables.
 */
class LlhttpCorpusTest {
    private static final Pattern CASE =
            Pattern.compile(
                    "^#+ ([^\n]+)\n(?:(?!#|```)[^\n]*\n)*?<!-- meta=\\{([^\n]*)\\} -->\n"
                            + "```http\n(.*?)\n```\n(?:(?!```)[^\n]*\n)*```log\n(.*?)\n```",
                    Pattern.MULTILINE | Pattern.DOTALL);

    private static final String CODING = "a transfer coding other than chunked is refused";
    private static final String PROTOCOL = "not HTTP/1";
    private static final String LENIENT = "one meaning is enough in responses; it is normalised";

    private static final Map<String, String> REQUESTS =
            Map.ofEntries(
                    Map.entry("No restart when keep-alive is off (1.0)", "the relay's affair"),
                    Map.entry("HTTP protocol and ANNOUNCE method", "any token is a method"),
                    Map.entry("CONNECT request", "HTTP/0.9"),
                    Map.entry("CONNECT with body", "CONNECT has no content (RFC 9110 §9.3.6)"),
                    Map.entry("Invalid method", "any token is a method"),
                    Map.entry("No extension after semicolon", "extensions are ignored"),
                    Map.entry("M-SEARCH request", "asterisk is for OPTIONS"),
                    Map.entry("PRI request HTTP2", "asterisk is for OPTIONS"),
                    Map.entry("SOURCE request with ICE", PROTOCOL),
                    Map.entry("OPTIONS request with RTSP", PROTOCOL),
                    Map.entry("ANNOUNCE request with RTSP", PROTOCOL),
                    Map.entry("curl GET", "'=' in Host"),
                    Map.entry("Firefox GET", "'=' in Host"),
                    Map.entry("No HTTP version", "HTTP/0.9"),
                    Map.entry("POST with `chunked` as last transfer-encoding", CODING),
                    Map.entry(
                            "POST with `chunked` as last transfer-encoding (multiple headers)",
                            CODING),
                    Map.entry("Fragment in URI", "a target has none (RFC 9112 §3.2)"),
                    Map.entry("`host:port` and basic auth", "user information in a target"));

    private static final Map<String, String> RESPONSES =
            Map.ofEntries(
                    Map.entry("Extra digit in HTTP minor version", LENIENT),
                    Map.entry("Tab after HTTP version", LENIENT),
                    Map.entry("No carriage ret", LENIENT),
                    Map.entry("Only LFs present", LENIENT),
                    Map.entry("Bare CR after response line", LENIENT),
                    Map.entry("Bare CR followed by CR after response line", LENIENT),
                    Map.entry("Headers separated by CR", LENIENT),
                    Map.entry("Extra space between HTTP version and status code", LENIENT),
                    Map.entry("RTSP response", PROTOCOL),
                    Map.entry("ICE response", PROTOCOL),
                    Map.entry("HTTP version 0.9", PROTOCOL),
                    Map.entry("`chunked` before other transfer-encoding", CODING),
                    Map.entry(
                            "multiple transfer-encoding where chunked is not the last one", CODING),
                    Map.entry(
                            "`chunkedchunked` transfer-encoding does not enable chunked enconding",
                            CODING));

    @Test
    void requests_areJudgedAlikeButForTheTable() throws IOException {
        assertEquals(new TreeSet<>(REQUESTS.keySet()), disagreements("request"));
    }

    @Test
    void responses_areJudgedAlikeButForTheTable() throws IOException {
        assertEquals(new TreeSet<>(RESPONSES.keySet()), disagreements("response"));
    }

    private static Set<String> disagreements(String kind) throws IOException {
        Set<String> titles = new TreeSet<>();
        int cases = 0;
        Path folder = SharedCaptures.folder("http1/llhttp").resolve(kind);
        for (Path file : filesOf(folder)) {
            Matcher found = CASE.matcher(Files.readString(file, ISO_8859_1));
            while (found.find()) {
                if (!found.group(2).contains("\"" + kind + "\"")) {
                    continue;
                }
                cases++;
                boolean isRefused = found.group(4).matches("(?s).*error code=(?!2[01234]\\b).*");
                if (isRefused != isRefusedHere(kind, wire(found.group(3)), isRefused)) {
                    titles.add(found.group(1));
                }
            }
        }
        assertTrue(cases > 60, "only " + cases + " cases were understood");
        return titles;
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().collect(Collectors.toList());
        }
    }

    /** llhttp refuses within a line, so that its inputs need not be whole. */
    private static boolean isRefusedHere(String kind, String input, boolean mayBeIncomplete) {
        boolean isRequest = kind.equals("request");
        String whole = isRequest && !input.contains("Host:") ? withHost(input) : input;
        List<ByteBuffer> pieces = List.of(ByteBuffer.wrap(whole.getBytes(ISO_8859_1)));
        RequestDecoder requests = new RequestDecoder(Http1Limits.DEFAULT);
        ResponseDecoder responses = new ResponseDecoder(Http1Limits.DEFAULT);
        responses.expect("GET");
        Trace trace =
                isRequest ? Trace.run(requests::poll, pieces) : Trace.run(responses::poll, pieces);
        Http1Event end = isRequest ? requests.endOfInput() : responses.endOfInput();
        return trace.isMalformed() || (mayBeIncomplete && end instanceof Http1Event.Malformed);
    }

    private static String withHost(String input) {
        return input.replace(" HTTP/1.1\r\n", " HTTP/1.1\r\nHost: x\r\n");
    }

    private static String wire(String text) {
        return text.replace("\\\n", "")
                .replaceAll("\r?\n", "\r\n")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\f", "\f")
                .replace("\\0", "\0");
    }
}
