package clawsec.detect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecentFindingsTest {
    private final RecentFindings recent = new RecentFindings();

    @Test
    void match_thatIsKnownOrGotLonger_isHeld() {
        recent.add(3, bytes("secret"));
        assertTrue(recent.holds(3, bytes("secret")));
        assertTrue(recent.holds(3, bytes("secret and more")));
        assertTrue(recent.holds(3, bytes("the secret")));
        assertFalse(recent.holds(3, bytes("the secret and more")));
        assertFalse(recent.holds(3, bytes("secre")));
        assertFalse(recent.holds(4, bytes("secret")));
    }

    @Test
    void known_upToTheLimit() {
        recent.add(3, bytes("secret"));
        for (int i = 1; i < RecentFindings.MAX_KNOWN; i++) {
            recent.add(5, bytes("other"));
        }
        assertTrue(recent.holds(3, bytes("secret")));
        recent.add(5, bytes("other"));
        assertFalse(recent.holds(3, bytes("secret")));
    }

    @Test
    void known_forSoManyBytes() {
        recent.add(3, bytes("secret"));
        recent.advance(RecentFindings.MAX_BYTES_BEHIND);
        assertTrue(recent.holds(3, bytes("secret")));
        recent.advance(1);
        assertFalse(recent.holds(3, bytes("secret")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
