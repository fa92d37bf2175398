package clawsec.testkit.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidyTest {
    @TempDir private Path root;

    @Test
    void complaints_plantedFaults_areFoundWhereTheyAre() throws Exception {
        write("modules/ca/src/main/java/clawsec/ca/KeyUtils.java", "class KeyUtils {}\n");
        write("todo.txt", "x\n");
        write("jlink/target/generated/Sources.java", "this is not Java: build output is skipped");
        Map<String, List<Complaint>> all = Tidy.complaints(root);
        assertEquals(
                List.of(
                        "modules/ca/src/main/java/clawsec/ca/KeyUtils.java:1:"
                                + " type KeyUtils: 'Utils' says nothing"),
                texts(all, "type names"));
        assertEquals(
                List.of(
                        "modules/ca/src/main/java/clawsec/ca/package-info.java:1:"
                                + " no package-info with @NullMarked"),
                texts(all, "package-info"));
        assertEquals(List.of("todo.txt:1: does not belong at the top"), texts(all, "top level"));
        assertEquals(3, all.values().stream().mapToInt(List::size).sum());
    }

    @Test
    void complaints_binaryFile_isPassedOver() throws Exception {
        Files.createDirectories(root.resolve("testdata"));
        Files.write(root.resolve("testdata/capture.bin"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertEquals(0, Tidy.complaints(root).values().stream().mapToInt(List::size).sum());
    }

    private static List<String> texts(Map<String, List<Complaint>> all, String check) {
        return Objects.requireNonNull(all.get(check)).stream().map(Complaint::toString).toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
