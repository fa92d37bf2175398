package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentReaderTest {
    @Test
    void rfc9112_7_1_chunks_areJoined() {
        Trace trace = chunked("1", "a", "0A", "0123456789", "000", "", "");
        assertEquals("a0123456789", trace.content());
        assertEquals(1, trace.ends());
        assertEquals(Fields.EMPTY, trace.trailers());
    }

    @Test
    void rfc9112_7_1_noContent_endsAtOnce() {
        assertEquals(1, chunked("0", "", "").ends());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5;a",
                "5;a=b",
                "5; a; b=c",
                "5 ;a",
                "5\t; a=\"b;c\\\"d\"",
                "5;",
                "5;;;",
                "5;a=\"unbalanced",
                "5;\u00e9\t",
                "00000005",
            })
    void rfc9112_7_1_1_extensions_areIgnored(String size) {
        assertEquals("01234", chunked(size, "01234", "0;z=y", "", "").content());
    }

    @ParameterizedTest
    @CsvSource({
        "7fffffffffffffff, 0",
        "0007fffffffffffffff, 0",
        "8000000000000000, 413",
        "ffffffffffffffff, 413",
        "10000000000000000, 413",
        "ffffffffffffffffffffffff, 413",
    })
    void rfc9112_7_1_sizeBeyondALong_isRefused413(String size, int status) {
        Trace trace = chunked(size, "01234");
        assertEquals(status, trace.isMalformed() ? trace.status() : 0);
    }

    @Test
    void rfc9112_7_1_2_trailers_areGivenWithTheEnd() {
        Trace trace = chunked("0", "Digest: a", "x-b:", "", "");
        assertEquals(
                Fields.of(new FieldLine("Digest", "a"), new FieldLine("x-b", "")),
                trace.trailers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a : b", " a: b", "a", ": b", "a: \u0000", "a: b\nc: d", "a: b\r\n c"})
    void rfc9112_7_1_2_invalidTrailer_isRefused(String line) {
        assertEquals(400, chunked("0", line, "", "").status());
    }

    @Test
    void rfc9112_7_1_lenientInResponses() {
        Trace trace = response("5 \n01234\n1\t;x\r\nz\r\n0\nt : 1\n\tfolded\nbad name: 2\n\n");
        assertEquals("01234z", trace.content());
        assertEquals(Fields.of(new FieldLine("t", "1 folded")), trace.trailers());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n",
                "\r\n",
                "-1\r\n",
                "0x1\r\n",
                "1 1\r\n",
                "8000000000000000\r\n",
                "1\r\nab\r\n",
                "1\r\na0\r\n",
                "1\r\na\r\r\n",
                "0\r\na: \u0000\r\n\r\n",
            })
    void rfc9112_7_1_invalidInResponses_isRefused502(String chunks) {
        assertEquals(502, response(chunks).status());
    }

    @Test
    void poll_chunkOfResponse_isGivenBeforeItIsWhole() {
        Trace trace = response("5\r\n0123");
        assertEquals("0123", trace.content());
        assertEquals(0, trace.ends());
    }

    private static Trace chunked(String... body) {
        String head = lines("POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "", "");
        return Trace.ofRequests(head + lines(body));
    }

    private static Trace response(String body) {
        String head = lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "");
        return Trace.ofResponse("GET", head + body);
    }
}
