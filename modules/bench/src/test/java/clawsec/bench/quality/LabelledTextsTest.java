package clawsec.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledTextsTest {
    private static final String KEY = "sk-" + "ant-api03-AbCdEfGhIjKlMnOpQrSt";
    private static final String EXAMPLE = "AKIA" + "IOSFODNN7EXAMPLE";

    private final StringWriter details = new StringWriter();

    @Test
    void measure_foundAndMissed_areCounted() {
        LabelledTexts texts =
                measure(
                        new LabelledText("ai", true, "key=" + KEY),
                        new LabelledText("ai", true, "nothing"),
                        new LabelledText("ai", false, "harmless"),
                        new LabelledText("ai", false, "also " + KEY));
        assertEquals(50, texts.recallPercent());
        assertEquals(50, texts.falseAlarmPercent());
        assertEquals(
                "missed  ai  []  nothing\nfalse alarm  ai  [ai_api_key]  also " + KEY + "\n",
                details.toString());
    }

    @Test
    void measure_publishedExampleAndContradiction_areNoFalseAlarms() {
        LabelledTexts texts =
                measure(
                        new LabelledText("a", true, KEY),
                        new LabelledText("b", false, KEY),
                        new LabelledText("b", false, EXAMPLE));
        assertEquals(100, texts.recallPercent());
        assertEquals(0, texts.falseAlarmPercent());
        assertEquals("contradicted  b  " + KEY + "\n", details.toString());
    }

    private LabelledTexts measure(LabelledText... texts) {
        try (PrintWriter out = new PrintWriter(details)) {
            return LabelledTexts.measure(new Probe(), List.of(texts), out);
        }
    }
}
