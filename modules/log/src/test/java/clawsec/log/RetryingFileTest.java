package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import clawsec.log.RetryingFile.Fate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryingFileTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir Path temporary;
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    /** Where the opener leads at the moment. */
    private LineFile.Opener disk = () -> AppendFile.open(file());

    private final RetryingFile retrying =
            new RetryingFile(
                    Path.of("/logs/threats.jsonl"),
                    () -> disk.open(),
                    new PrintStream(stderr, true, StandardCharsets.UTF_8));

    @Test
    void append_diskFull_isToldOnceHeldAndWrittenLater() throws IOException {
        assumeTrue(Files.exists(FULL), "/dev/full is a Linux device");
        assertEquals(Fate.WRITTEN, append("a"));
        retrying.close();
        disk = () -> AppendFile.open(FULL);
        assertEquals(Fate.HELD, append("b"));
        assertEquals(Fate.HELD, append("c"));
        assertEquals(
                Optional.of("cannot write /logs/threats.jsonl: No space left on device"),
                retrying.failure());
        assertEquals(
                "clawsec: cannot write /logs/threats.jsonl: No space left on device. Traffic goes"
                        + " on; up to 4 MB of threats are held in memory until this is mended (free"
                        + " some space, or check the folder).\n",
                told());
        assertEquals(2, retrying.held());
        stderr.reset();
        disk = () -> AppendFile.open(file());
        assertEquals(Fate.WRITTEN, append("d"));
        assertEquals(Optional.empty(), retrying.failure());
        assertEquals(
                "clawsec: writing /logs/threats.jsonl again; threats lost so far: 0\n", told());
        assertEquals(List.of("a", "b", "c", "d"), Files.readAllLines(file()));
        assertEquals(4, retrying.written());
        assertEquals(0, retrying.held());
        retrying.close();
    }

    @Test
    void append_halfALineWritten_isOnALineOfItsOwn() throws IOException {
        append("first");
        retrying.close();
        disk = () -> new HalfWriter(AppendFile.open(file()));
        assertEquals(Fate.HELD, append("second"));
        disk = () -> AppendFile.open(file());
        assertTrue(retrying.retry());
        assertEquals(List.of("first", "sec", "second"), Files.readAllLines(file()));
        retrying.close();
    }

    @Test
    void append_heldAtTheLimitAndOnePast_isHeldOrLost() throws IOException {
        disk = this::noDisk;
        String quarter = "x".repeat(RetryingFile.HELD_LIMIT_BYTES / 4 - 1);
        for (int i = 0; i < 4; i++) {
            assertEquals(Fate.HELD, append(quarter));
        }
        assertEquals(Fate.LOST, append(""));
        assertEquals(4, retrying.held());
        assertEquals(1, retrying.lost());
        disk = () -> AppendFile.open(file());
        stderr.reset();
        assertEquals(Fate.WRITTEN, append("last"));
        assertEquals(
                "clawsec: writing /logs/threats.jsonl again; threats lost so far: 1\n", told());
        assertEquals(5, Files.readAllLines(file()).size());
        retrying.close();
    }

    @Test
    void append_folderGone_saysSo() {
        disk = () -> AppendFile.open(temporary.resolve("none/file"));
        append("a");
        assertEquals(
                Optional.of("cannot write /logs/threats.jsonl: no such file or folder"),
                retrying.failure());
    }

    @Test
    void close_stillFailing_tellsWhatIsLost() throws IOException {
        disk = this::noDisk;
        append("a");
        append("b");
        stderr.reset();
        retrying.close();
        assertEquals("clawsec: threats never written to /logs/threats.jsonl: 2\n", told());
        assertEquals(2, retrying.lost());
        assertEquals(0, retrying.held());
    }

    @Test
    void close_mendedMeanwhile_writesWhatIsHeld() throws IOException {
        disk = this::noDisk;
        append("a");
        disk = () -> AppendFile.open(file());
        retrying.close();
        assertEquals(List.of("a"), Files.readAllLines(file()));
    }

    @Test
    void open_noDisk_throws() {
        disk = this::noDisk;
        assertThrows(IOException.class, retrying::open);
    }

    private Fate append(String line) {
        return retrying.append((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String told() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    private LineFile noDisk() throws IOException {
        throw new IOException("Input/output error");
    }

    private Path file() throws IOException {
        Path file = temporary.resolve("file");
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return file;
    }

    /** A disk that is full after half of the line. */
    private record HalfWriter(LineFile file) implements LineFile {
        @Override
        public void append(byte[] line) throws IOException {
            file.append(Arrays.copyOf(line, line.length / 2));
            throw new IOException("No space left on device");
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
