package clawsec.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
    @ParameterizedTest
    @CsvSource({
        "a.test,         a.test,           true",
        "A.Test,         a.tEST,           true",
        "a.test,         b.a.test,         false",
        "a.test,         a.test.evil.test, false",
        "*.a.test,       a.test,           false",
        "*.a.test,       b.a.test,         true",
        "*.a.test,       c.b.a.test,       true",
        "*.a.test,       ba.test,          false",
        "s3.*.a.test,    s3.eu.a.test,     true",
        "s3.*.a.test,    s3.a.test,        false",
        "s3.*.a.test,    s3.x.eu.a.test,   false",
        "*.s3.*.a.test,  b.c.s3.eu.a.test, true",
        "*.s3.*.a.test,  s3.eu.a.test,     false",
        "x*.a.test,      x.a.test,         true",
        "x*.a.test,      x-1.a.test,       true",
        "x*.a.test,      ax.a.test,        false",
        "x*y*z.a.test,   xyyz.a.test,      true",
        "x*y*z.a.test,   xyzy.a.test,      false",
        "*.*.*.a.test,   c.b.a.test,       false",
        "*.*.*.a.test,   d.c.b.a.test,     true",
        "*.a.test,       [::1],            false",
    })
    void matches(String pattern, String host, boolean isMatched) {
        assertEquals(isMatched, HostPattern.parse(pattern).orElseThrow().matches(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*.", "a b", "a..b", ".a", "a.", "a.*", "https://a", "a:443"})
    void parse_noHostName_isEmpty(String text) {
        assertTrue(HostPattern.parse(text).isEmpty(), text);
    }

    @Test
    void list_lastThatMatches_decides() {
        HostList list =
                new HostList(
                        List.of(
                                entry("*.a.test", true),
                                entry("*.b.a.test", false),
                                entry("c.b.a.test", true)));
        assertTrue(list.holds("x.a.test"));
        assertEquals(false, list.holds("x.b.a.test"));
        assertTrue(list.holds("c.b.a.test"));
        assertEquals(false, list.holds("a.test"));
        assertEquals(false, HostList.NONE.holds("a.test"));
    }

    private static HostList.Entry entry(String text, boolean isIn) {
        return new HostList.Entry(HostPattern.parse(text).orElseThrow(), isIn);
    }
}
