package clawsec.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeyRequestTest {
    private static final String TITLE =
            "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,"
                    + "offset\n";

    private static HeyRequest request(double start, double seconds, boolean isFirst, int status) {
        return new HeyRequest(start, seconds, isFirst, status);
    }

    @Test
    void parse_report_takesTimesConnectionAndStatus() throws IOException {
        String text =
                TITLE
                        + "0.0451,0.0089,0.0000,0.0007,0.0092,0.0001,200,0.0300\n"
                        + "0.0057,0.0000,0.0000,0.0000,0.0046,0.0010,502,2.9972\n";
        assertEquals(
                List.of(request(0.03, 0.0451, true, 200), request(2.9972, 0.0057, false, 502)),
                HeyRequest.parse(new Output(0, text)));
    }

    @Test
    void parse_otherText_isSaid() {
        IOException failure =
                assertThrows(
                        IOException.class, () -> HeyRequest.parse(new Output(1, "bad flag\n")));
        assertEquals("hey failed:\nbad flag\n", failure.getMessage());
        IOException cut =
                assertThrows(
                        IOException.class,
                        () -> HeyRequest.parse(new Output(0, TITLE + "0.1,0.2\n")));
        assertTrue(String.valueOf(cut.getMessage()).endsWith("no request: 0.1,0.2"));
    }

    @Test
    void tally_slowHandshakes_areOutsideTheRate() {
        List<HeyRequest> requests = new ArrayList<>();
        requests.add(request(0.0, 0.5, true, 200));
        requests.add(request(0.0, 1.0, true, 200));
        requests.add(request(0.5, 0.5, false, 200));
        for (int i = 0; i < 100; i++) {
            requests.add(request(1.0 + i * 0.01, 0.01, false, 200));
        }
        Tally tally = HeyRequest.tally(requests, 2);
        assertEquals(100, tally.rate(), 0.001);
        assertEquals(103, tally.units());
        assertEquals(0, tally.failures());
    }

    @Test
    void tally_otherStatusesAndConnectionsMadeAnew_areFailures() {
        List<HeyRequest> requests =
                List.of(
                        request(0, 1, true, 200),
                        request(1, 1, false, 502),
                        request(2, 1, true, 200));
        assertEquals(new Tally(0.5, 2, 2), HeyRequest.tally(requests, 1));
    }

    @Test
    void tally_nothingAnswered_isZero() {
        assertEquals(new Tally(0, 0, 0), HeyRequest.tally(List.of(), 64));
    }
}
