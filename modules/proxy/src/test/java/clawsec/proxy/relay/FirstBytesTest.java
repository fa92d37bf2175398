package clawsec.proxy.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n",
                "\r\nget / HTTP/1.1\r\n",
                "GET  / HTTP/1.0 \n",
                "GET / HTTP/0.9 HTTP/1.1\r\n",
                "GET /\r\n",
                "GET /a b\n",
            })
    void lineThatAServerWouldTakeForARequest_isHttp(String text) {
        assertEquals(FirstBytes.HTTP, of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO example.com\r\n",
                "get /key\r\n",
                "GET key\r\n",
                "LIST /\r\n",
                "GET \n",
                "GET\r\n",
                "\0GET / HTTP/1.1\r\n",
                "*1\r\n$4\r\nPING\r\n"
            })
    void otherLine_isOpaque(String text) {
        assertEquals(FirstBytes.OPAQUE, of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET", "GET /", "\r\n", "\u0016"})
    void beginning_isUndecided(String text) {
        assertEquals(FirstBytes.UNDECIDED, of(text));
    }

    @Test
    void tlsRecord_isTls() {
        assertEquals(FirstBytes.TLS, of("\u0016\u0003"));
    }

    private static FirstBytes of(String text) {
        return FirstBytes.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
