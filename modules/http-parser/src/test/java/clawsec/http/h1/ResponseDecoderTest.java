package clawsec.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.FieldLine;
import clawsec.http.Fields;
import clawsec.http.HttpVersion;
import clawsec.http.ResponseHead;
import org.junit.jupiter.api.Test;

class ResponseDecoderTest {
    @Test
    void poll_chunked_isHeadContentEnd() {
        Trace trace =
                Trace.ofResponse(
                        "GET",
                        "HTTP/1.1 200 OK\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "2\r\n"
                                + "ab\r\n"
                                + "0\r\n\r\n");
        Fields fields = Fields.of(new FieldLine("Transfer-Encoding", "chunked"));
        assertEquals(new ResponseHead(200, "OK", HttpVersion.HTTP_1_1, fields), trace.response());
        assertEquals("ab", trace.content());
        assertEquals(1, trace.ends());
    }
}
