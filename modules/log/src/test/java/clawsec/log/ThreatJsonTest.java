package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Protocol;
import clawsec.detect.Severity;
import clawsec.detect.Subject;
import clawsec.detect.ThreatType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreatJsonTest {
    private static final Instant TIME = Instant.parse("2026-02-19T13:41:59.587248Z");

    @Test
    void encode_noOptionalFacts_isTheContractsLine() {
        assertEquals(
                "{\"direction\":\"outbound\",\"protocol\":\"https\",\"threat_type\":\"EXFIL\","
                        + "\"pattern\":\"ai_api_key\","
                        + "\"snippet\":\"Authorization: Bearer sk-"
                        + "ant-api01-...\","
                        + "\"source\":\"127.0.0.1\",\"dest\":\"api.anthropic.com:443\","
                        + "\"timestamp\":\"2026-02-19T13:41:59.587248+00:00\","
                        + "\"severity\":\"high\"}",
                new Threat(Samples.to("api.anthropic.com:443"), TIME).toJson());
    }

    @Test
    void encode_allFacts_followInOrder() {
        Finding finding =
                new Finding(
                        new Subject(
                                Direction.INBOUND,
                                Protocol.GATEWAY,
                                "::1",
                                "127.0.0.1:18789",
                                "GET",
                                "http://127.0.0.1/a?b=\"c\""),
                        ThreatType.INJECTION,
                        "pipe_to_shell",
                        Severity.CRITICAL,
                        "curl x | sh",
                        0,
                        List.of("gzip", "json"));
        assertEquals(
                "{\"direction\":\"inbound\",\"protocol\":\"gateway\",\"threat_type\":\"INJECTION\","
                        + "\"pattern\":\"pipe_to_shell\",\"snippet\":\"curl x | sh\","
                        + "\"source\":\"::1\",\"dest\":\"127.0.0.1:18789\","
                        + "\"timestamp\":\"2026-02-19T13:41:59.587248+00:00\","
                        + "\"severity\":\"critical\",\"via\":[\"gzip\",\"json\"],"
                        + "\"method\":\"GET\",\"url\":\"http://127.0.0.1/a?b=\\\"c\\\"\"}",
                new Threat(finding, TIME).toJson());
    }

    @Test
    void encode_timestamp_alwaysHasSixDigits() {
        assertEquals("2026-02-19T13:41:59.000000+00:00", timestamp("2026-02-19T13:41:59Z"));
        assertEquals("2026-02-19T13:41:59.100000+00:00", timestamp("2026-02-19T13:41:59.1Z"));
        assertEquals(
                "2026-02-19T13:41:59.123456+00:00", timestamp("2026-02-19T13:41:59.123456789Z"));
        assertEquals("1969-12-31T23:59:59.999999+00:00", timestamp("1969-12-31T23:59:59.9999999Z"));
    }

    @Test
    void encode_whatReadersStumbleOver_isEscaped() {
        assertEquals("a\\\"b\\\\c/d", snippet("a\"b\\c/d"));
        assertEquals(
                "\\n\\r\\t\\u0000\\u001b[2J\\u007f\\u0085", snippet("\n\r\t\0\33[2J\177\u0085"));
        assertEquals("\\u2028\\u2029", snippet("\u2028\u2029"));
        assertEquals("\\u202e\\u200b\\ufeff", snippet("\u202e\u200b\ufeff"));
        // A tag character: invisible text that models read.
        assertEquals("\\udb40\\udc41", snippet("\udb40\udc41"));
        assertEquals("\u00e9\u4e2d\ud83d\ude00", snippet("\u00e9\u4e2d\ud83d\ude00"));
        assertEquals("\ufffd|\ufffd|\ufffd", snippet("\ud83d|\ude00|\ud83d"));
    }

    @Test
    void encode_longText_isCutAtTheLimit() {
        String atLimit = "x".repeat(ThreatJson.TEXT_LIMIT_CHARS);
        assertEquals(atLimit, snippet(atLimit));
        assertEquals("x".repeat(ThreatJson.TEXT_LIMIT_CHARS - 3) + "...", snippet(atLimit + "y"));
        String pairs = "x" + "\ud83d\ude00".repeat(ThreatJson.TEXT_LIMIT_CHARS);
        assertTrue(snippet(pairs).endsWith("\ud83d\ude00..."));
    }

    private static String timestamp(String instant) {
        String json = new Threat(Samples.to("h:1"), Instant.parse(instant)).toJson();
        return between(json, "\"timestamp\":\"", "\"");
    }

    private static String snippet(String text) {
        String json = new Threat(Samples.finding(Samples.API, "p", text), TIME).toJson();
        return between(json, "\"snippet\":\"", "\",\"source\"");
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }
}
