package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two servers read as different numbers of requests: none of them may pass. */
class SmugglingTest {
    private static final String SMUGGLED = lines("GET /admin HTTP/1.1", "Host: x", "", "");

    @Test
    void clTe_isRefused() {
        refuse(lines("Content-Length: 6", "Transfer-Encoding: chunked", "", "0", "", "G"));
    }

    @Test
    void teCl_isRefused() {
        refuse(
                lines(
                        "Transfer-Encoding: chunked",
                        "Content-Length: 4",
                        "",
                        "5c",
                        SMUGGLED,
                        "0",
                        "",
                        ""));
    }

    @Test
    void clCl_isRefused() {
        refuse(lines("Content-Length: 0", "Content-Length: 43", "", SMUGGLED));
        refuse(lines("Content-Length: 0, 43", "", SMUGGLED));
    }

    /** One of two servers does not know the coding by this spelling, and takes the length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: \u000cchunked",
                "Transfer-Encoding: \u0000chunked",
                "Transfer-Encoding: chunked\u0000",
                "Transfer-Encoding: chunked\u000b",
                "Transfer-Encoding: \u0001chunked",
                "Transfer-Encoding: \u00a0chunked",
                "Transfer-Encoding: chunked\u0085",
                "Transfer-Encoding: \u00efchunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked-",
                "Transfer-Encoding: chunk",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, cow",
                "Transfer-Encoding: cow, chunked",
                "Transfer-Encoding: cow chunked",
                "Transfer-Encoding: chunked;",
                "Transfer-Encoding: 'chunked'",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: {chunked}",
                "Transfer-Encoding: \\chunked",
                "Transfer-Encoding: %63hunked",
                "Transfer-Encoding: =?utf-8?B?Y2h1bmtlZA==?=",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding:\n chunked",
                "Transfer-Encoding:\r chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                "Transfer-Encoding\u000b: chunked",
                "Transfer-Encoding\u0000: chunked",
                "Transfer-Encoding chunked",
                "Transfer-Encoding\r\n: chunked",
                "Transfer_Encoding: chunked",
                "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
                "Transfer-Encoding:\r\nTransfer-Encoding: chunked",
                " Transfer-Encoding: chunked",
                "\tTransfer-Encoding: chunked",
                "X: y\nTransfer-Encoding: chunked",
                "X: y\rTransfer-Encoding: chunked",
                "X: y\r\rTransfer-Encoding: chunked",
                "\u0000Transfer-Encoding: chunked",
                "\u00ffTransfer-Encoding: chunked",
                ":Transfer-Encoding: chunked",
                "\"Transfer-Encoding\": chunked",
            })
    void teTe_spelling_isRefused(String line) {
        refuse(lines(line, "", "0", "", SMUGGLED));
        refuse(lines("Content-Length: 4", line, "", "1", "Z", "Q"));
        refuse(lines(line, "Content-Length: 4", "", "1", "Z", "Q"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: +5",
                "Content-Length : 5",
                "Content_Length: 5",
                "Content-Length: 0x5",
                "Content-Length: 5;",
                "Content-Length: \"5\"",
                "Content-Length: \u000b5",
                "Content-Length: 5\u0000",
                "Content-Length:\r\n 5",
                "X: y\nContent-Length: 5",
                " Content-Length: 5",
            })
    void cl0_spelling_isRefused(String line) {
        refuse(lines(line, "", SMUGGLED));
    }

    /** The second message is inside a chunk for one server, and behind it for the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5",
                "5 5",
                " 5",
                "5 ",
                "5\t",
                "+5",
                "-5",
                "5,",
                "5\n",
                "5\r",
                "5;\n",
                "5;a\rb",
                "5;a=\"\r\n\"",
                "5;\u0000",
                "5\u0000",
                "05\u00a0",
                "",
                ";a",
                "g",
                "5g",
                "\u00b5",
                "10000000000000005",
                "8000000000000000",
            })
    void chunkSize_spelling_isRefused(String size) {
        refuse(lines("Transfer-Encoding: chunked", "", size, "01234", "0", "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "x", "\r\r\n", "\n\r\n", " \r\n", "0\r\n", "\u0000\r\n"})
    void chunkEnd_spelling_isRefused(String end) {
        refuse(lines("Transfer-Encoding: chunked", "", "5", "01234" + end + "0", "", ""));
    }

    /** What is beside another form of target decides nothing, and a space begins no new target. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.1\nHost: x",
                "GET /a\rGET /b HTTP/1.1",
                "GET /a HTTP/1.1 GET /b HTTP/1.1",
                "GET /a\u000bHTTP/1.1 HTTP/1.1",
                "GET\u00a0/a HTTP/1.1",
                "GET /a\u00a0HTTP/1.1 HTTP/1.1",
            })
    void requestLine_spelling_isRefused(String line) {
        assertEquals(400, Trace.ofRequests(lines(line, "Host: x", "", SMUGGLED)).status());
    }

    @Test
    void valueThatLooksLikeAMessage_isOneMessage() {
        Trace trace = trace(lines("X: GET /admin HTTP/1.1 Host: x", "Content-Length: 0", "", ""));
        assertEquals(1, trace.ends());
        assertFalse(trace.isMalformed());
    }

    private static void refuse(String rest) {
        Trace trace = trace(rest);
        assertTrue(trace.isMalformed(), trace::toString);
        assertTrue(trace.status() < 502, trace::toString);
        assertEquals(0, trace.ends(), trace::toString);
    }

    private static Trace trace(String rest) {
        return Trace.ofRequests(lines("POST / HTTP/1.1", "Host: x", rest));
    }
}
