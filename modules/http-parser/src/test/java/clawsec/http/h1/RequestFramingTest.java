package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFramingTest {
    @Test
    void rfc9112_3_2_hostMissing_isRefusedButInHttp10() {
        assertEquals(400, Trace.ofRequests(lines("GET / HTTP/1.1", "", "")).status());
        assertEquals(400, Trace.ofRequests(lines("OPTIONS * HTTP/1.1", "", "")).status());
        assertEquals(1, Trace.ofRequests(lines("GET / HTTP/1.0", "", "")).ends());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "GET / HTTP/1.0", "CONNECT x:1 HTTP/1.1"})
    void rfc9112_3_2_twoHosts_areRefused(String line) {
        assertEquals(400, Trace.ofRequests(lines(line, "Host: x", "HOST: x", "", "")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x:1", "x:65535", "x:", "127.0.0.1", "[::1]:8080", "a_b-c.d."})
    void rfc9112_3_2_validHost_isAccepted(String host) {
        assertEquals(1, withHost("GET / HTTP/1.1", host).ends());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x:0",
                "x:65536",
                "x:a",
                "x:1:2",
                "a b",
                "a,b",
                "u@x",
                "x/",
                "http://x",
                "::1",
                "[::1",
                "[:::1]",
                "0.0.0.0=5000",
                "\u00e9.example",
            })
    void rfc9112_3_2_invalidHost_isRefused(String host) {
        assertEquals(400, withHost("GET / HTTP/1.1", host).status());
        assertEquals(400, withHost("GET http://y/ HTTP/1.1", host).status());
        assertEquals(400, withHost("GET / HTTP/1.0", host).status());
    }

    @Test
    void rfc9110_7_2_emptyHost_isAcceptedBesideOtherTargetsThanPaths() {
        assertEquals(400, withHost("GET / HTTP/1.1", "").status());
        assertEquals(1, withHost("OPTIONS * HTTP/1.1", "").ends());
        assertEquals(1, withHost("GET http://y/ HTTP/1.1", "").ends());
        assertEquals(1, withHost("CONNECT y:1 HTTP/1.1", "").ends());
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 0, 0",
        "content-length: 3, 3",
        "Content-Length: 9223372036854775807, 9223372036854775807",
    })
    void rfc9112_6_2_length_isTheFraming(String line, long bytes) {
        assertEquals(new Framing.Length(bytes), withLines(line).framing());
    }

    @Test
    void rfc9112_6_2_leadingZeros_goOnInPlainDigits() {
        Trace trace = withLines("a: b", "Content-Length: 003", "c: d");
        assertEquals(new Framing.Length(3), trace.framing());
        assertEquals(
                Fields.of(
                        new FieldLine("Host", "x"),
                        new FieldLine("a", "b"),
                        new FieldLine("Content-Length", "3"),
                        new FieldLine("c", "d")),
                trace.request().fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "-0",
                "1 1",
                "1,1",
                "1, 2",
                "0x1",
                "1e1",
                "1.0",
                "a",
                "\u00b2",
                "9223372036854775808",
                "18446744073709551616",
                "00000000000000000001",
                "99999999999999999999999",
            })
    void rfc9112_6_2_lengthThatIsNone_isRefused(String length) {
        assertEquals(400, withLines("Content-Length: " + length).status());
    }

    @Test
    void rfc9112_6_3_twoLengths_areRefusedEvenWhenEqual() {
        assertEquals(400, withLines("Content-Length: 1", "Content-Length: 2").status());
        assertEquals(400, withLines("Content-Length: 1", "content-length: 1").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", "CHUNKED", "chunked \t"})
    void rfc9112_6_1_chunked_isTheFraming(String coding) {
        assertEquals(Framing.CHUNKED, withLines("Transfer-Encoding: " + coding).framing());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, chunked|501",
                "identity, chunked|501",
                "x-unknown;a=\"b,c\", chunked|501",
                "gzip|400",
                "identity|400",
                "chunked, gzip|400",
                "chunked, identity|400",
                "chunked, chunked|400",
                "gzip, chunked, chunked|400",
                "xchunked|400",
                "chunkedx|400",
                "chunked;a=b|400",
                "\"chunked\"|400",
                "chunked,|400",
                ",chunked|400",
                ",|400",
                "''|400",
            })
    void rfc9112_6_1_otherCodings_areRefused(String coding, int status) {
        assertEquals(status, withLines("Transfer-Encoding: " + coding).status());
    }

    @Test
    void rfc9112_6_1_codingsOnSeveralLines_areOneList() {
        assertEquals(
                501, withLines("Transfer-Encoding: gzip", "Transfer-Encoding: chunked").status());
        assertEquals(
                400, withLines("Transfer-Encoding: chunked", "Transfer-Encoding: gzip").status());
        assertEquals(400, withLines("Transfer-Encoding: chunked", "Transfer-Encoding:").status());
        assertEquals(
                400,
                withLines("Transfer-Encoding: chunked", "transfer-encoding: chunked").status());
    }

    @Test
    void rfc9112_6_1_codingInHttp10_isRefused() {
        assertEquals(
                400,
                Trace.ofRequests(lines("POST / HTTP/1.0", "Transfer-Encoding: chunked", "", ""))
                        .status());
    }

    @Test
    void rfc9112_6_3_lengthBesideCoding_isRefused() {
        assertEquals(400, withLines("Content-Length: 1", "Transfer-Encoding: chunked").status());
        assertEquals(400, withLines("Transfer-Encoding: chunked", "Content-Length: 1").status());
        assertEquals(400, withLines("Transfer-Encoding: gzip", "Content-Length: a").status());
    }

    @Test
    void rfc9110_9_3_6_connectWithContent_isRefused() {
        String connect = "CONNECT x:443 HTTP/1.1";
        assertEquals(
                400,
                Trace.ofRequests(lines(connect, "Host: x", "Content-Length: 1", "", "")).status());
        assertEquals(
                400,
                Trace.ofRequests(lines(connect, "Host: x", "Transfer-Encoding: chunked", "", ""))
                        .status());
        assertFalse(
                Trace.ofRequests(lines(connect, "Host: x", "Content-Length: 0", "", ""))
                        .isMalformed());
    }

    private static Trace withHost(String line, String host) {
        return Trace.ofRequests(lines(line, "Host: " + host, "", ""));
    }

    private static Trace withLines(String... fieldLines) {
        String fields = String.join("\r\n", fieldLines);
        return Trace.ofRequests(lines("POST / HTTP/1.1", "Host: x", fields, "", ""));
    }
}
