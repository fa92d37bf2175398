package clawsec.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.RequestHead;
import clawsec.http.ResponseHead;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldSectionWriterTest {
    @Test
    void request_ofHttp1_losesWhatBelongsToItsConnection() {
        RequestHead head =
                new RequestHead(
                        "POST",
                        "/x?y",
                        HttpVersion.HTTP_1_1,
                        Fields.of(
                                new FieldLine("Host", "a.example"),
                                new FieldLine("Connection", "close, X-Hop"),
                                new FieldLine("X-Hop", "1"),
                                new FieldLine("Transfer-Encoding", "chunked"),
                                new FieldLine("TE", "gzip"),
                                new FieldLine("Accept", "*/*")));
        assertEquals(
                FieldSectionReaderTest.lines(
                        ":method=POST ~ :scheme=https ~ :authority=a.example ~ :path=/x?y"
                                + " ~ accept=*/*"),
                FieldSectionWriter.request(
                        new FieldSection.Request(head, "https", Optional.empty(), Set.of())));
    }

    @Test
    void request_connect_hasAnAuthorityAlone() {
        RequestHead head =
                new RequestHead(
                        "CONNECT",
                        "a.example:443",
                        HttpVersion.HTTP_1_1,
                        Fields.of(new FieldLine("Host", "a.example:443")));
        assertEquals(
                FieldSectionReaderTest.lines(":method=CONNECT ~ :authority=a.example:443"),
                FieldSectionWriter.request(
                        new FieldSection.Request(head, "", Optional.empty(), Set.of())));
    }

    @Test
    void request_extendedConnect_hasAProtocol() {
        RequestHead head =
                new RequestHead(
                        "CONNECT",
                        "/chat",
                        HttpVersion.HTTP_2,
                        Fields.of(new FieldLine("host", "a.example")));
        assertEquals(
                FieldSectionReaderTest.lines(
                        ":method=CONNECT ~ :protocol=websocket ~ :scheme=https"
                                + " ~ :authority=a.example ~ :path=/chat"),
                FieldSectionWriter.request(
                        new FieldSection.Request(
                                head, "https", Optional.of("websocket"), Set.of())));
    }

    @Test
    void response_andTrailers_areInLowerCase() {
        ResponseHead head =
                new ResponseHead(
                        404,
                        "Not Found",
                        HttpVersion.HTTP_1_1,
                        Fields.of(
                                new FieldLine("Server", "x"),
                                new FieldLine("Keep-Alive", "timeout=5")));
        assertEquals(
                FieldSectionReaderTest.lines(":status=404 ~ server=x"),
                FieldSectionWriter.response(new FieldSection.Response(head, Set.of())));
        assertEquals(
                FieldSectionReaderTest.lines("grpc-status=0"),
                FieldSectionWriter.trailers(Fields.of(new FieldLine("Grpc-Status", "0"))));
    }
}
