package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseFramingTest {
    private static final FieldLine LENGTH_5 = new FieldLine("Content-Length", "5");
    private static final FieldLine CHUNKED = new FieldLine("Transfer-Encoding", "chunked");

    @ParameterizedTest
    @CsvSource({"HEAD, 200", "GET, 304", "HEAD, 404", "CONNECT, 304"})
    void rfc9112_6_3_noContent_keepsTheFieldsAndFramesNone(String method, int status) {
        Trace trace = of(method, status, "Content-Length: 5");
        assertEquals(Framing.NONE, trace.framing());
        assertEquals(Fields.of(LENGTH_5), trace.response().fields());
        assertEquals(1, trace.ends());
        Trace chunked = of(method, status, "Transfer-Encoding: chunked");
        assertEquals(Framing.NONE, chunked.framing());
        assertEquals(Fields.of(CHUNKED), chunked.response().fields());
        assertEquals(Framing.NONE, of(method, status, "a: b").framing());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103, 199, 204})
    void rfc9110_8_6_statusWithoutContent_losesTheFramingFields(int status) {
        Trace trace = of("GET", status, "Content-Length: 5\r\na: b\r\nTransfer-Encoding: chunked");
        assertEquals(Framing.NONE, trace.framing());
        assertEquals(Fields.of(new FieldLine("a", "b")), trace.response().fields());
        assertEquals(status == 204 ? 1 : 0, trace.ends());
    }

    @ParameterizedTest
    @CsvSource({"CONNECT, 200", "CONNECT, 204", "CONNECT, 299", "GET, 101"})
    void rfc9112_6_3_tunnel_losesTheFramingFields(String method, int status) {
        Trace trace = of(method, status, "Content-Length: 5\r\na: b\r\nTransfer-Encoding: x");
        assertEquals(Framing.TUNNEL, trace.framing());
        assertEquals(Fields.of(new FieldLine("a", "b")), trace.response().fields());
    }

    @Test
    void rfc9112_6_3_connectRefused_hasContent() {
        assertEquals(new Framing.Length(5), of("CONNECT", 407, "Content-Length: 5").framing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5",
                "Content-Length: 5\r\nContent-Length: 5",
                "Content-Length: 5, 5",
                "Content-Length: 05\r\ncontent-length:\r\nContent-Length: 5,005,",
                "Content-Length:\r\n 5",
                "Content-Length : 5",
                "Transfer-Encoding: identity\r\nContent-Length: 5",
            })
    void rfc9110_8_6_sameLengths_areSaidOnce(String fieldLines) {
        Trace trace = of("GET", 200, fieldLines);
        assertEquals(new Framing.Length(5), trace.framing());
        assertEquals(Fields.of(LENGTH_5), trace.response().fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length:",
                "Content-Length: ,",
                "Content-Length: a",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 5 5",
                "Content-Length: 5\r6",
                "Content-Length: 9223372036854775808",
                "Content-Length: 5\r\n 6",
            })
    void rfc9112_6_3_invalidLength_isRefused502(String fieldLines) {
        assertEquals(502, of("GET", 200, fieldLines).status());
        assertEquals(502, of("HEAD", 200, fieldLines).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Transfer-Encoding: Chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Content-Length: x\r\nTransfer-Encoding: chunked,",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding: \u000bchunked",
            })
    void rfc9112_6_3_coding_overridesALength(String fieldLines) {
        Trace trace = of("GET", 200, fieldLines);
        assertEquals(Framing.CHUNKED, trace.framing());
        String coding = trace.response().fields().first("Transfer-Encoding").orElseThrow();
        assertEquals("chunked", coding.toLowerCase(Locale.ROOT));
        assertEquals(1, trace.response().fields().lines().size());
    }

    @Test
    void rfc9112_6_1_codingInHttp10_endsTheConnection() {
        String head =
                lines(
                        "HTTP/1.0 200 OK",
                        "Connection: keep-alive",
                        "Transfer-Encoding: chunked",
                        "",
                        "");
        Trace trace = Trace.ofResponse("GET", head + lines("1", "a", "0", "", ""));
        assertEquals("a", trace.content());
        assertEquals(
                Fields.of(new FieldLine("Connection", "close"), CHUNKED),
                trace.response().fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip, chunked",
                "gzip",
                "chunked, identity",
                "identity, chunked",
                "chunked, chunked",
                "xchunked",
                "chunked;a",
                "\"chunked\"",
            })
    void rfc9112_6_1_otherCoding_isRefused502(String coding) {
        assertEquals(502, of("GET", 200, "Transfer-Encoding: " + coding).status());
    }

    @Test
    void rfc9112_6_3_neither_isUntilClose() {
        assertEquals(Framing.UNTIL_CLOSE, of("GET", 200, "a: b").framing());
        assertEquals(
                Fields.EMPTY, of("GET", 200, "Transfer-Encoding: identity").response().fields());
        assertEquals(Framing.UNTIL_CLOSE, of("GET", 200, "Transfer-Encoding: identity").framing());
    }

    private static Trace of(String method, int status, String fieldLines) {
        return Trace.ofResponse(method, lines("HTTP/1.1 " + status + " x", fieldLines, "", ""));
    }
}
