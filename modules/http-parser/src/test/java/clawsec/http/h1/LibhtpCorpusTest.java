package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.SharedCaptures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The transcripts of libhtp's test suite. libhtp watches and never refuses: it reads whatever comes
 * and marks what is odd. So the tables hold all that is refused here, and why; no other may be. A
 * Host is added to requests of HTTP/1.1 without one, for the sake of what a file is about.
 */
class LibhtpCorpusTest {
    private static final Map<String, String> REQUESTS =
            Map.ofEntries(
                    Map.entry("00-adhoc.t", "LF without CR in the request line"),
                    Map.entry(
                            "02-header-test-apache2.t",
                            "folded, or white space before the name in field line 1"),
                    Map.entry("05-expect.t", "LF without CR in the request line"),
                    Map.entry("06-uri-normal.t", "fragment in the request target"),
                    Map.entry("100-auth-bearer.t", "LF without CR in the request line"),
                    // the TLS behind a CONNECT, which a relay does not give to the decoder
                    Map.entry("15-connect-complete.t", "control character 22 in the request line"),
                    Map.entry("21-http09.t", "request line without HTTP version"),
                    Map.entry("23-http09-multiple.t", "request line without HTTP version"),
                    Map.entry("25-small-chunks.t", "LF without CR in the request line"),
                    Map.entry("26-request-headers-raw.t", "LF without CR in the request line"),
                    Map.entry(
                            "36-invalid-request-1-invalid-c-l.t",
                            "Content-Length is not a number of bytes"),
                    Map.entry(
                            "37-invalid-request-2-t-e-and-c-l.t",
                            "Content-Length beside Transfer-Encoding"),
                    Map.entry("42-unknown-method_only.t", "request line without target"),
                    Map.entry(
                            "46-auth-digest-invalid-username.t",
                            "folded, or white space before the name in field line 3"),
                    Map.entry("64-post-chunked-invalid-2.t", "no chunk size in hexadecimal digits"),
                    Map.entry("65-post-chunked-invalid-3.t", "no chunk size in hexadecimal digits"),
                    Map.entry(
                            "68-invalid-request-header.t",
                            "white space before the colon in field line 2"),
                    Map.entry("79-connect-invalid-hostport.t", "CONNECT target is not host:port"),
                    Map.entry("80-hostname-invalid-1.t", "invalid Host field"),
                    Map.entry(
                            "81-hostname-invalid-2.t",
                            "request target without a valid host and port"),
                    Map.entry(
                            "89-get-whitespace.t", "no request: it does not begin with a method"));

    private static final Map<String, String> RESPONSES =
            Map.ofEntries(
                    Map.entry("21-http09.t", "no HTTP/1 status line"),
                    Map.entry("23-http09-multiple.t", "no HTTP/1 status line"),
                    Map.entry(
                            "70-response-invalid-chunk-length.t",
                            "no chunk size in hexadecimal digits"),
                    Map.entry(
                            "75-response-invalid-cl.t", "Content-Length is not a number of bytes"),
                    Map.entry("78-response-no-status-headers.t", "no HTTP/1 status line"),
                    Map.entry("79-connect-invalid-hostport.t", "no HTTP/1 status line"),
                    Map.entry("84-response-no-status-headers-2.t", "no HTTP/1 status line"));

    /** What went each way, and in between the lines that say who speaks. */
    private record Transcript(String requests, String responses) {
        static Transcript read(Path file) throws IOException {
            StringBuilder[] ways = {new StringBuilder(), new StringBuilder()};
            int way = 0;
            for (String line : Files.readString(file, ISO_8859_1).split("(?<=\n)", -1)) {
                int next = List.of(">>>", "<<<").indexOf(line.strip());
                if (next >= 0) {
                    dropLineEnd(ways[way]);
                    way = next;
                } else {
                    ways[way].append(line);
                }
            }
            String requests = ways[0].toString();
            return new Transcript(
                    requests.contains("Host:")
                            ? requests
                            : requests.replace(" HTTP/1.1\r\n", " HTTP/1.1\r\nHost: x\r\n"),
                    ways[1].toString());
        }

        /** The line break before a mark belongs to the mark. */
        private static void dropLineEnd(StringBuilder text) {
            for (char end : new char[] {'\n', '\r'}) {
                if (!text.isEmpty() && text.charAt(text.length() - 1) == end) {
                    text.setLength(text.length() - 1);
                }
            }
        }
    }

    @Test
    void requests_areReadButForTheTable() throws IOException {
        Map<String, String> refused = new TreeMap<>();
        for (Path file : files()) {
            note(file, Trace.ofRequests(Transcript.read(file).requests()), refused);
        }
        assertEquals(new TreeMap<>(REQUESTS), refused);
    }

    @Test
    void responses_areReadButForTheTable() throws IOException {
        Map<String, String> refused = new TreeMap<>();
        for (Path file : files()) {
            note(file, responses(Transcript.read(file)), refused);
        }
        assertEquals(new TreeMap<>(RESPONSES), refused);
    }

    private static void note(Path file, Trace trace, Map<String, String> refused) {
        if (trace.isMalformed()) {
            refused.put(String.valueOf(file.getFileName()), trace.violation().detail());
        }
    }

    private static Trace responses(Transcript transcript) {
        List<String> methods =
                Trace.ofRequests(transcript.requests()).events().stream()
                        .filter(Http1Event.Request.class::isInstance)
                        .map(event -> ((Http1Event.Request) event).head().method())
                        .toList();
        return Trace.of(transcript.responses(), () -> expecting(methods));
    }

    /** A decoder that is told the method of each request before the answer to it. */
    private static Function<ByteBuffer, Http1Event> expecting(List<String> methods) {
        ResponseDecoder decoder = new ResponseDecoder(Http1Limits.DEFAULT);
        int[] answered = {0};
        return in -> {
            int next = answered[0];
            decoder.expect(next < methods.size() ? methods.get(next) : "GET");
            Http1Event event = decoder.poll(in);
            answered[0] += event instanceof Http1Event.End ? 1 : 0;
            return event;
        };
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SharedCaptures.folder("http1/libhtp"))) {
            return files.filter(file -> !file.toString().endsWith(".gz")).sorted().toList();
        }
    }
}
