package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static Series series(double... rates) {
        return new Series(
                Arrays.stream(rates)
                        .mapToObj(rate ->
                                new Sample(
                                        new Tally(rate, rate, 1),
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        Duration.ofSeconds(1)))
                        .toList());
    }

    @Test
    void median_oddAndEven_isTheMiddle() {
        assertEquals(5, series(9, 1, 5).median(Sample::rate));
        assertEquals(3, series(1, 2, 4, 9).median(Sample::rate));
    }

    @Test
    void ratioTo_disturbedRound_isPairedWithinRounds() {
        // The machine was ten times slower in the second round, for both.
        assertEquals(2, series(20, 2, 20).ratioTo(series(10, 1, 10)));
    }

    @Test
    void failures_allRounds_areAdded() {
        assertEquals(3, series(1, 2, 3).failures());
    }
}
