package clawsec.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextTest {
    @TempDir private Path folder;

    @Test
    void read_lines_areTexts() throws IOException {
        assertEquals(
                List.of(
                        new LabelledText("a", true, "x\n\"y"),
                        new LabelledText("b", false, "key.p12")),
                read(
                        """
                        {"Rule":"a","Label":"tp","Path":"","Text":"x\\n\\"y"}
                        {"Label":"fp","Rule":"b","Path":"key.p12","Text":""}
                        """));
    }

    @Test
    void read_missingMember_isRefused() {
        IOException refused =
                assertThrows(IOException.class, () -> read("{\"Rule\":\"a\",\"Label\":\"tp\"}"));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("a labelled text lacks"));
    }

    private List<LabelledText> read(String lines) throws IOException {
        return LabelledText.read(Files.writeString(folder.resolve("texts.jsonl"), lines));
    }
}
