package clawsec.http.h1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.MessageHead;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\rb", "a\0", "\u007f", "\r\n\r\n", "a\r\n"})
    void encode_lineBreakOrControl_isOurMistake(String bad) {
        Fields fields = Fields.of(new FieldLine("a", bad));
        HttpVersion version = HttpVersion.HTTP_1_1;
        refuse(new RequestHead("GET", "/", version, fields));
        refuse(new RequestHead("GET", "/", version, Fields.of(new FieldLine(bad, "a"))));
        refuse(new RequestHead(bad, "/", version, Fields.EMPTY));
        refuse(new RequestHead("GET", bad, version, Fields.EMPTY));
        refuse(new ResponseHead(200, bad, version, Fields.EMPTY));
        assertThrows(IllegalStateException.class, () -> Http1Encoder.lastChunk(fields));
    }

    /** U+010A cut to a byte would be a line feed. */
    @Test
    void encode_characterBeyondAByte_becomesAQuestionMark() {
        Fields fields = Fields.of(new FieldLine("a", "\u010d\u010ab"));
        String encoded = text(Http1Encoder.lastChunk(fields));
        assertEquals("0\r\na: ??b\r\n\r\n", encoded);
    }

    @Test
    void chunkPrefix_ofNothing_isOurMistake() {
        assertThrows(IllegalArgumentException.class, () -> Http1Encoder.chunkPrefix(0));
    }

    private static void refuse(MessageHead head) {
        assertThrows(IllegalStateException.class, () -> Http1Encoder.encode(head));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
