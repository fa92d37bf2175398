package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.HttpVersion;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "GET /a/../b?c=d&e HTTP/1.1",
                "GET /with_\"quotes\"|{}?foo=\"bar\" HTTP/1.1",
                "GET //double HTTP/1.1",
                "get / HTTP/1.1",
                "!#$%&'*+-.^_`|~09AZaz / HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "GET http://example.com HTTP/1.1",
                "GET HTTP://example.com?x HTTP/1.1",
                "GET https://example.com:8443/a?b HTTP/1.1",
                "GET http://[::1]:8080/foo HTTP/1.1",
                "GET ws+x-1.0://example.com/ HTTP/1.1",
                "CONNECT example.com:443 HTTP/1.1",
                "CONNECT [2001:db8::1]:443 HTTP/1.1",
            })
    void rfc9112_3_valid_isAcceptedAsReceived(String line) {
        Trace trace = Trace.ofRequests(lines(line, "Host: x", "", ""));
        String[] parts = line.split(" ", -1);
        assertEquals(parts[0], trace.request().method());
        assertEquals(parts[1], trace.request().target());
        assertEquals(HttpVersion.HTTP_1_1, trace.request().version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " GET / HTTP/1.1",
                "GET  / HTTP/1.1",
                "GET /  HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET /a b HTTP/1.1",
                "GET\t/ HTTP/1.1",
                "GET /\tHTTP/1.1",
                "GET / HTTP/1.1x",
                "GET / HTTP/1.10",
                "GET / HTTP/11",
                "GET / HTTP/1,1",
                "GET / HTTP/1.",
                "GET / HTTP/a.1",
                "GET / HTP/1.1",
                "GET / http/1.1",
                "GET / ",
                "GET ",
                "GET",
                " ",
                "GET\u0000 / HTTP/1.1",
                "GET /\u0001 HTTP/1.1",
                "GET /\u007f HTTP/1.1",
                "GET /\u00e9 HTTP/1.1",
                "GET /\rHTTP/1.1",
                "G\u00cbT / HTTP/1.1",
                "G@T / HTTP/1.1",
                "GET: / HTTP/1.1",
            })
    void rfc9112_3_invalid_isRefused400(String line) {
        assertEquals(400, Trace.ofRequests(lines(line, "Host: x", "", "")).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET * HTTP/1.1",
                "GET example.com HTTP/1.1",
                "GET example.com:80 HTTP/1.1",
                "GET http:///path HTTP/1.1",
                "GET http://:80/ HTTP/1.1",
                "GET http:/example.com/ HTTP/1.1",
                "GET ://example.com/ HTTP/1.1",
                "GET 1http://example.com/ HTTP/1.1",
                "GET ht_tp://example.com/ HTTP/1.1",
                "GET http://user:password@example.com/ HTTP/1.1",
                "GET http://example.com:65536/ HTTP/1.1",
                "GET http://example.com:x/ HTTP/1.1",
                "GET http://[::1/ HTTP/1.1",
                "GET http://a\\b/ HTTP/1.1",
                "GET /path#fragment HTTP/1.1",
                "GET http://example.com#fragment HTTP/1.1",
                "GET http://example.com/?q# HTTP/1.1",
                "OPTIONS *# HTTP/1.1",
                "CONNECT / HTTP/1.1",
                "CONNECT * HTTP/1.1",
                "CONNECT example.com HTTP/1.1",
                "CONNECT example.com: HTTP/1.1",
                "CONNECT example.com:0 HTTP/1.1",
                "CONNECT example.com:65536 HTTP/1.1",
                "CONNECT :443 HTTP/1.1",
                "CONNECT ::1:443 HTTP/1.1",
                "CONNECT user@example.com:443 HTTP/1.1",
                "CONNECT http://example.com:443/ HTTP/1.1",
            })
    void rfc9112_3_2_formUnfitForMethod_isRefused400(String line) {
        Trace trace = Trace.ofRequests(lines(line, "Host: x", "", ""));
        assertEquals(400, trace.status());
        assertEquals("RFC 9112 §3.2", trace.violation().rule());
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.0, 0",
        "GET / HTTP/1.1, 1",
        "GET / HTTP/1.2, 1",
        "GET / HTTP/1.9, 1",
    })
    void rfc9110_2_5_minorVersion_isProcessedAsTheHighestKnown(String line, int minor) {
        Trace trace = Trace.ofRequests(lines(line, "Host: x", "", ""));
        assertEquals(new HttpVersion(1, minor), trace.request().version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/0.9",
                "GET / HTTP/2.0",
                "GET / HTTP/3.1",
                "PRI * HTTP/2.0",
                "CONNECT / HTTP/9.9",
            })
    void rfc9112_2_3_otherMajorVersion_isRefused505(String line) {
        assertEquals(505, Trace.ofRequests(lines(line, "")).status());
    }

    @Test
    void rfc9112_2_3_http09_isRefused400() {
        Trace trace = Trace.ofRequests(lines("GET /", ""));
        assertEquals(400, trace.status());
        assertEquals("request line without HTTP version", trace.violation().detail());
    }

    /** A line is checked when it ends, and its method while it arrives. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001", " ", "\u00ff", "{", "GE(", "GET:", "\n", "\rG"})
    void poll_bytesThatBeginNoRequest_areRefusedAtOnce(String start) {
        assertEquals(400, Trace.ofRequests(start).status());
    }

    @Test
    void poll_beginningOfARequest_waits() {
        Trace trace = Trace.ofRequests("GET /not yet whole");
        assertTrue(trace.events().isEmpty());
    }

    @Test
    void poll_brokenRequestLine_isRefusedBeforeTheHeadIsWhole() {
        RequestDecoder decoder = new RequestDecoder(Http1Limits.DEFAULT);
        assertInstanceOf(
                Http1Event.Malformed.class,
                decoder.poll(ByteBuffer.wrap("GET /\r\n".getBytes(ISO_8859_1))));
    }
}
