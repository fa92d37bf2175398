package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final List<String> PEERS = List.of("clawsec", "squid", "nginx");
    private static final List<String> ROWS = List.of("http-64", "download");

    private static Settings parse(Map<String, String> environment) {
        return Settings.parse(environment, PEERS, ROWS);
    }

    @Test
    void parse_emptyEnvironment_measuresEverythingInFiveMinutes() {
        Settings expected =
                new Settings(Duration.ofMinutes(5), PEERS, ROWS, Path.of("jlink/target/clawsec"));
        assertEquals(expected, parse(Map.of()));
        assertEquals(expected, parse(Map.of("BENCH_SECONDS", "", "BENCH_PEERS", " ")));
    }

    @Test
    void parse_everyVariable_isTaken() {
        Map<String, String> environment =
                Map.of(
                        "BENCH_SECONDS", "20",
                        "BENCH_PEERS", "squid, nginx,squid",
                        "BENCH_ROWS", "download",
                        "BENCH_IMAGE", "/opt/clawsec");
        assertEquals(
                new Settings(
                        Duration.ofSeconds(20),
                        List.of("squid", "nginx"),
                        List.of("download"),
                        Path.of("/opt/clawsec")),
                parse(environment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "7200"})
    void parse_secondsAtTheLimits_areTaken(String seconds) {
        assertEquals(
                Integer.parseInt(seconds),
                parse(Map.of("BENCH_SECONDS", seconds)).budget().toSeconds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "7201", "five", "1e2"})
    void parse_wrongSeconds_namesVariableValueAndLimits(String seconds) {
        IllegalArgumentException wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> parse(Map.of("BENCH_SECONDS", seconds)));
        assertEquals(
                "BENCH_SECONDS is '" + seconds + "'; allowed are whole seconds from 10 to 7200",
                wrong.getMessage());
    }

    @Test
    void parse_unknownPeer_namesThoseThatAreKnown() {
        IllegalArgumentException wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> parse(Map.of("BENCH_PEERS", "squid,burp")));
        assertEquals(
                "BENCH_PEERS names 'burp'; allowed are clawsec, squid, nginx", wrong.getMessage());
    }
}
