package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Heads, chunk lines and trailers without end: each stops at its limit, and one byte before not.
 */
class HeaderBombTest {
    private static final Http1Limits LIMITS = new Http1Limits(128, 32, 3, 16);
    private static final String HOST = "Host: x\r\n";

    @Test
    void requestLine_atTheLimitAndBeyond() {
        String longest = "GET /" + "a".repeat(32 - 14) + " HTTP/1.1";
        assertEquals(1, request(lines(longest, HOST, "")).ends());
        Trace beyond = request(lines(longest.replace("/", "/a"), HOST, ""));
        assertEquals(414, beyond.status());
        assertEquals("request line exceeds 32 bytes", beyond.violation().detail());
    }

    @Test
    void requestLine_withoutEnd_isRefusedBeforeItEnds() {
        assertEquals(414, request("GET /" + "a".repeat(40)).status());
        assertEquals(414, request("A".repeat(40)).status());
    }

    @Test
    void statusLine_atTheLimitAndBeyond() {
        String longest = "HTTP/1.1 200 " + "a".repeat(32 - 13);
        for (String end : new String[] {"\r\n", "\n"}) {
            assertEquals(1, response(longest + end + end).ends());
            assertEquals(502, response(longest + "a" + end + end).status());
        }
        assertEquals(502, response(longest + "a".repeat(9)).status());
    }

    @Test
    void head_atTheLimitAndBeyond() {
        String start = lines("GET / HTTP/1.1", HOST + "a: ");
        String longest = start + "b".repeat(128 - start.length() - 4);
        assertEquals(1, request(longest + "\r\n\r\n").ends());
        Trace beyond = request(longest + "b\r\n\r\n");
        assertEquals(431, beyond.status());
        assertEquals("head or trailers exceed 128 bytes", beyond.violation().detail());
    }

    @Test
    void headOfResponse_atTheLimitAndBeyond() {
        String start = lines("HTTP/1.1 200 OK", "a: ");
        String longest = start + "b".repeat(128 - start.length() - 4);
        assertEquals(1, response(longest + "\r\n\r\n").ends());
        assertEquals(502, response(longest + "b\r\n\r\n").status());
    }

    @Test
    void fieldLineWithoutEnd_isRefusedBeforeItEnds() {
        assertEquals(431, request(lines("GET / HTTP/1.1", "a".repeat(128))).status());
        assertEquals(431, request(lines("GET / HTTP/1.1", "a:" + "b".repeat(128))).status());
        assertEquals(502, response(lines("HTTP/1.1 200 OK", "a".repeat(128))).status());
    }

    @Test
    void fieldLines_atTheLimitAndBeyond() {
        String three = HOST + "a:\r\nb:\r\n";
        assertEquals(1, request(lines("GET / HTTP/1.1", three, "")).ends());
        assertEquals(431, request(lines("GET / HTTP/1.1", three + "c:", "", "")).status());
        assertEquals(1, response(lines("HTTP/1.1 200 OK", three, "")).ends());
        assertEquals(502, response(lines("HTTP/1.1 200 OK", three + "c:", "", "")).status());
    }

    /** What is folded or dropped counts as well. */
    @ParameterizedTest
    @ValueSource(strings = {" folded", "dropped", ": dropped"})
    void fieldLinesOfResponse_thatVanish_count(String line) {
        assertEquals(
                502, response(lines("HTTP/1.1 200 OK", "a:", line, line, line, "", "")).status());
    }

    @Test
    void trailers_atTheLimitsAndBeyond() {
        String longest = "t: " + "b".repeat(128 - 3 - 4);
        assertEquals(1, chunked(lines("0", longest, "", "")).ends());
        assertEquals(431, chunked(lines("0", longest + "b", "", "")).status());
        assertEquals(1, chunked(lines("0", "a:", "b:", "c:", "", "")).ends());
        assertEquals(431, chunked(lines("0", "a:", "b:", "c:", "d:", "", "")).status());
    }

    @Test
    void chunkLine_atTheLimitAndBeyond() {
        String longest = "1;" + "x".repeat(16 - 2);
        assertEquals("z", chunked(lines(longest, "z", "0", "", "")).content());
        Trace beyond = chunked(lines(longest + "x", "z", "0", "", ""));
        assertEquals(400, beyond.status());
        assertEquals("chunk-size line exceeds 16 bytes", beyond.violation().detail());
        assertEquals(400, chunked("0".repeat(20)).status());
    }

    /** The extensions of a message may add up to a head and its content, and no further. */
    @Test
    void chunkExtensions_atTheLimitAndBeyond() {
        // a chunk with 10 bytes of extension and one of content, as often as that is within bounds
        String chunk = lines("1;234567890", "z", "");
        int most = (128 - 1) / 9;
        assertEquals(1, chunked(chunk.repeat(most) + lines("0", "", "")).ends());
        Trace beyond = chunked(chunk.repeat(most + 1) + lines("0", "", ""));
        assertEquals("more chunk extensions than content", beyond.violation().detail());
    }

    @Test
    void slowBomb_holdsNoMoreThanTheLimit() {
        RequestDecoder decoder = new RequestDecoder(Http1Limits.DEFAULT);
        ByteBuffer in = ByteBuffer.wrap("GET / HTTP/1.1\r\na: ".getBytes(ISO_8859_1));
        assertSame(Http1Event.NEEDS_INPUT, decoder.poll(in));
        int sent = in.limit();
        byte[] piece = "b".repeat(97).getBytes(ISO_8859_1);
        while (sent + piece.length < Http1Limits.DEFAULT.headBytes()) {
            assertSame(Http1Event.NEEDS_INPUT, decoder.poll(ByteBuffer.wrap(piece)));
            sent += piece.length;
        }
        Http1Event event = decoder.poll(ByteBuffer.wrap(piece));
        assertEquals(431, assertInstanceOf(Http1Event.Malformed.class, event).violation().status());
    }

    @Test
    void ofHeadBytes_leavesRoomForFields() {
        assertEquals(new Http1Limits(1000, 500, 256, 4096), Http1Limits.ofHeadBytes(1000));
        assertEquals(Http1Limits.DEFAULT, Http1Limits.ofHeadBytes(Http1Limits.DEFAULT.headBytes()));
    }

    @Test
    void ofHeadBytes_pastTheDefault_allowsMoreFieldLines() {
        assertEquals(256, Http1Limits.ofHeadBytes(65_536 + 255).fieldLines());
        assertEquals(257, Http1Limits.ofHeadBytes(65_536 + 256).fieldLines());
        assertEquals(4_096, Http1Limits.ofHeadBytes(1 << 20).fieldLines());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void limits_tooSmallForAnyMessage_areRefused(int component) {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Http1Limits(
                                component == 0 ? 63 : 64,
                                component == 1 ? 15 : 16,
                                component == 2 ? 0 : 1,
                                component == 3 ? 15 : 16));
    }

    private static Trace request(String input) {
        return Trace.of(input, () -> new RequestDecoder(LIMITS)::poll);
    }

    private static Trace chunked(String body) {
        String head = lines("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "", "");
        return request(head + body);
    }

    private static Trace response(String input) {
        return Trace.of(
                input,
                () -> {
                    ResponseDecoder decoder = new ResponseDecoder(LIMITS);
                    decoder.expect("HEAD");
                    return decoder::poll;
                });
    }
}
