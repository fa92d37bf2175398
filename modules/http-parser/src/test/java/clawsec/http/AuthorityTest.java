package clawsec.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, 80",
        "Example.COM:8080, example.com, 8080",
        "example.com:, example.com, 80",
        "example.com:65535, example.com, 65535",
        "example.com:00080, example.com, 80",
        "a_b-c.d., a_b-c.d., 80",
        "127.0.0.1:1, 127.0.0.1, 1",
        "[::1], ::1, 80",
        "[::1]:443, ::1, 443",
        "[::1]:, ::1, 80",
        "[2001:DB8::A]:1, 2001:db8::a, 1",
    })
    void rfc3986_3_2_valid_isRead(String text, String host, int port) {
        assertEquals(Optional.of(new Authority(host, port)), Authority.parse(text, 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:0",
                "a:65536",
                "a:000080",
                "a:999999999999",
                "a:+1",
                "a:-1",
                "a:1:2",
                "a:x",
                "u@a",
                "u:p@a:1",
                "a/b",
                "a b",
                "a\tb",
                "a\\b",
                "a%41",
                "a?",
                "a#",
                "\u00e9",
                "::1",
                "[::1",
                "[::1]x",
                "[::1]80",
                "[]",
                "[]:1",
                "[::1]:65536",
                "[fe80::1%25eth0]",
                "[v1.a]",
                "[a]",
            })
    void rfc3986_3_2_invalid_isEmpty(String text) {
        assertEquals(Optional.empty(), Authority.parse(text, 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1::8",
                "ffff:FFFF::",
                "::ffff:255.255.255.255",
                "1:2:3:4:5:6:0.0.0.0",
                "64:ff9b::192.0.2.33",
            })
    void rfc4291_2_2_ipv6_isRead(String address) {
        assertEquals(true, Authority.parse("[" + address + "]", 80).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1::2::3",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                ":1::2",
                "12345::",
                "g::",
                "::256.0.0.1",
                "::1.2.3",
                "::01.2.3.4",
                "1.2.3.4::",
                "1.2.3.4",
                "1:2:3:4:5:6:7:1.2.3.4",
            })
    void rfc4291_2_2_notIpv6_isEmpty(String address) {
        assertEquals(Optional.empty(), Authority.parse("[" + address + "]", 80));
    }

    @Test
    void rfc9110_9_3_6_portRequired_isEmptyWithoutOne() {
        assertEquals(Optional.empty(), Authority.parse("example.com", 0));
        assertEquals(Optional.empty(), Authority.parse("example.com:", 0));
        assertEquals(
                Optional.of(new Authority("example.com", 443)),
                Authority.parse("example.com:443", 0));
    }

    @Test
    void parse_host_isBounded() {
        String longest = "a".repeat(Authority.HOST_CHARACTERS);
        assertEquals(Optional.of(new Authority(longest, 1)), Authority.parse(longest, 1));
        assertEquals(Optional.empty(), Authority.parse(longest + "a", 1));
    }

    @Test
    void toString_ipv6_standsInBrackets() {
        assertEquals("[::1]:443", new Authority("::1", 443).toString());
        assertEquals("example.com:80", new Authority("Example.com", 80).toString());
    }

    @ParameterizedTest
    @CsvSource({"'', 80", "a, 0", "a, 65536", "a, -1"})
    void new_impossible_isRefused(String host, int port) {
        assertThrows(IllegalArgumentException.class, () -> new Authority(host, port));
    }
}
