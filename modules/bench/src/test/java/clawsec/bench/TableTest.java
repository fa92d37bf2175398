package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static Sample sample(double rate, long failures) {
        Tally tally = new Tally(rate, rate, failures);
        return new Sample(
                tally, Duration.ofMillis(500), Duration.ofMillis(250), Duration.ofSeconds(1));
    }

    private static Series series(double... rates) {
        List<Sample> samples = new ArrayList<>();
        for (double rate : rates) {
            samples.add(sample(rate, 0));
        }
        return new Series(samples);
    }

    @Test
    void add_rowWithBaseline_showsMediansSpreadRatiosAndBar() {
        Map<String, Series> series = new LinkedHashMap<>();
        series.put("clawsec", series(2000, 2500, 2600));
        series.put("squid", series(1000, 1000, 2000));
        series.put("mitmproxy", new Series(List.of()));
        series.put("nginx", new Series(List.of(sample(50, 7))));
        assertEquals(
                """
                plain HTTP, 64 kept connections, wrk
                                   requests/s         min - max  to squid     CPU us load CPUs
                  clawsec               2,500     2,000 - 2,600    2.00 x        200      0.25  bar 2.0 x reached
                  squid                 1,000     1,000 - 2,000    1.00 x        500      0.25
                  nginx                  50.0       50.0 - 50.0    0.05 x     10,000      0.25  7 FAILED
                """,
                new Table().add(new PlainRequests(64), series).toString());
    }

    @Test
    void add_ratioBelowTheBar_isSaid() {
        Map<String, Series> series = new LinkedHashMap<>();
        series.put("clawsec", series(1590));
        series.put("squid", series(1000));
        String text = new Table().add(new SecureRequests(32), series).toString();
        assertTrue(text.contains("1.59 x"), text);
        assertTrue(text.contains("bar 1.6 x missed"), text);
    }

    @Test
    void add_noBaseline_showsNoRatios() {
        Map<String, Series> series = Map.of("clawsec", series(100));
        String text = new Table().add(new SecureDownload(), series).toString();
        assertFalse(text.contains(" x"), text);
    }
}
