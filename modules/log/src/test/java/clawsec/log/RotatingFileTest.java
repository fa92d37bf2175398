package clawsec.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
    private static final int LIMIT_BYTES = 10;

    @TempDir Path temporary;

    @Test
    void append_atTheLimitAndOnePast_rotates() throws IOException {
        try (RotatingFile file = open()) {
            append(file, "1234\n");
            append(file, "5678\n");
            assertEquals("1234\n5678\n", read("log"));
            append(file, "9\n");
            assertEquals("9\n", read("log"));
            assertEquals("1234\n5678\n", read("log.1"));
        }
    }

    @Test
    void append_manyTimes_keepsThreeEarlierFiles() throws IOException {
        try (RotatingFile file = open()) {
            for (String line : new String[] {"a", "b", "c", "d", "e", "f"}) {
                append(file, line.repeat(9) + "\n");
            }
            assertEquals("f".repeat(9) + "\n", read("log"));
            assertEquals("e".repeat(9) + "\n", read("log.1"));
            assertEquals("d".repeat(9) + "\n", read("log.2"));
            assertEquals("c".repeat(9) + "\n", read("log.3"));
            assertFalse(Files.exists(temporary.resolve("folder/log.4")));
        }
    }

    @Test
    void append_lineLongerThanTheLimit_isAFileOfItsOwn() throws IOException {
        try (RotatingFile file = open()) {
            append(file, "x".repeat(LIMIT_BYTES * 2) + "\n");
            assertEquals(LIMIT_BYTES * 2 + 1, read("log").length());
            append(file, "a\n");
            assertEquals("a\n", read("log"));
        }
    }

    @Test
    void open_existingFile_isContinued() throws IOException {
        try (RotatingFile file = open()) {
            append(file, "1234\n");
        }
        try (RotatingFile file = open()) {
            append(file, "5678\n");
            append(file, "9\n");
        }
        assertEquals("9\n", read("log"));
        assertEquals("1234\n5678\n", read("log.1"));
    }

    @Test
    void append_cannotRotate_saysWhatIsInTheWay() throws IOException {
        try (RotatingFile file = open()) {
            append(file, "123456789\n");
            Files.createFile(temporary.resolve("folder/log.2"));
            Path inTheWay = temporary.resolve("folder/log.3");
            Files.createDirectories(inTheWay.resolve("something"));
            IOException failure = assertThrows(IOException.class, () -> append(file, "a\n"));
            assertEquals(
                    "cannot write "
                            + temporary.resolve("folder/log")
                            + ": "
                            + inTheWay
                            + " is in the way",
                    failure.getMessage());
            Files.delete(inTheWay.resolve("something"));
            append(file, "b\n");
            assertEquals("b\n", read("log"));
        }
    }

    @Test
    void append_fileRemoved_makesItAnew() throws IOException {
        try (RotatingFile file = open()) {
            append(file, "1\n");
            Files.delete(temporary.resolve("folder/log"));
            append(file, "2\n");
            assertEquals("2\n", read("log"));
        }
    }

    private RotatingFile open() throws IOException {
        LogFolder folder = LogFolder.open(temporary.resolve("folder"));
        return RotatingFile.open(
                folder.path().resolve("log"), () -> AppendFile.open(folder, "log"), LIMIT_BYTES, 3);
    }

    private static void append(RotatingFile file, String line) throws IOException {
        file.append(line.getBytes(StandardCharsets.UTF_8));
    }

    private String read(String name) throws IOException {
        return Files.readString(temporary.resolve("folder").resolve(name));
    }
}
