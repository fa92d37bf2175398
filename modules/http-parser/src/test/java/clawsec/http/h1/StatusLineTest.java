package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.HttpVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "HTTP/1.1 200 OK|1|200|OK",
                "HTTP/1.0 404 Not Found|0|404|Not Found",
                "HTTP/1.1 200 |1|200|''",
                "HTTP/1.1 200|1|200|''",
                "HTTP/1.1  200  OK  |1|200|OK",
                "HTTP/1.1\t200\tOK|1|200|OK",
                "HTTP/1.2 200 OK|1|200|OK",
                "HTTP/1.10 200 OK|1|200|OK",
                "HTTP/1.00 200 OK|1|200|OK",
                "http/1.1 200 OK|1|200|OK",
                "HTTP/1.1 999 \u00e9\u0001!|1|999|\u00e9 !",
                "HTTP/1.1 100 Continue|1|100|Continue",
            })
    void rfc9112_4_line_isReadLeniently(String line, int minor, int status, String reason) {
        Trace trace = Trace.ofResponse("HEAD", lines(line, "", ""));
        assertEquals(new HttpVersion(1, minor), trace.response().version());
        assertEquals(status, trace.response().status());
        assertEquals(reason, trace.response().reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1",
                "HTTP/1.1 ",
                "HTTP/1.1 20",
                "HTTP/1.1 2000 OK",
                "HTTP/1.1 2x0 OK",
                "HTTP/1.1 099 OK",
                "HTTP/1.1 -20 OK",
                "HTTP/1.1 200OK",
                "HTTP/1.1200 OK",
                "HTTP/1. 200 OK",
                "HTTP/1 200 OK",
                "HTTP/2.0 200 OK",
                "HTTP/0.9 200 OK",
                "HTTP 200 OK",
                "ICY 200 OK",
                " HTTP/1.1 200 OK",
                "\rHTTP/1.1 200 OK",
                "HTTP/1.1 200 \u0000",
                "<html>",
            })
    void rfc9112_4_otherLine_isRefused502(String line) {
        assertEquals(502, Trace.ofResponse("GET", lines(line, "", "")).status());
    }

    /** Bytes that begin no status line are refused before the line ends. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0015\u0003", "S", "HTTP/2", "HTTPS", "h2", "\u0000"})
    void poll_garbage_isRefusedAtOnce(String start) {
        assertEquals(502, Trace.ofResponse("GET", start).status());
    }
}
