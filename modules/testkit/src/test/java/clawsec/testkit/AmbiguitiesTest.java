package clawsec.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmbiguitiesTest {
    @Test
    void plainRequest_hasNone() throws IOException {
        assertEquals(List.of(), of("GET /a?b HTTP/1.1\r\nHost: x\r\nY: a\tb\r\nZ:\r\n\r\n"));
        assertEquals(List.of(), of("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nY : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nY: a\rb\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent_Length: 5\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 00\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            })
    void oddRequest_hasOne(String text) throws IOException {
        assertFalse(of(text).isEmpty(), text);
    }

    private static List<String> of(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Ambiguities.of(
                WireMessage.readRequest(new ByteArrayInputStream(bytes)).orElseThrow());
    }
}
