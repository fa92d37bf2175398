package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkTest {
    private static final String REPORT =
            """
            Running 3s test @ http://127.0.0.1:13128
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     6.14ms    1.47ms  26.30ms   87.86%
              30000 requests in 3.00s, 41.30MB read
            """;

    @Test
    void read_cleanReport_countsAll() throws IOException {
        assertEquals(
                new Tally(10000.5, 30000, 0),
                Wrk.read(new Output(0, REPORT + "Requests/sec:  10000.50\n")));
    }

    @Test
    void read_refusalsAndSocketErrors_areFailuresAndNoUnits() throws IOException {
        String text =
                REPORT
                        + "  Socket errors: connect 1, read 2, write 3, timeout 4\n"
                        + "  Non-2xx or 3xx responses: 15000\n"
                        + "Requests/sec:  10000.00\n";
        assertEquals(new Tally(5000, 15000, 15010), Wrk.read(new Output(0, text)));
    }

    @Test
    void read_noRate_tellsWhatItSaid() {
        Output output = new Output(1, "unable to connect to 127.0.0.1:1 Connection refused");
        IOException failure = assertThrows(IOException.class, () -> Wrk.read(output));
        assertEquals(
                "wrk failed:\nunable to connect to 127.0.0.1:1 Connection refused",
                failure.getMessage());
    }
}
