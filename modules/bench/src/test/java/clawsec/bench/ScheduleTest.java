package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final int ROWS = 5;
    private static final int SLOW = 1;
    private static final int OTHERS = 4;

    private static double seconds(Schedule schedule) {
        double warm = ROWS * (SLOW * seconds(schedule.slowWarmUp()) + OTHERS);
        return warm + schedule.rounds() * ROWS * (SLOW + OTHERS) * seconds(schedule.cell());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Test
    void of_fiveMinutes_fillsMostOfThemAndNotMore() {
        Schedule schedule = Schedule.of(Duration.ofMinutes(5), ROWS, SLOW, OTHERS);
        assertEquals(3, schedule.rounds());
        assertTrue(seconds(schedule) <= 300, schedule.toString());
        assertTrue(seconds(schedule) >= 240, schedule.toString());
        assertTrue(seconds(schedule.slowWarmUp()) >= 7, schedule.toString());
        assertTrue(seconds(schedule.cell()) >= 2.5, schedule.toString());
    }

    @Test
    void of_tooShortABudget_stillMeasuresOnce() {
        Schedule schedule = Schedule.of(Duration.ofSeconds(10), ROWS, SLOW, OTHERS);
        assertEquals(
                new Schedule(
                        Duration.ofMillis(1000), Duration.ofSeconds(1), 1, Duration.ofSeconds(1)),
                schedule);
    }

    @Test
    void of_twoHours_isBoundedInRoundsAndNotInTheirLength() {
        Schedule schedule = Schedule.of(Duration.ofHours(2), ROWS, SLOW, OTHERS);
        assertTrue(schedule.rounds() <= Schedule.MAX_ROUNDS, schedule.toString());
        assertTrue(seconds(schedule) >= 6000, schedule.toString());
    }
}
