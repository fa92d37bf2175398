package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackwardLinesTest {
    private static final int LIMIT_BYTES = 3 * BackwardLines.BLOCK_BYTES;

    @TempDir Path temporary;

    @Test
    void next_smallFiles_givesLinesFromTheEnd() throws IOException {
        assertEquals(List.of(), lines(""));
        assertEquals(List.of(), lines("\n"));
        assertEquals(List.of(), lines("\n\n\n"));
        assertEquals(List.of("a@0"), lines("a\n"));
        assertEquals(List.of("a@0?"), lines("a"));
        assertEquals(List.of("c@4", "bb@1"), lines("\nbb\nc\n"));
        assertEquals(List.of("c@5?", "b@3", "a@0"), lines("a\n\nb\nc"));
    }

    @Test
    void next_linesAcrossBlocks_areWholeWhereverTheyAreCut() throws IOException {
        for (int first : new int[] {-2, -1, 0, 1, 2}) {
            String a = "a".repeat(BackwardLines.BLOCK_BYTES + first);
            String b = "b".repeat(2 * BackwardLines.BLOCK_BYTES);
            String c = "c".repeat(10);
            assertEquals(
                    List.of(
                            c + "@" + (a.length() + b.length() + 2),
                            b + "@" + (a.length() + 1),
                            a + "@0"),
                    lines(a + "\n" + b + "\n" + c + "\n"));
        }
    }

    @Test
    void next_manyShortLines_givesAll() throws IOException {
        List<String> expected = new ArrayList<>();
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            expected.add(i + "@" + content.length());
            content.append(i).append('\n');
        }
        Collections.reverse(expected);
        assertEquals(expected, lines(content.toString()));
    }

    @Test
    void next_lineAtTheLimitAndOnePast_isGivenOrSkipped() throws IOException {
        String atLimit = "x".repeat(LIMIT_BYTES);
        Path file = write("a\n" + atLimit + "\n" + atLimit + "y\nb\n");
        try (BackwardLines lines = BackwardLines.open(file, LIMIT_BYTES)) {
            assertEquals("b", text(lines.next().orElseThrow()));
            assertEquals(atLimit, text(lines.next().orElseThrow()));
            assertEquals(1, lines.tooLong());
            assertEquals("a", text(lines.next().orElseThrow()));
            assertEquals(Optional.empty(), lines.next());
            assertEquals(Optional.empty(), lines.next());
            assertEquals(1, lines.tooLong());
        }
    }

    @Test
    void next_truncatedWhileRead_ends() throws IOException {
        Path file = write("a\n".repeat(BackwardLines.BLOCK_BYTES));
        try (BackwardLines lines = BackwardLines.open(file, LIMIT_BYTES)) {
            assertEquals("a", text(lines.next().orElseThrow()));
            Files.writeString(file, "");
            int rest = 0;
            while (lines.next().isPresent()) {
                rest++;
            }
            assertEquals(BackwardLines.BLOCK_BYTES / 2 - 1, rest);
        }
    }

    @Test
    void open_missing_isSaid() {
        assertThrows(
                NoSuchFileException.class,
                () -> BackwardLines.open(temporary.resolve("none"), LIMIT_BYTES));
    }

    private List<String> lines(String content) throws IOException {
        List<String> found = new ArrayList<>();
        try (BackwardLines lines = BackwardLines.open(write(content), LIMIT_BYTES)) {
            for (Optional<BackwardLines.Line> line = lines.next();
                    line.isPresent();
                    line = lines.next()) {
                String mark = line.get().isEnded() ? "" : "?";
                found.add(text(line.get()) + "@" + line.get().offset() + mark);
            }
        }
        return found;
    }

    private Path write(String content) throws IOException {
        return Files.writeString(temporary.resolve("lines"), content);
    }

    private static String text(BackwardLines.Line line) {
        return StandardCharsets.UTF_8.decode(line.bytes().duplicate()).toString();
    }
}
