package clawsec.ctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {
    private static final Instant NOW = Instant.parse("2026-02-19T13:41:59.5Z");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-02-19T13:40:29.5Z",
        "30m, 2026-02-19T13:11:59.5Z",
        "2h, 2026-02-19T11:41:59.5Z",
        "7d, 2026-02-12T13:41:59.5Z",
        "0s, 2026-02-19T13:41:59.5Z",
        "2026-02-18, 2026-02-18T00:00:00Z",
        "2026-02-18T10:00:00Z, 2026-02-18T10:00:00Z",
        "2026-02-18T10:00:00.123456+00:00, 2026-02-18T10:00:00.123456Z",
        "2026-02-18T10:00+02:00, 2026-02-18T08:00:00Z",
    })
    void parse_allowedForms_giveTheStart(String text, String start) {
        assertEquals(
                Optional.of(Instant.parse(start)), Since.parse(text).map(since -> since.from(NOW)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "h",
                "-2h",
                "2 h",
                "2w",
                "1000000d",
                "2026-02-30",
                "2026-02",
                "2026-02-18T10:00",
                "13:41"
            })
    void parse_otherForms_areRefused(String text) {
        assertEquals(Optional.empty(), Since.parse(text));
    }
}
