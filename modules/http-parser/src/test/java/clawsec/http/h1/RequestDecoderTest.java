package clawsec.http.h1;

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
    @Test
    void poll_wholeRequest_isHeadAndEnd() {
        Trace trace =
                Trace.ofRequests("GET /a?b HTTP/1.1\r\nHost: x\r\naccept:\t */* \r\nE:\r\n\r\n");
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
        RequestDecoder decoder = new RequestDecoder(Http1Limits.DEFAULT);
        ByteBuffer in = bytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET");
        assertEquals(
                new Framing.Length(3),
                assertInstanceOf(Http1Event.Request.class, decoder.poll(in)).framing());
        Http1Event.Content content = assertInstanceOf(Http1Event.Content.class, decoder.poll(in));
        assertEquals(bytes("abc"), content.bytes());
        assertSame(Http1Event.END, decoder.poll(ByteBuffer.allocate(0)));
        assertTrue(decoder.isIdle());
        assertEquals(3, in.remaining());
        assertSame(Http1Event.NEEDS_INPUT, decoder.poll(in));
        assertFalse(decoder.isIdle());
    }

    @Test
    void poll_chunked_isContentWithTrailers() {
        Trace trace =
                Trace.ofRequests(
                        "POST / HTTP/1.1\r\n"
                                + "Host: x\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "3\r\n"
                                + "abc\r\n"
                                + "0a;x=\"y\"\r\n"
                                + "0123456789\r\n"
                                + "0\r\n"
                                + "T: 1\r\n"
                                + "Host: y\r\n\r\n");
        assertEquals(Framing.CHUNKED, trace.framing());
        assertEquals("abc0123456789", trace.content());
        assertEquals(Fields.of(new FieldLine("T", "1")), trace.trailers());
    }

    @Test
    void poll_pipelined_givesOneMessageAfterTheOther() {
        String get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        String post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nz";
        Trace trace = Trace.ofRequests(get + "\r\n" + post + get);
        assertEquals(3, trace.ends());
        assertEquals("z", trace.content());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }
}
