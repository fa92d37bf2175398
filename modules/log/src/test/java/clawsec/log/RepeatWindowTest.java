package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Protocol;
import clawsec.detect.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatWindowTest {
    private static final Instant START = Instant.parse("2026-02-19T13:00:00Z");
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final List<RepeatWindow.Repeats> ended = new ArrayList<>();
    private final RepeatWindow repeats = new RepeatWindow(WINDOW, ended::add);

    @Test
    void suppresses_untilTheWindowEnds() {
        Finding finding = Samples.to("a:1");
        assertFalse(repeats.suppresses(finding, START));
        repeats.opens(finding, START);
        assertTrue(repeats.suppresses(finding, START));
        assertTrue(repeats.suppresses(finding, START.plus(WINDOW).minusNanos(1)));
        assertFalse(repeats.suppresses(finding, START.plus(WINDOW)));
        assertEquals(List.of(2L), counts());
    }

    @Test
    void suppresses_repeats_doNotProlongTheWindow() {
        Finding finding = Samples.to("a:1");
        repeats.opens(finding, START);
        for (int second = 1; second < 60; second++) {
            assertTrue(repeats.suppresses(finding, START.plusSeconds(second)));
        }
        assertFalse(repeats.suppresses(finding, START.plusSeconds(60)));
    }

    @Test
    void suppresses_onlyTheSamePatternDestAndDirection() {
        repeats.opens(Samples.to("a:1"), START);
        assertFalse(repeats.suppresses(Samples.to("a:2"), START));
        Subject subject = Samples.to("a:1").subject();
        assertFalse(repeats.suppresses(Samples.finding(subject, "other", "s"), START));
        Subject inbound =
                new Subject(Direction.INBOUND, Protocol.HTTPS, "127.0.0.1", "a:1", "", "");
        assertFalse(repeats.suppresses(Samples.finding(inbound, "ai_api_key", "s"), START));
        Subject elsewhere =
                new Subject(Direction.OUTBOUND, Protocol.HTTP, "10.0.0.1", "a:1", "GET", "u");
        assertTrue(repeats.suppresses(Samples.finding(elsewhere, "ai_api_key", "t"), START));
    }

    @Test
    void suppresses_clockSetBack_endsTheWindow() {
        Finding finding = Samples.to("a:1");
        repeats.opens(finding, START);
        assertFalse(repeats.suppresses(finding, START.minusNanos(1)));
    }

    @Test
    void suppresses_windowZero_never() {
        RepeatWindow off = new RepeatWindow(Duration.ZERO, ended::add);
        off.opens(Samples.to("a:1"), START);
        assertFalse(off.suppresses(Samples.to("a:1"), START));
    }

    @Test
    void opens_keysAtTheLimitAndOnePast_oldestIsLoggedAgain() {
        repeats.opens(Samples.to("first:1"), START);
        assertTrue(repeats.suppresses(Samples.to("first:1"), START));
        for (int i = 1; i < RepeatWindow.KEYS_LIMIT; i++) {
            repeats.opens(Samples.to("h" + i + ":1"), START);
        }
        assertTrue(repeats.suppresses(Samples.to("first:1"), START));
        repeats.opens(Samples.to("last:1"), START);
        assertFalse(repeats.suppresses(Samples.to("first:1"), START));
        assertTrue(repeats.suppresses(Samples.to("h1:1"), START));
        assertEquals(List.of(2L), counts());
    }

    @Test
    void opens_destAtTheLimitAndOnePast_isHeldOrNot() {
        String dest = "d".repeat(RepeatWindow.DEST_LIMIT_CHARS);
        repeats.opens(Samples.to(dest), START);
        assertTrue(repeats.suppresses(Samples.to(dest), START));
        repeats.opens(Samples.to(dest + "d"), START);
        assertFalse(repeats.suppresses(Samples.to(dest + "d"), START));
    }

    @Test
    void endAll_tellsWhatIsStillCounted() {
        repeats.opens(Samples.to("a:1"), START);
        repeats.opens(Samples.to("b:1"), START);
        repeats.suppresses(Samples.to("b:1"), START);
        repeats.endAll();
        assertEquals(List.of(1L), counts());
        assertEquals("b:1", ended.getFirst().key().dest());
    }

    private List<Long> counts() {
        return ended.stream().map(RepeatWindow.Repeats::count).toList();
    }
}
