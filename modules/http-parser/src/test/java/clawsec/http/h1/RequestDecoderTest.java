package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RequestDecoderTest {
    private static final String GET = lines("GET / HTTP/1.1", "Host: x", "", "");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final RequestDecoder decoder = new RequestDecoder(Http1Limits.DEFAULT);

    @Test
    void heldBytes_areThoseOfAHeadThatIsNotWhole() {
        assertEquals(0, decoder.heldBytes());
        String line = "X: " + "a".repeat(1_000);
        decoder.poll(ByteBuffer.wrap(("GET / HTTP/1.1\r\n" + line).getBytes(ISO_8859_1)));
        assertTrue(decoder.heldBytes() >= line.length(), () -> decoder.heldBytes() + " bytes");
        decoder.poll(ByteBuffer.wrap(("\r\n" + line).getBytes(ISO_8859_1)));
        assertTrue(decoder.heldBytes() >= 3 * line.length(), () -> decoder.heldBytes() + " bytes");
        decoder.poll(ByteBuffer.wrap("\r\n\r\n".getBytes(ISO_8859_1)));
        decoder.poll(NOTHING);
        assertTrue(decoder.heldBytes() <= 2 * line.length(), () -> decoder.heldBytes() + " bytes");
    }

    @Test
    void poll_wholeRequest_isHeadAndEnd() {
        Trace trace =
                Trace.ofRequests(
                        lines("GET /a?b HTTP/1.1", "Host: x", "accept:\t */* ", "E:", "", ""));
        Fields fields =
                Fields.of(
                        new FieldLine("Host", "x"),
                        new FieldLine("accept", "*/*"),
                        new FieldLine("E", ""));
        assertEquals(new RequestHead("GET", "/a?b", HttpVersion.HTTP_1_1, fields), trace.request());
        assertEquals(Framing.NONE, trace.framing());
        assertEquals(1, trace.ends());
    }

    @Test
    void poll_lengthFraming_givesContentThenEndWithoutMoreInput() {
        ByteBuffer in =
                bytes(lines("POST / HTTP/1.1", "Host: x", "Content-Length: 3", "", "abcGET"));
        assertEquals(
                new Framing.Length(3),
                assertInstanceOf(Http1Event.Request.class, decoder.poll(in)).framing());
        assertEquals(
                bytes("abc"), assertInstanceOf(Http1Event.Content.class, decoder.poll(in)).bytes());
        assertSame(Http1Event.END, decoder.poll(NOTHING));
        assertTrue(decoder.isIdle());
        assertEquals(3, in.remaining());
        assertSame(Http1Event.NEEDS_INPUT, decoder.poll(in));
        assertFalse(decoder.isIdle());
    }

    @Test
    void poll_content_isAViewOfTheInput() {
        ByteBuffer in = bytes(lines("POST / HTTP/1.1", "Host: x", "Content-Length: 2", "", "ab"));
        decoder.poll(in);
        Http1Event.Content content = assertInstanceOf(Http1Event.Content.class, decoder.poll(in));
        in.put(in.limit() - 1, (byte) 'c');
        assertEquals(bytes("ac"), content.bytes());
    }

    @Test
    void poll_lengthZero_endsAfterTheHead() {
        ByteBuffer in = bytes(lines("POST / HTTP/1.1", "Host: x", "Content-Length: 0", "", ""));
        assertInstanceOf(Http1Event.Request.class, decoder.poll(in));
        assertSame(Http1Event.END, decoder.poll(in));
    }

    @Test
    void poll_chunkedWhole_endsWithoutMoreInput() {
        ByteBuffer in =
                bytes(
                        lines(
                                "POST / HTTP/1.1",
                                "Host: x",
                                "Transfer-Encoding: chunked",
                                "",
                                "1",
                                "a",
                                "0",
                                "",
                                "G"));
        assertInstanceOf(Http1Event.Request.class, decoder.poll(in));
        assertInstanceOf(Http1Event.Content.class, decoder.poll(in));
        assertSame(Http1Event.END, decoder.poll(in));
        assertEquals(1, in.remaining());
    }

    @Test
    void poll_pipelined_givesOneMessageAfterTheOther() {
        String post = lines("POST / HTTP/1.1", "Host: x", "Content-Length: 1", "", "z");
        Trace trace = Trace.ofRequests(GET + "\r\n" + post + GET);
        assertEquals(3, trace.ends());
        assertEquals("z", trace.content());
    }

    @Test
    void poll_afterConnect_leavesTheTunnelsBytes() {
        ByteBuffer in = bytes(lines("CONNECT x:443 HTTP/1.1", "Host: x:443", "", "\u0016\u0003"));
        assertInstanceOf(Http1Event.Request.class, decoder.poll(in));
        assertSame(Http1Event.END, decoder.poll(in));
        assertEquals(2, in.remaining());
    }

    @Test
    void poll_leadingEmptyLines_areSkippedUpToTheBound() {
        String allowed = "\r\n".repeat(RequestDecoder.LEADING_EMPTY_LINES);
        assertEquals(2, Trace.ofRequests(allowed + GET + allowed + GET).ends());
        assertEquals(400, Trace.ofRequests(allowed + "\r\n" + GET).status());
    }

    @Test
    void isIdle_emptyLineBeforeARequest_isStillIdle() {
        assertTrue(decoder.isIdle());
        decoder.poll(bytes("\r"));
        assertTrue(decoder.isIdle());
        decoder.poll(bytes("\n"));
        assertTrue(decoder.isIdle());
        decoder.poll(bytes("G"));
        assertFalse(decoder.isIdle());
    }

    @Test
    void isIdle_withinHeadAndContent_isFalse() {
        decoder.poll(bytes(lines("POST / HTTP/1.1", "")));
        assertFalse(decoder.isIdle());
        decoder.poll(bytes(lines("Host: x", "Content-Length: 1", "", "")));
        assertFalse(decoder.isIdle());
        decoder.poll(bytes("a"));
        decoder.poll(NOTHING);
        assertTrue(decoder.isIdle());
    }

    @Test
    void endOfInput_betweenRequests_isEnd() {
        assertSame(Http1Event.END, decoder.endOfInput());
        ByteBuffer in = bytes(GET);
        decoder.poll(in);
        decoder.poll(in);
        assertSame(Http1Event.END, decoder.endOfInput());
    }

    @Test
    void endOfInput_withinARequest_isIncomplete() {
        decoder.poll(bytes("GE"));
        Http1Event.Malformed malformed =
                assertInstanceOf(Http1Event.Malformed.class, decoder.endOfInput());
        assertEquals(400, malformed.violation().status());
        assertEquals("incomplete request", malformed.violation().detail());
        assertEquals(malformed, decoder.poll(bytes(GET)));
    }

    @Test
    void poll_afterMalformed_takesInputAndGivesTheSame() {
        Http1Event first = decoder.poll(bytes("\u0000"));
        ByteBuffer in = bytes(GET);
        assertSame(first, decoder.poll(in));
        assertEquals(0, in.remaining());
        assertSame(first, decoder.endOfInput());
        assertFalse(decoder.isIdle());
    }

    @Test
    void poll_directBuffer_isReadLikeAnyOther() {
        byte[] bytes = GET.getBytes(ISO_8859_1);
        ByteBuffer in = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        Http1Event.Request request = assertInstanceOf(Http1Event.Request.class, decoder.poll(in));
        assertEquals(Fields.of(new FieldLine("Host", "x")), request.head().fields());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
