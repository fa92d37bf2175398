package clawsec.detect.engine;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.detect.expression.Literal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccelerationTest {
    private final List<Literal> literals = List.of(new Literal("key=", 7, 4));
    private final CandidateSearch twin = new ByteSearch(literals);

    @Test
    void choose_vectorsProveFaster_takesThem() {
        assumeTrue(WideSearch.suits(), "no vectors of 512 bits here");
        // Of five questions for the time the fifth and the next ends the measurement of the twin.
        AtomicLong calls = new AtomicLong();
        AtomicLong now = new AtomicLong();
        Acceleration acceleration =
                new Acceleration(() -> now.addAndGet(calls.incrementAndGet() % 5 == 1 ? 30 : 10));
        assertInstanceOf(BlockSearch.class, acceleration.choose(literals, twin));
    }

    @Test
    void choose_vectorsNeverProveFaster_keepsTheTwin() {
        AtomicLong now = new AtomicLong();
        Acceleration acceleration = new Acceleration(() -> now.addAndGet(100_000_000));
        assertSame(twin, acceleration.choose(literals, twin));
    }
}
