package clawsec.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusViewTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59, 59 s",
        "60, 1 min 0 s",
        "3599, 59 min 59 s",
        "3600, 1 h 0 min",
        "86399, 23 h 59 min",
        "86400, 1 d 0 h",
        "1000000, 11 d 13 h",
    })
    void words_duration_areItsTwoLargestUnits(long seconds, String words) {
        assertEquals(words, StatusView.words(Duration.ofSeconds(seconds)));
    }
}
