package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image holds, and that it runs wherever and however it is put. */
class ImageTest {
    private static final double SIZE_LIMIT_MB = 75;

    @TempDir private Path folder;
    private Image image;

    @BeforeEach
    void needsImage() {
        image = Environment.image();
    }

    @Test
    void size_withoutCaches_isWithinTheLimit() throws Exception {
        double megabytes = Measure.megabytes(image.folder(), false);
        assertTrue(megabytes <= SIZE_LIMIT_MB, () -> megabytes + " MB");
    }

    @Test
    void caches_ofDaemonAndCommands_wereTrained() {
        assertTrue(Files.exists(image.folder().resolve("lib/daemon.aot")));
        assertTrue(Files.exists(image.folder().resolve("lib/command.aot")));
    }

    @Test
    void notices_nameEveryLinkedLibraryAndCarryItsLicence() throws Exception {
        String notice = Files.readString(image.folder().resolve("NOTICE"));
        assertTrue(Files.readString(image.folder().resolve("LICENSE")).contains("Apache License"));
        List<String> foreign =
                modules().stream()
                        .filter(name -> !name.matches("(java|jdk|clawsec)\\..*"))
                        .toList();
        assertTrue(foreign.contains("org.bouncycastle.provider"), foreign::toString);
        for (String module : foreign) {
            assertTrue(notice.contains(module), () -> module + " is not in NOTICE");
            try (Stream<Path> texts = Files.list(image.folder().resolve("legal/" + module))) {
                assertTrue(texts.findAny().isPresent(), () -> module + " has no licence text");
            }
        }
    }

    @Test
    void modules_shipped_holdNothingForTests() throws Exception {
        List<String> ours = modules().stream().filter(name -> name.startsWith("clawsec.")).toList();
        assertEquals(
                List.of(
                        "clawsec.ca",
                        "clawsec.ctl",
                        "clawsec.detect",
                        "clawsec.http",
                        "clawsec.log",
                        "clawsec.proxy",
                        "clawsec.tls"),
                ours);
    }

    @Test
    void launcher_throughLinksInAFolderWithBlanks_findsItsImage() throws Exception {
        Path named = Files.createDirectory(folder.resolve("with blanks"));
        Files.createSymbolicLink(named.resolve("image"), image.folder());
        Path absolute =
                Files.createSymbolicLink(
                        folder.resolve("absolute"), named.resolve("image/bin/clawsec"));
        Path relative = Files.createSymbolicLink(named.resolve("relative"), Path.of("../absolute"));
        for (Path launcher : List.of(named.resolve("image/bin/clawsec"), absolute, relative)) {
            Result version = Image.run(List.of(launcher.toString(), "--version"), Map.of());
            assertEquals(0, version.status(), version::toString);
            assertEquals("", version.err());
            assertTrue(version.out().contains("clawsec"), version.out());
        }
        Files.delete(named.resolve("image"));
    }

    @Test
    void launcher_movedImageWithoutOrWithBrokenCaches_runsQuietly() throws Exception {
        Path copy = folder.resolve("a copy");
        copy(image.folder(), copy);
        Image moved = Image.at(copy);
        String logDir = folder.resolve("logs").toString();
        Result asLinked = moved.run("status", "--log-dir", logDir);
        Files.writeString(copy.resolve("lib/command.aot"), "broken");
        Result broken = moved.run("status", "--log-dir", logDir);
        Files.delete(copy.resolve("lib/command.aot"));
        Result without = moved.run("status", "--log-dir", logDir);
        assertEquals(new Result(1, asLinked.out(), ""), asLinked);
        assertEquals(asLinked, broken);
        assertEquals(asLinked, without);
    }

    @Test
    void launcher_javaOptions_winOverItsOwn() throws Exception {
        Map<String, String> options = Map.of("CLAWSEC_JAVA_OPTS", "-Xmx32m -XX:+PrintFlagsFinal");
        Result version = Image.run(List.of(image.launcher().toString(), "--version"), options);
        assertTrue(
                version.out()
                        .lines()
                        .anyMatch(line -> line.matches(".* MaxHeapSize +:?= 33554432 .*")),
                version.out());
    }

    private List<String> modules() throws Exception {
        String java = image.folder().resolve("bin/java").toString();
        Result list = Image.run(List.of(java, "--list-modules"), Map.of());
        return list.out().lines().map(line -> line.replaceFirst("@.*", "")).sorted().toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }
}
