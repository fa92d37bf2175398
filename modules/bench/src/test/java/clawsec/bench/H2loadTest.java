package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class H2loadTest {
    private static final String REPORT =
            """
            Main benchmark duration is over for thread #0. Stopping all clients.

            finished in 4.00s, 9741.33 req/s, 9.84MB/s
            requests: 29224 total, 29230 started, 29224 done, 29224 succeeded, 0 failed, 0 errored
            status codes: 29224 2xx, 0 3xx, 0 4xx, 0 5xx
            """;

    @Test
    void read_cleanReport_countsAnswers() throws IOException {
        assertEquals(new Tally(9741.33, 29_224, 0), H2load.read(new Output(0, REPORT)));
    }

    @Test
    void read_otherStatuses_areFailures() throws IOException {
        String text = REPORT.replace("29224 2xx, 0 3xx, 0 4xx, 0", "29200 2xx, 0 3xx, 0 4xx, 24");
        assertEquals(new Tally(9741.33, 29_200, 24), H2load.read(new Output(0, text)));
    }

    @Test
    void read_noRate_tellsWhatItSaid() {
        IOException failure =
                assertThrows(IOException.class, () -> H2load.read(new Output(1, "no such host")));
        assertEquals("h2load failed:\nno such host", failure.getMessage());
    }
}
