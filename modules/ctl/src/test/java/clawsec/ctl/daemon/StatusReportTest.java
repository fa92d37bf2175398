package clawsec.ctl.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusReportTest {
    private static final StatusReport REPORT =
            new StatusReport(
                    42,
                    "0.1.0",
                    Instant.parse("2026-02-19T13:41:59Z"),
                    Duration.ofSeconds(90),
                    true,
                    Map.of("proxy", "127.0.0.1:8888"),
                    Map.of("patterns", Map.of("ai_api_key", 3L), "uninspected", Map.of()),
                    List.of("no space left"));

    @Test
    void read_whatWasWritten_isTheSame() throws IOException {
        assertEquals(REPORT, read(written()));
    }

    @Test
    void read_membersOfAnotherVersion_arePassedOver() throws IOException {
        String newer = written().replaceFirst("\\{", "{\"new\":{\"a\":[1,{}]},\"newer\":[2],");
        assertEquals(REPORT, read(newer));
    }

    @Test
    void read_noObject_isRefused() {
        for (String text : List.of("", "[]", "{\"pid\":", "{\"pid\":\"x\"}")) {
            assertThrows(IOException.class, () -> read(text), text);
        }
    }

    private static String written() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            REPORT.writeMembers(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static StatusReport read(String text) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            return StatusReport.read(json);
        }
    }
}
