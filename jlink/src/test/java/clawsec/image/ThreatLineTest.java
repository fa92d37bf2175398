package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreatLineTest {
    @Test
    void parse_object_keepsMembers() throws Exception {
        assertEquals(
                Map.of("a", "x\"y", "via", "[\"gzip\",[]]", "n", "5"),
                ThreatLine.parse("{\"a\":\"x\\\"y\",\"via\":[\"gzip\",[]],\"n\":5}"));
    }

    @Test
    void parse_lineThatIsNotWhole_isRefused() {
        assertThrows(IOException.class, () -> ThreatLine.parse("{\"a\":\"x"));
        assertThrows(IOException.class, () -> ThreatLine.parse("{\"a\":\"x\"} {"));
        assertThrows(IOException.class, () -> ThreatLine.parse("[]"));
    }
}
