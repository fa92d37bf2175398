package clawsec.bench.quality;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Text files of this machine with nothing to report in them, as far as anybody knows: what an agent
 * reads and writes all day.
 *
 * @param name for the table
 * @param root a folder, or a zip archive
 * @param endings of the file names that count; none for all
 */
record BenignFiles(String name, Path root, List<String> endings) {
    private static final List<String> DOCUMENTS =
            List.of(".js", ".cjs", ".mjs", ".ts", ".json", ".md", ".html", ".css", ".txt", ".py");

    /** Files that are keys are no benign text, wherever they lie. */
    private static final List<String> KEYS = List.of(".key", ".pem", ".p12", ".pfx");

    /** Larger ones are left out. */
    private static final int MAX_BYTES = 32 << 20;

    /** A file with a zero among its first bytes is no text. */
    private static final int SNIFFED_BYTES = 4096;

    /**
     * @param shared the folder with recorded streams; may be missing
     * @param more folders beside those that are known, separated as the system separates paths
     */
    static List<BenignFiles> ofMachine(Path shared, String more) {
        Path home = Path.of(System.getProperty("user.home"));
        Path jdk = Path.of(System.getProperty("java.home"));
        List<BenignFiles> known =
                List.of(
                        new BenignFiles(
                                "recorded LLM streams",
                                shared.resolve("captures/llm-sse"),
                                List.of()),
                        new BenignFiles(
                                "JDK sources", jdk.resolve("lib/src.zip"), List.of(".java")),
                        new BenignFiles(
                                "package documentation", Path.of("/usr/share/doc"), List.of()),
                        new BenignFiles(
                                "npm packages", Path.of("/usr/lib/node_modules"), DOCUMENTS),
                        new BenignFiles(
                                "JavaScript libraries",
                                Path.of("/usr/share/javascript"),
                                DOCUMENTS),
                        new BenignFiles("Python packages", Path.of("/usr/lib/python3"), DOCUMENTS),
                        new BenignFiles(
                                "Maven descriptors",
                                home.resolve(".m2/repository"),
                                List.of(".pom")));
        List<BenignFiles> all = new ArrayList<>(known);
        for (String folder : more.split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                all.add(new BenignFiles(folder, Path.of(folder), List.of()));
            }
        }
        return all;
    }

    boolean isPresent() {
        return Files.exists(root);
    }

    /** Hands over each text with its name. */
    void forEach(BiConsumer<String, byte[]> sink) throws IOException {
        if (Files.isRegularFile(root)) {
            readArchive(sink);
            return;
        }
        Files.walkFileTree(
                root,
                EnumSet.noneOf(FileVisitOption.class),
                Integer.MAX_VALUE,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isRegularFile() && attributes.size() <= MAX_BYTES) {
                            readFile(file, sink);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void readArchive(BiConsumer<String, byte[]> sink) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(root))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory() && counts(entry.getName())) {
                    offer(entry.getName(), zip.readNBytes(MAX_BYTES), sink);
                }
            }
        }
    }

    private void readFile(Path file, BiConsumer<String, byte[]> sink) throws IOException {
        String fileName = file.toString();
        boolean isGzip = fileName.endsWith(".gz");
        if (!counts(isGzip ? fileName.substring(0, fileName.length() - 3) : fileName)
                || !Files.isReadable(file)) {
            return;
        }
        try (InputStream in =
                isGzip
                        ? new GZIPInputStream(Files.newInputStream(file))
                        : Files.newInputStream(file)) {
            offer(fileName, in.readNBytes(MAX_BYTES), sink);
        } catch (ZipException notGzip) {
            offer(fileName, Files.readAllBytes(file), sink);
        }
    }

    private boolean counts(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        return KEYS.stream().noneMatch(lower::endsWith)
                && (endings.isEmpty() || endings.stream().anyMatch(lower::endsWith));
    }

    private static void offer(String name, byte[] text, BiConsumer<String, byte[]> sink) {
        for (int i = 0; i < Math.min(SNIFFED_BYTES, text.length); i++) {
            if (text[i] == 0) {
                return;
            }
        }
        sink.accept(name, text);
    }
}
