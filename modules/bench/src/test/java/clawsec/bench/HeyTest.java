package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeyTest {
    private static final String REPORT =
            """
            Summary:
              Total:	2.0000 secs
              Requests/sec:	6318.6400

            Response time histogram:
              0.002 [1]	|
              0.012 [14839]	|■■■■■■■■■■

            Status code distribution:
              [200]	9000 responses
            """;

    @Test
    void read_cleanReport_countsAnswersAndNotTheHistogram() throws IOException {
        assertEquals(new Tally(4500, 9000, 0), Hey.read(new Output(0, REPORT)));
    }

    @Test
    void read_otherStatusesAndErrors_areFailures() throws IOException {
        String text =
                REPORT
                        + "  [502]	30 responses\n\nError distribution:\n"
                        + "  [4]	Get \"https://localhost/small\": EOF\n"
                        + "  [3]	Get \"https://localhost/small\": dial tcp [::1]:443: refused\n";
        assertEquals(new Tally(4500, 9000, 37), Hey.read(new Output(0, text)));
    }

    @Test
    void read_noDuration_tellsWhatItSaid() {
        IOException failure =
                assertThrows(IOException.class, () -> Hey.read(new Output(1, "bad flag")));
        assertEquals("hey failed:\nbad flag", failure.getMessage());
    }
}
