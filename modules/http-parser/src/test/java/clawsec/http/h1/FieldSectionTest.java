package clawsec.http.h1;

import static clawsec.http.h1.Trace.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a: b|a|b",
                "a:b|a|b",
                "a: \t b\tc d \t|a|b\tc d",
                "a:|a|''",
                "a: \t|a|''",
                "a: b:c: d|a|b:c: d",
                "!#$%&'*+-.^_`~09AZaz: v|!#$%&'*+-.^_`~09AZaz|v",
                "a: \u00e9\u0080\u00ff|a|\u00e9\u0080\u00ff",
            })
    void rfc9110_5_valid_isKeptAsReceivedWithoutOuterBlanks(
            String line, String name, String value) {
        Fields expected = Fields.of(new FieldLine("Host", "x"), new FieldLine(name, value));
        assertEquals(expected, ofRequest(line).request().fields());
        assertEquals(Fields.of(new FieldLine(name, value)), ofResponse(line).response().fields());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a : b",
                "a\t: b",
                "a",
                "a b",
                ": b",
                "a(: b",
                "\u00e9: b",
                "a\u0000: b",
                "a: \u0000",
                "a: \u0001b",
                "a: \u007f",
                "a: \u001b[31m",
                "a: b\rc",
                "a: b\r\rc",
                "a: b\nc: d",
                "a: b\n",
                "a: b\r\n folded",
                "a: b\r\n\tfolded",
                "a: b\r\n \r\nc: d",
            })
    void rfc9112_5_invalidInRequest_isRefused400(String line) {
        assertEquals(400, ofRequest(line).status());
    }

    @Test
    void rfc9112_2_2_blankBeforeFirstField_isRefusedInRequests() {
        assertEquals(400, Trace.ofRequests(lines("GET / HTTP/1.1", " Host: x", "", "")).status());
    }

    @Test
    void violation_fieldLine_namesItsNumberAndNotItsValue() {
        Trace trace = ofRequest("a: s3cret\u0001");
        assertEquals("control character 1 in field line 2", trace.violation().detail());
        assertEquals(
                "white space before the colon in field line 2",
                ofRequest("a : s3cret").violation().detail());
    }

    static List<Arguments> leniencies() {
        return List.of(
                Arguments.of("a : b", "b"),
                Arguments.of("a\t : b", "b"),
                Arguments.of("a: b\r\n c", "b c"),
                Arguments.of("a:\r\n\t b\r\n  c \r\n \r\n d", "b c d"),
                Arguments.of("a: b\rc", "b c"),
                Arguments.of("a: b\r", "b"),
                Arguments.of("a: b\nk: v", "b"),
                Arguments.of("a: \u0001b\u001b[c\u007fd", "b [c d"),
                Arguments.of("a: b\u000b\u000c", "b"));
    }

    @ParameterizedTest
    @MethodSource("leniencies")
    void rfc9112_5_invalidInResponse_isNormalised(String line, String value) {
        assertEquals(
                new FieldLine("a", value), ofResponse(line).response().fields().lines().getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b: c",
                ": c",
                "no colon",
                "a(: b",
                "\u00e9: b",
                "\u0001a: b",
                "a\u0001: b",
                "\rb",
                "(: b\r\n folded\r\n more",
            })
    void poll_invalidNameInResponse_isDropped(String line) {
        Fields kept = Fields.of(new FieldLine("k", "v"));
        assertEquals(kept, ofResponse(line + "\r\nk: v").response().fields());
        assertEquals(kept, ofResponse("k: v\r\n" + line).response().fields());
    }

    @Test
    void rfc9112_2_2_blankBeforeFirstFieldOfResponse_isDropped() {
        assertEquals(
                Fields.of(new FieldLine("k", "v")),
                ofResponse(" a: b\r\n c\r\nk: v").response().fields());
    }

    @Test
    void poll_responseWithBareLineFeeds_isAccepted() {
        Trace trace = Trace.ofResponse("GET", "HTTP/1.1 200 OK\na: b\nContent-Length: 1\n\nx");
        assertEquals("b", trace.response().fields().first("a").orElseThrow());
        assertEquals("x", trace.content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: \u0000", "a\u0000: b", "a: b\r\n \u0000", "\u0000", "no\u0000"})
    void rfc9110_5_5_nulInResponse_isRefused(String line) {
        Trace trace = ofResponse(line);
        assertEquals(502, trace.status());
        assertTrue(trace.violation().detail().startsWith("NUL in field line"));
    }

    private static Trace ofRequest(String line) {
        return Trace.ofRequests(lines("GET / HTTP/1.1", "Host: x", line, "", ""));
    }

    private static Trace ofResponse(String line) {
        return Trace.ofResponse("HEAD", lines("HTTP/1.1 200 OK", line, "", ""));
    }
}
