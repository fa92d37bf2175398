package clawsec.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import clawsec.http.hpack.HpackLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSectionReaderTest {
    private static final String GET =
            ":method=GET ~ :scheme=https ~ :path=/ ~ :authority=a.example";

    @Test
    void request_plain_isAsHttp1HasIt() {
        RequestHead head =
                new RequestHead(
                        "GET",
                        "/",
                        HttpVersion.HTTP_2,
                        Fields.of(
                                new FieldLine("host", "a.example"),
                                new FieldLine("accept", "*/*")));
        assertEquals(
                new FieldSection.Request(head, "https", Optional.empty(), Set.of()),
                FieldSectionReader.request(lines(GET + " ~ accept=*/*")));
    }

    @Test
    void request_cookiesInCrumbs_areOneLineWhereTheFirstStood() {
        FieldSection section =
                FieldSectionReader.request(lines(GET + " ~ cookie=a=1 ~ x=y ~ cookie=b=2"));
        assertEquals(
                List.of(
                        new FieldLine("host", "a.example"),
                        new FieldLine("cookie", "a=1; b=2"),
                        new FieldLine("x", "y")),
                assertInstanceOf(FieldSection.Request.class, section).head().fields().lines());
    }

    @Test
    void request_hostInPlaceOfAuthority_isTaken() {
        FieldSection section =
                FieldSectionReader.request(
                        lines(":method=GET ~ :scheme=http ~ :path=/x ~ host=a.example:81"));
        RequestHead head = assertInstanceOf(FieldSection.Request.class, section).head();
        assertEquals(List.of("a.example:81"), head.fields().all("Host"));
    }

    @Test
    void request_connect_isPlainOrExtended() {
        FieldSection.Request plain =
                assertInstanceOf(
                        FieldSection.Request.class,
                        FieldSectionReader.request(
                                lines(":method=CONNECT ~ :authority=a.example:443")));
        assertEquals("a.example:443", plain.head().target());
        assertEquals("", plain.scheme());
        FieldSection.Request extended =
                assertInstanceOf(
                        FieldSection.Request.class,
                        FieldSectionReader.request(
                                lines(GET.replace("GET", "CONNECT ~ :protocol=websocket"))));
        assertEquals(Optional.of("websocket"), extended.protocol());
        assertEquals("/", extended.head().target());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":scheme=https ~ :path=/ ~ :authority=a | §8.3.1: no method",
                ":method=G T ~ :scheme=https ~ :path=/ ~ :authority=a | §8.3.1: no method",
                ":method=GET ~ :path=/ ~ :authority=a | §8.3.1: no scheme of HTTP",
                ":method=GET ~ :scheme=ftp ~ :path=/ ~ :authority=a | §8.3.1: no scheme of HTTP",
                ":method=GET ~ :scheme=https ~ :authority=a | §8.3.1: no path",
                ":method=GET ~ :scheme=https ~ :path=x ~ :authority=a | §8.3.1: no path",
                ":method=GET ~ :scheme=https ~ :path=/a b ~ :authority=a | §8.3.1: no path",
                ":method=GET ~ :scheme=https ~ :path=* ~ :authority=a | §8.3.1: no path",
                ":method=GET ~ :scheme=https ~ :path=/ | §8.3.1: no authority",
                ":method=GET ~ :scheme=https ~ :path=/ ~ :authority=u@a | §8.3.1: no authority",
                ":method=CONNECT ~ :authority=a | §8.5: CONNECT to no host and port",
                ":method=CONNECT ~ :authority=a:1 ~ :path=/ | §8.5: CONNECT with a scheme or path",
                ":method=GET ~ :protocol=websocket ~ :scheme=https ~ :path=/ ~ :authority=a |"
                        + " §8.3: :protocol that is no token, or without CONNECT",
                ":method=GET ~ :method=GET | §8.3: :method twice",
                ":method=GET ~ :status=200 | §8.3: a pseudo-header field that has no place here",
                ":method=GET ~ x=y ~ :path=/ | §8.3: :path behind other fields"
            })
    void request_brokenTarget_saysWhat(String lines, String problem) {
        assertMalformed(400, problem, FieldSectionReader.request(lines(lines)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept=x | §8.2.1: a field name that is no token in lower case",
                "a b=x | §8.2.1: a field name that is no token in lower case",
                "a:b=x | §8.2.1: a field name that is no token in lower case",
                "a=x\\ry | §8.2.1: a value of a with what none has",
                "a=x\\ny | §8.2.1: a value of a with what none has",
                "a=x\\0y | §8.2.1: a value of a with what none has",
                "a=\\tx | §8.2.1: a value of a with what none has",
                "connection=close | §8.2.2: field connection of a connection",
                "transfer-encoding=chunked | §8.2.2: field transfer-encoding of a connection",
                "upgrade=h2c | §8.2.2: field upgrade of a connection",
                "te=gzip | §8.2.2: TE of more than trailers",
                "content_length=1 | §8.2: underscore in the name of a framing field",
                "content-length=1x | §8.1.1: Content-Length is not a number of bytes",
                "content-length=+1 | §8.1.1: Content-Length is not a number of bytes",
                "content-length=1 ~ content-length=1 | §8.1.1: more than one Content-Length field",
                "host=b.example | §8.3.1: Host that is not :authority",
                "host=a.example ~ host=a.example | §8.3.1: more than one Host field"
            })
    void request_brokenField_saysWhat(String lines, String problem) {
        assertMalformed(400, problem, FieldSectionReader.request(lines(GET + " ~ " + lines)));
    }

    @Test
    void request_teTrailers_isTaken() {
        assertInstanceOf(
                FieldSection.Request.class,
                FieldSectionReader.request(lines(GET + " ~ te=trailers")));
    }

    @Test
    void response_statusAndFields_areRead() {
        assertEquals(
                new FieldSection.Response(
                        new ResponseHead(
                                103,
                                "",
                                HttpVersion.HTTP_2,
                                Fields.of(new FieldLine("link", "</a>"))),
                        Set.of()),
                FieldSectionReader.response(lines(":status=103 ~ link=</a>")));
        String noStatus = "§8.3.2: no status of three digits";
        assertMalformed(502, noStatus, FieldSectionReader.response(lines("x=y")));
        assertMalformed(502, noStatus, FieldSectionReader.response(lines(":status=20")));
        assertMalformed(502, noStatus, FieldSectionReader.response(lines(":status=099")));
        assertMalformed(
                502,
                "§8.6: status 101, which HTTP/2 has not",
                FieldSectionReader.response(lines(":status=101")));
    }

    @Test
    void trailers_withPseudoOrFramingFields_areRefused() {
        assertEquals(
                new FieldSection.Trailers(Fields.of(new FieldLine("grpc-status", "0"))),
                FieldSectionReader.trailers(lines("grpc-status=0"), false));
        assertMalformed(
                502,
                "§8.3: a pseudo-header field that has no place here",
                FieldSectionReader.trailers(lines(":status=200"), false));
        assertMalformed(
                400,
                "§8.1: Content-Length or Host in trailers",
                FieldSectionReader.trailers(lines("content-length=0"), true));
    }

    @Test
    void neverIndexed_namesAreKept_andWrittenSo() {
        List<HpackLine> lines = new ArrayList<>(lines(GET));
        lines.add(new HpackLine(new FieldLine("x-key", "made up"), true));
        FieldSection.Request request =
                assertInstanceOf(FieldSection.Request.class, FieldSectionReader.request(lines));
        assertEquals(Set.of("x-key"), request.neverIndexed());
        assertEquals(lines.getLast(), FieldSectionWriter.request(request).getLast());
    }

    private static void assertMalformed(int status, String problem, FieldSection section) {
        FieldSection.Malformed malformed = assertInstanceOf(FieldSection.Malformed.class, section);
        assertEquals(status, malformed.violation().status());
        assertEquals(
                "RFC 9113 " + problem,
                malformed.violation().rule() + ": " + malformed.violation().detail());
    }

    /** Lines written as {@code name=value}, a tilde between them; a pseudo name begins with ":". */
    static List<HpackLine> lines(String text) {
        List<HpackLine> lines = new ArrayList<>();
        for (String line : text.split(" ~ ")) {
            int equals = line.indexOf('=');
            String value =
                    line.substring(equals + 1)
                            .replace("\\r", "\r")
                            .replace("\\n", "\n")
                            .replace("\\t", "\t")
                            .replace("\\0", "\0");
            lines.add(HpackLine.of(line.substring(0, equals), value));
        }
        return lines;
    }
}
