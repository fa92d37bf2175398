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
import clawsec.http.ResponseHead;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ResponseDecoderTest {
    private final ResponseDecoder decoder = new ResponseDecoder(Http1Limits.DEFAULT);

    @Test
    void poll_chunked_isHeadContentEnd() {
        String head = lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "");
        Trace trace = Trace.ofResponse("GET", head + lines("2", "ab", "0", "", ""));
        Fields fields = Fields.of(new FieldLine("Transfer-Encoding", "chunked"));
        assertEquals(new ResponseHead(200, "OK", HttpVersion.HTTP_1_1, fields), trace.response());
        assertEquals("ab", trace.content());
        assertEquals(1, trace.ends());
    }

    @Test
    void poll_interimHeads_areFollowedByTheFinalOne() {
        String interim =
                lines("HTTP/1.1 100 Continue", "", "HTTP/1.1 103 Early Hints", "Link: x", "", "");
        String last = lines("HTTP/1.1 200 OK", "Content-Length: 2", "", "ab");
        Trace trace = Trace.ofResponse("POST", interim + last);
        assertEquals(5, trace.events().size());
        assertEquals("ab", trace.content());
        assertEquals(1, trace.ends());
    }

    @Test
    void poll_kept_readsOneResponseAfterTheOther() {
        decoder.expect("HEAD");
        ByteBuffer in = bytes(lines("HTTP/1.1 200 OK", "Content-Length: 5", "", ""));
        assertInstanceOf(Http1Event.Response.class, decoder.poll(in));
        assertSame(Http1Event.END, decoder.poll(in));
        assertTrue(decoder.isIdle());
        decoder.expect("GET");
        in = bytes(lines("HTTP/1.1 200 OK", "Content-Length: 1", "", "a"));
        assertInstanceOf(Http1Event.Response.class, decoder.poll(in));
        assertFalse(decoder.isIdle());
        assertInstanceOf(Http1Event.Content.class, decoder.poll(in));
        assertSame(Http1Event.END, decoder.poll(in));
    }

    @Test
    void endOfInput_untilClose_isTheEnd() {
        decoder.expect("GET");
        ByteBuffer in = bytes(lines("HTTP/1.1 200 OK", "", "ab"));
        decoder.poll(in);
        assertEquals(
                bytes("ab"), assertInstanceOf(Http1Event.Content.class, decoder.poll(in)).bytes());
        assertSame(Http1Event.NEEDS_INPUT, decoder.poll(in));
        assertSame(Http1Event.END, decoder.endOfInput());
    }

    @Test
    void endOfInput_beforeAResponse_isIncomplete() {
        assertIncomplete();
    }

    @Test
    void endOfInput_withinTheHead_isIncomplete() {
        decoder.poll(bytes(lines("HTTP/1.1 200 OK", "Content-Le")));
        assertIncomplete();
    }

    @Test
    void endOfInput_afterInterim_isIncomplete() {
        decoder.poll(bytes(lines("HTTP/1.1 100 Continue", "", "")));
        assertTrue(decoder.isIdle());
        assertIncomplete();
    }

    @Test
    void endOfInput_withinALength_isIncomplete() {
        decoder.expect("GET");
        ByteBuffer in = bytes(lines("HTTP/1.1 200 OK", "Content-Length: 3", "", "ab"));
        decoder.poll(in);
        decoder.poll(in);
        assertIncomplete();
    }

    @Test
    void endOfInput_withinChunks_isIncomplete() {
        decoder.expect("GET");
        String head = lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "");
        ByteBuffer in = bytes(head + lines("1", "a", "0", ""));
        decoder.poll(in);
        decoder.poll(in);
        assertSame(Http1Event.NEEDS_INPUT, decoder.poll(in));
        assertIncomplete();
    }

    @Test
    void poll_tunnel_consumesNothingMore() {
        decoder.expect("CONNECT");
        ByteBuffer in = bytes(lines("HTTP/1.1 200 Connection established", "", "\u0016\u0003"));
        assertInstanceOf(Http1Event.Response.class, decoder.poll(in));
        assertSame(Http1Event.END, decoder.poll(in));
        assertSame(Http1Event.END, decoder.poll(in));
        assertEquals(2, in.remaining());
        assertSame(Http1Event.END, decoder.endOfInput());
        assertFalse(decoder.isIdle());
    }

    @Test
    void poll_leadingEmptyLines_areSkippedUpToTheBound() {
        String response = lines("HTTP/1.1 204 No Content", "", "");
        String allowed = "\r\n".repeat(ResponseDecoder.LEADING_EMPTY_LINES);
        assertEquals(1, Trace.ofResponse("GET", allowed + response).ends());
        assertEquals(502, Trace.ofResponse("GET", allowed + "\n" + response).status());
    }

    @Test
    void poll_afterMalformed_takesInputAndGivesTheSame() {
        Http1Event first = decoder.poll(bytes("SSH-2.0-x\r\n"));
        ByteBuffer in = bytes("HTTP/1.1 200 OK\r\n\r\n");
        assertSame(first, decoder.poll(in));
        assertEquals(0, in.remaining());
        assertSame(first, decoder.endOfInput());
    }

    private void assertIncomplete() {
        Http1Event.Malformed malformed =
                assertInstanceOf(Http1Event.Malformed.class, decoder.endOfInput());
        assertEquals(502, malformed.violation().status());
        assertTrue(malformed.violation().detail().startsWith("incomplete"));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
