package clawsec.proxy.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import clawsec.http.Authority;
import clawsec.proxy.origin.KnownProtocols.Spoken;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is remembered of origins, for how long, and of how many. */
class KnownProtocolsTest {
    private final AtomicLong clock = new AtomicLong(1);
    private final KnownProtocols known = new KnownProtocols(clock::get);

    private static Origin origin(int index) {
        return Origin.secure(new Authority("origin-" + index + ".example", 443), "a.example");
    }

    @Test
    void originThatWasNotAsked_isUnknown() {
        known.note(origin(1), Spoken.HTTP_2);
        assertEquals(Optional.empty(), known.spoken(origin(2)));
        assertEquals(Optional.of(Spoken.HTTP_2), known.spoken(origin(1)));
    }

    @Test
    void originsThatDifferInNameAlone_areNotTheSame() {
        Authority authority = new Authority("192.0.2.1", 443);
        known.note(Origin.secure(authority, "a.example"), Spoken.HTTP_2);
        assertEquals(Optional.empty(), known.spoken(Origin.secure(authority, "b.example")));
        assertEquals(Optional.empty(), known.spoken(Origin.clear(authority)));
    }

    @Test
    void answer_holdsForItsLife_andNoLonger() {
        known.note(origin(1), Spoken.ONLY_HTTP_2);
        clock.addAndGet(KnownProtocols.LIFE.toNanos());
        assertEquals(Optional.of(Spoken.ONLY_HTTP_2), known.spoken(origin(1)));
        clock.incrementAndGet();
        assertEquals(Optional.empty(), known.spoken(origin(1)));
    }

    @Test
    void newerAnswer_replacesTheOld_andLivesAnew() {
        known.note(origin(1), Spoken.HTTP_1_1);
        clock.addAndGet(KnownProtocols.LIFE.toNanos());
        known.note(origin(1), Spoken.HTTP_2);
        clock.addAndGet(KnownProtocols.LIFE.toNanos());
        assertEquals(Optional.of(Spoken.HTTP_2), known.spoken(origin(1)));
    }

    @Test
    void originsAreBounded_andTheOneThatWasAskedFirstIsForgotten() {
        for (int i = 0; i < KnownProtocols.ORIGINS; i++) {
            known.note(origin(i), Spoken.HTTP_2);
        }
        assertEquals(Optional.of(Spoken.HTTP_2), known.spoken(origin(0)), "at the limit");
        known.note(origin(0), Spoken.HTTP_1_1);
        known.note(origin(KnownProtocols.ORIGINS), Spoken.HTTP_2);
        assertEquals(Optional.empty(), known.spoken(origin(1)), "past it");
        assertEquals(Optional.of(Spoken.HTTP_1_1), known.spoken(origin(0)), "it was asked again");
        assertEquals(Optional.of(Spoken.HTTP_2), known.spoken(origin(2)));
    }
}
