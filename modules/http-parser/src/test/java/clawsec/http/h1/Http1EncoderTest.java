package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import org.junit.jupiter.api.Test;

class Http1EncoderTest {
    private static final Fields FIELDS =
            Fields.of(new FieldLine("Host", "x"), new FieldLine("b", "c\td"));

    @Test
    void encode_heads_writesLinesInOrder() {
        assertEquals(
                "GET /p HTTP/1.1\r\nHost: x\r\nb: c\td\r\n\r\n",
                text(
                        Http1Encoder.encode(
                                new RequestHead("GET", "/p", HttpVersion.HTTP_1_1, FIELDS))));
        assertEquals(
                "HTTP/1.0 404 Not Found\r\n\r\n",
                text(
                        Http1Encoder.encode(
                                new ResponseHead(
                                        404, "Not Found", HttpVersion.HTTP_1_0, Fields.EMPTY))));
    }

    @Test
    void chunkFrame_isAsRfc9112Section7_1() {
        assertEquals("1f\r\n", text(Http1Encoder.chunkPrefix(31)));
        assertEquals("\r\n", text(Http1Encoder.crlf()));
        assertEquals("0\r\n\r\n", text(Http1Encoder.lastChunk(Fields.EMPTY)));
        assertEquals("0\r\nHost: x\r\nb: c\td\r\n\r\n", text(Http1Encoder.lastChunk(FIELDS)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
