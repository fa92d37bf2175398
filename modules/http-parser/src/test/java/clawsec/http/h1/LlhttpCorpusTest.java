package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.SharedCaptures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The inputs of llhttp's test suite, in its strict mode: what it refuses is refused, what it
 * accepts is accepted, and read to the same messages; but for the tables, each entry of which has
 * to be needed.
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

    /** Accepted by both, and read to something else. */
    private static final Map<String, String> READ_OTHERWISE =
            Map.of(
                    "CRLF between requests, implicit `keep-alive`",
                    "a head that is not whole is no message",
                    "`Content-Length` with zeroes",
                    "a length goes on in plain digits",
                    "`Content-Length` with follow-up headers",
                    "a length goes on in plain digits",
                    "Content-Length reset when no body is received",
                    "llhttp is told to begin anew in the middle of the content",
                    "HTTP 101 response with Upgrade and Content-Length header",
                    "101 has no content, and so no length (RFC 9110 §8.6)",
                    "HTTP 101 response with Upgrade and Transfer-Encoding header",
                    "101 has no content, and so no coding (RFC 9112 §6.1)",
                    "Extra space between status code and reason",
                    "white space around the reason goes");

    private record Case(String title, boolean isRequest, String input, String log) {
        boolean isRefused() {
            return log.matches("(?s).*error code=(?!2[01234]\\b).*");
        }
    }

    @Test
    void requests_areJudgedAlikeButForTheTable() throws IOException {
        assertEquals(new TreeSet<>(REQUESTS.keySet()), judgedOtherwise("request"));
    }

    @Test
    void responses_areJudgedAlikeButForTheTable() throws IOException {
        assertEquals(new TreeSet<>(RESPONSES.keySet()), judgedOtherwise("response"));
    }

    @Test
    void accepted_isReadToTheSameMessagesButForTheTable() throws IOException {
        Set<String> titles = new TreeSet<>();
        for (String kind : List.of("request", "response")) {
            for (Case each : cases(kind)) {
                Map<String, String> judged = each.isRequest() ? REQUESTS : RESPONSES;
                if (each.isRefused() || judged.containsKey(each.title())) {
                    continue;
                }
                List<PlainMessage> expected = LlhttpLog.messages(each.log(), each.isRequest());
                List<PlainMessage> read =
                        PlainMessage.of(trace(each)).stream()
                                .map(message -> message.withoutField("Host: x"))
                                .toList();
                if (!expected.equals(read)) {
                    titles.add(each.title());
                }
            }
        }
        assertEquals(new TreeSet<>(READ_OTHERWISE.keySet()), titles);
    }

    private static Set<String> judgedOtherwise(String kind) throws IOException {
        Set<String> titles = new TreeSet<>();
        List<Case> cases = cases(kind);
        for (Case each : cases) {
            if (each.isRefused() != isRefusedHere(each)) {
                titles.add(each.title());
            }
        }
        assertTrue(cases.size() > 60, "only " + cases.size() + " cases were understood");
        return titles;
    }

    private static List<Case> cases(String kind) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path file : filesOf(SharedCaptures.folder("http1/llhttp").resolve(kind))) {
            Matcher found = CASE.matcher(Files.readString(file, ISO_8859_1));
            while (found.find()) {
                if (found.group(2).contains("\"" + kind + "\"")) {
                    boolean isRequest = kind.equals("request");
                    String input = wire(found.group(3));
                    String whole = isRequest && !input.contains("Host:") ? withHost(input) : input;
                    cases.add(new Case(found.group(1), isRequest, whole, found.group(4)));
                }
            }
        }
        return cases;
    }

    private static List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** llhttp refuses within a line, so that its inputs need not be whole. */
    private static boolean isRefusedHere(Case each) {
        List<ByteBuffer> pieces = List.of(ByteBuffer.wrap(each.input().getBytes(ISO_8859_1)));
        RequestDecoder requests = new RequestDecoder(Http1Limits.DEFAULT);
        ResponseDecoder responses = new ResponseDecoder(Http1Limits.DEFAULT);
        responses.expect("GET");
        boolean isRequest = each.isRequest();
        Trace trace =
                isRequest ? Trace.run(requests::poll, pieces) : Trace.run(responses::poll, pieces);
        Http1Event end = isRequest ? requests.endOfInput() : responses.endOfInput();
        return trace.isMalformed() || (each.isRefused() && end instanceof Http1Event.Malformed);
    }

    /** Every cut of it, for which {@link Trace} asks the same events. */
    private static Trace trace(Case each) {
        return each.isRequest()
                ? Trace.ofRequests(each.input())
                : Trace.ofResponse("GET", each.input());
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
                .replace("\\xff", "\u00c3\u00bf")
                .replace("\\0", "\0");
    }
}
