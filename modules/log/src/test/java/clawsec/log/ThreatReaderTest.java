package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Protocol;
import clawsec.detect.Subject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ThreatReaderTest {
    private static final Instant START = Instant.parse("2026-02-19T13:00:00Z");

    @TempDir Path temporary;

    @Test
    void newest_noFileOrEmptyFile_isAnEmptyPage() throws IOException {
        assertEquals(new ThreatPage(List.of(), 0, 0), reader().newest(ThreatQuery.ALL, 10));
        Files.createFile(file());
        assertEquals(new ThreatPage(List.of(), 0, 0), reader().newest(ThreatQuery.ALL, 10));
    }

    @Test
    void newest_limit_countsFromTheEnd() throws IOException {
        for (int i = 0; i < 30; i++) {
            append(line("h" + i + ":1", i) + "\n");
        }
        ThreatPage page = reader().newest(ThreatQuery.ALL, 3);
        assertEquals(List.of("h29:1", "h28:1", "h27:1"), dests(page));
        assertEquals(0, page.skipped());
        assertEquals(Files.size(file()), page.end());
        assertEquals(30, dests(reader().newest(ThreatQuery.ALL, 31)).size());
        assertThrows(IllegalArgumentException.class, () -> reader().newest(ThreatQuery.ALL, 0));
    }

    @Test
    void newest_filters_areMet() throws IOException {
        Subject inbound =
                new Subject(Direction.INBOUND, Protocol.HTTP, "127.0.0.1", "in:1", "", "");
        append(line("old:1", 0) + "\n");
        append(json(Samples.finding(inbound, "shell_exec", "s"), 1) + "\n");
        append(line("new:1", 2) + "\n");
        assertEquals(List.of("in:1"), dests(query("shell_exec", null, null)));
        assertEquals(List.of("in:1"), dests(query(null, Direction.INBOUND, null)));
        assertEquals(List.of("new:1", "old:1"), dests(query(null, Direction.OUTBOUND, null)));
        assertEquals(List.of("new:1", "in:1"), dests(query(null, null, START.plusSeconds(1))));
        assertEquals(List.of("new:1"), dests(query(null, null, START.plusSeconds(1).plusNanos(1))));
        assertEquals(List.of(), dests(query("none", null, null)));
    }

    @Test
    void newest_brokenLines_areSkippedAndCounted() throws IOException {
        append(line("a:1", 0) + "\n");
        append("garbage\n\n");
        append(line("b:1", 1).substring(0, 60) + "\n");
        append("x".repeat(ThreatReader.LINE_LIMIT_BYTES + 1) + "\n");
        append(line("c:1", 2) + "\n");
        ThreatPage page = reader().newest(ThreatQuery.ALL, 10);
        assertEquals(List.of("c:1", "a:1"), dests(page));
        assertEquals(3, page.skipped());
    }

    @Test
    void newest_lastLineHalfWritten_isLeftToTheFollower() throws IOException {
        append(line("a:1", 0) + "\n");
        long whole = Files.size(file());
        append(line("b:1", 1).substring(0, 60));
        ThreatPage page = reader().newest(ThreatQuery.ALL, 10);
        assertEquals(List.of("a:1"), dests(page));
        assertEquals(1, page.skipped());
        assertEquals(whole, page.end());
    }

    @Test
    void newest_lastLineWithoutNewline_isRead() throws IOException {
        append(line("a:1", 0) + "\n" + line("b:1", 1));
        ThreatPage page = reader().newest(ThreatQuery.ALL, 10);
        assertEquals(List.of("b:1", "a:1"), dests(page));
        assertEquals(Files.size(file()), page.end());
    }

    @Test
    void newest_hugeFile_readsOnlyItsEnd() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
            sparse.setLength(1L << 32);
        }
        append("\n");
        for (int i = 0; i < 12; i++) {
            append(line("h" + i + ":1", i) + "\n");
        }
        ThreatPage page = reader().newest(ThreatQuery.ALL, 10);
        assertEquals(10, page.lines().size());
        assertEquals("h11:1", page.lines().getFirst().dest());
    }

    @Test
    void newest_since_seesPastAClockThatWasSet() throws IOException {
        StringBuilder lines = new StringBuilder();
        lines.append(line("beyond:1", 7200)).append('\n');
        String older = line("older:1", 0) + "\n";
        lines.append(older);
        lines.append(line("wanted:1", 7200)).append('\n');
        lines.append(older.repeat(ThreatReader.OLDER_LINES_LIMIT - 1));
        append(lines.toString());
        ThreatQuery query = query(null, null, START.plus(Duration.ofHours(1)));
        assertEquals(List.of("wanted:1", "beyond:1"), dests(query));
        append(older);
        assertEquals(List.of(), dests(query));
    }

    private static ThreatQuery query(
            @Nullable String pattern, @Nullable Direction direction, @Nullable Instant since) {
        return new ThreatQuery(
                Optional.ofNullable(pattern),
                Optional.ofNullable(direction),
                Optional.ofNullable(since));
    }

    private List<String> dests(ThreatQuery query) throws IOException {
        return dests(reader().newest(query, 10));
    }

    private static List<String> dests(ThreatPage page) {
        assertTrue(page.lines().stream().noneMatch(line -> line.raw().isEmpty()));
        return page.lines().stream().map(ThreatLine::dest).toList();
    }

    private static String line(String dest, int second) {
        return json(Samples.to(dest), second);
    }

    private static String json(Finding finding, int second) {
        return new Threat(finding, START.plusSeconds(second)).toJson();
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private ThreatReader reader() {
        return new ThreatReader(file());
    }

    private Path file() {
        return temporary.resolve("threats.jsonl");
    }
}
