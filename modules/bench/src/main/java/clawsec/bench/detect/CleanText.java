package clawsec.bench.detect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What agents read and write all day, taken from what is on this machine, the same at each run as
 * long as the machine is the same.
 *
 * @param name of the kind
 * @param bytes up to {@link #MAX_BYTES}
 */
record CleanText(String name, byte[] bytes) {
    /** More than a processor's cache holds, so that memory counts too. */
    static final int MAX_BYTES = 16 << 20;

    private static final int MIN_BYTES = 1 << 16;
    private static final Path DOCUMENTS = Path.of("/usr/share/doc");
    private static final Path PACKAGES = Path.of("/usr/lib/node_modules");

    /** Every kind of which there is enough; says on standard error which is missing. */
    static List<CleanText> all() throws IOException {
        String shared = Optional.ofNullable(System.getenv("CLAWSEC_SHARED")).orElse("../shared");
        return Stream.of(
                        files("llm-sse", Path.of(shared, "captures", "llm-sse"), ""),
                        files("json", PACKAGES, ".json"),
                        files("html", DOCUMENTS, ".html"),
                        files("markdown", PACKAGES, ".md"),
                        files("javascript", PACKAGES, ".js"),
                        source())
                .filter(CleanText::isEnough)
                .toList();
    }

    private boolean isEnough() {
        if (bytes.length < MIN_BYTES) {
            System.err.println("bench: SKIPPED text " + name + ": there is none on this machine");
        }
        return bytes.length >= MIN_BYTES;
    }

    private static CleanText files(String name, Path folder, String suffix) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
                files.filter(file -> file.toString().endsWith(suffix))
                        .filter(Files::isRegularFile)
                        .sorted(Comparator.comparing(Path::toString))
                        .takeWhile(file -> all.size() < MAX_BYTES)
                        .forEach(file -> append(file, all));
            } catch (UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
        }
        return new CleanText(name, all.toByteArray());
    }

    private static void append(Path file, ByteArrayOutputStream all) {
        try {
            all.write(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The sources of the Java runtime. */
    private static CleanText source() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Path archive = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        if (Files.exists(archive)) {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                List<? extends ZipEntry> entries =
                        zip.stream()
                                .filter(entry -> entry.getName().startsWith("java.base/java/"))
                                .filter(entry -> entry.getName().endsWith(".java"))
                                .sorted(Comparator.comparing(ZipEntry::getName))
                                .toList();
                for (ZipEntry entry : entries) {
                    if (all.size() < MAX_BYTES) {
                        try (InputStream in = zip.getInputStream(entry)) {
                            in.transferTo(all);
                        }
                    }
                }
            }
        }
        return new CleanText("source", all.toByteArray());
    }
}
