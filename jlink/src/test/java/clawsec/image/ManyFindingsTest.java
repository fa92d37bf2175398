package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clawsec rules test} of a file whose findings do not fit into its memory. */
class ManyFindingsTest {
    private static final int FINDINGS = 100_000;

    /** So long that each line's finding is reported. */
    private static final String LINE =
            "nothing at all and so on ".repeat(44) + "AKIA" + "QWERTYUIOPASDFGH";

    @TempDir private Path folder;
    private Image image;
    private Path file;

    @BeforeEach
    void write() throws Exception {
        image = Environment.image();
        file = folder.resolve("text");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < FINDINGS; i++) {
                out.write(LINE);
                out.write('\n');
            }
        }
    }

    @Test
    void rulesTest_printsThemAll() throws Exception {
        Result result = image.run("rules", "test", "--direction", "outbound", file.toString());
        assertEquals(0, result.status(), result.err());
        assertEquals("", result.err());
        assertEquals(2L * FINDINGS + 1, result.out().lines().count());
        assertTrue(result.out().endsWith("\n" + FINDINGS + " found\n"));
    }

    @Test
    void rulesTest_whoseReaderGoesAway_ends() throws Exception {
        String command = "\"$0\" rules test \"$1\" | head -n 2";
        Result result =
                Image.run(
                        List.of("sh", "-c", command, image.launcher().toString(), file.toString()),
                        Map.of());
        assertEquals(2, result.out().lines().count(), result::toString);
        assertEquals("", result.err());
    }
}
