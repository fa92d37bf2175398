package clawsec.proxy.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    /** RFC 5952 §4: each is its own shortest form. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::",
                "::1",
                "1::",
                "2001:db8::7",
                "2001:db8::1:0:0:1",
                "2001:0:0:1::1",
                "2001:db8:0:1:1:1:1:1",
                "1:2:3:4:5:6:7:8",
                "fe80::ab:0:0"
            })
    void shortestForm_isKept(String text) {
        assertEquals(text, AddressText.of(InetAddress.ofLiteral(text)));
    }
}
