package clawsec.bench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenignFilesTest {
    private static final String SECRET = "AKIA" + "QWERTYUIOPASDFGH";

    @TempDir private Path folder;

    @Test
    void forEach_folder_givesTextsOfTheEndings() throws IOException {
        Files.writeString(folder.resolve("a.md"), "text");
        Files.writeString(folder.resolve("b.png"), "picture");
        Files.writeString(folder.resolve("c.md"), "no\0text");
        Files.createDirectory(folder.resolve("d"));
        try (OutputStream gzip =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("d/e.MD.gz")))) {
            gzip.write("packed".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("f.md.gz"), "not packed");
        assertEquals(
                Map.of("a.md", "text", "e.MD.gz", "packed", "f.md.gz", "not packed"),
                texts(new BenignFiles("docs", folder, List.of(".md"))));
    }

    @Test
    void forEach_keyFile_isLeftOut() throws IOException {
        Files.writeString(folder.resolve("a.key"), "text");
        assertEquals(Map.of(), texts(new BenignFiles("docs", folder, List.of())));
    }

    @Test
    void forEach_archive_givesItsEntries() throws IOException {
        Path archive = folder.resolve("src.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("p/A.java"));
            zip.write("class A".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("p/a.properties"));
        }
        assertEquals(
                Map.of("A.java", "class A"),
                texts(new BenignFiles("sources", archive, List.of(".java"))));
    }

    @Test
    void score_finding_countsInBothDirectionsAndCopiesOnce() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "key " + SECRET + " end");
        Files.writeString(folder.resolve("copy.txt"), "key " + SECRET + " end");
        StringWriter details = new StringWriter();
        BenignScore score;
        try (PrintWriter out = new PrintWriter(details)) {
            score =
                    BenignScore.measure(
                            new Probe(),
                            new BenignFiles("x", folder, List.of()),
                            new HashSet<>(),
                            out);
        }
        assertEquals(
                2, details.toString().lines().filter(l -> l.contains("aws_access_key")).count());
        // What arrives is no alarm.
        assertEquals(100_000_000.0 / (2 * 28), score.severeRate());
    }

    private static Map<String, String> texts(BenignFiles files) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((name, text) ->
                texts.put(
                        String.valueOf(Path.of(name).getFileName()),
                        new String(text, StandardCharsets.UTF_8)));
        return texts;
    }
}
