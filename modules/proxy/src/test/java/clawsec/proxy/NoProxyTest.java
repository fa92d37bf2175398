package clawsec.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.http.Authority;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {
    @ParameterizedTest(name = "\"{0}\" and {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // names: themselves and all below
                "example.com                     | example.com:80        | true",
                "example.com                     | a.b.example.com:80    | true",
                "example.com                     | badexample.com:80     | false",
                "example.com                     | example.com.evil:80   | false",
                ".example.com                    | a.example.com:80      | true",
                ".example.com                    | example.com:80        | true",
                "*.example.com                   | a.example.com:443     | true",
                "EXAMPLE.com                     | A.Example.COM:443     | true",
                "localhost                       | localhost:80          | true",
                "localhost                       | localhost.:80         | true",
                "example.com.                    | a.example.com:80      | true",
                "a_b.example                     | a_b.example:80        | true",
                // ports
                "example.com:8080                | example.com:8080      | true",
                "example.com:8080                | a.example.com:8080    | true",
                "example.com:8080                | example.com:80        | false",
                ".example.com:443                | a.example.com:443     | true",
                "10.1.2.3:80                     | 10.1.2.3:80           | true",
                "10.1.2.3:80                     | 10.1.2.3:81           | false",
                "[::1]:80                        | [::1]:80              | true",
                "[::1]:80                        | [::1]:81              | false",
                "example.com:0                   | example.com:80        | false",
                "example.com:65536               | example.com:80        | false",
                // addresses
                "10.1.2.3                        | 10.1.2.3:80           | true",
                "10.1.2.3                        | 10.1.2.30:80          | false",
                "::1                             | [::1]:80              | true",
                "[::1]                           | [::1]:80              | true",
                "0:0:0:0:0:0:0:1                 | [::1]:80              | true",
                "fe80::1                         | [fe80::2]:80          | false",
            })
    void nameOrAddress(String list, String destination, boolean expected) {
        assertMatches(list, destination, expected);
    }

    @ParameterizedTest(name = "\"{0}\" and {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // networks
                "10.0.0.0/8                      | 10.255.0.1:80         | true",
                "10.0.0.0/8                      | 11.0.0.1:80           | false",
                "10.1.2.3/8                      | 10.9.9.9:80           | true",
                "192.168.5.128/25                | 192.168.5.127:80      | false",
                "192.168.5.128/25                | 192.168.5.128:80      | true",
                "1.2.3.4/32                      | 1.2.3.4:80            | true",
                "1.2.3.4/32                      | 1.2.3.5:80            | false",
                "0.0.0.0/0                       | 8.8.8.8:80            | true",
                "0.0.0.0/0                       | [::1]:80              | false",
                "fd00::/8                        | [fdab::1]:80          | true",
                "fd00::/8                        | [fe80::1]:80          | false",
                "2001:db8::/33                   | [2001:db8:8000::1]:80 | false",
                "2001:db8::/33                   | [2001:db8:7fff::1]:80 | true",
                "::/0                            | [::1]:80              | true",
                "10.0.0.0/8                      | ten.example.com:80    | false",
                // everything
                "*                               | anything:1            | true",
                "a.example , *                   | [::1]:80              | true",
                // lists, white space, and what means nothing
                "\"a.example,b.example\"         | b.example:80          | true",
                "\"  a.example \t b.example  \"  | b.example:80          | true",
                "\", ,,b.example,\"              | b.example:80          | true",
                "\"\"                            | example.com:80        | false",
                "\",\"                           | example.com:80        | false",
                "10.0.0.0/33                     | 10.0.0.1:80           | false",
                "10.0.0.0/-1                     | 10.0.0.1:80           | false",
                "10.0.0.0/x                      | 10.0.0.1:80           | false",
                "10.0.0/8                        | 10.0.0.1:80           | false",
                "fd00::/129                      | [fd00::1]:80          | false",
                "example.com/8                   | example.com:80        | false",
                "10.0.0.256                      | 10.0.0.25:80          | false",
                ":::                             | [::1]:80              | false",
                ".                               | example.com:80        | false",
                "*.                              | example.com:80        | false",
                "\"10.0.0.0/33,good.example\"    | good.example:80       | true",
            })
    void networkOrList(String list, String destination, boolean expected) {
        assertMatches(list, destination, expected);
    }

    @Test
    void ignored_namesWhatWasNotUnderstood_inOrder() {
        NoProxy list =
                NoProxy.parse(
                        "one.test:99999,10.0.0.0/99, http://x/ good.example,/x,*.,10.0.0.256:1:2");
        assertEquals(
                List.of("one.test:99999", "10.0.0.0/99", "http://x/", "/x", "*.", "10.0.0.256:1:2"),
                list.ignored());
        assertTrue(list.matches(new Authority("good.example", 80)));
        assertEquals(
                List.of("192.168.*", "*.corp.*", "<local>", "256.1.1.1", "~x", "a..b"),
                NoProxy.parse(
                                "192.168.*,*.corp.*,<local>,256.1.1.1,~x,a..b,b\u00fccher.example,a_b")
                        .ignored());
        assertEquals(
                List.of(),
                NoProxy.parse("*,a,.a,*.a,a:1,::1,[::1]:1,10.0.0.0/8,fd00::/8").ignored());
    }

    private static void assertMatches(String list, String destination, boolean expected) {
        Authority authority = Authority.parse(destination, 0).orElseThrow();
        assertEquals(expected, NoProxy.parse(list).matches(authority));
    }
}
