package clawsec.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jlink/with-jdk}, which every target of the Makefile goes through. */
class JdkFinderTest {
    private static final Path SCRIPT =
            Path.of(Objects.requireNonNull(System.getProperty("clawsec.root"), "clawsec.root"))
                    .resolve("jlink/with-jdk");

    @TempDir private Path folder;

    @Test
    void withoutHome_looksEverywhereElse() throws Exception {
        Result found = run(SCRIPT, "JAVA_HOME=" + System.getProperty("java.home"));
        assertEquals(0, found.status(), found::toString);
        // Nothing that is set is a JDK: the usual folders are gone through.
        Result searched = run(SCRIPT);
        assertTrue(!searched.err().contains("HOME: "), searched::toString);
    }

    @Test
    void withoutAJdk_saysHowToGetOneHere() throws Exception {
        String debian = "apt-get install -y openjdk-25-jdk-headless";
        assertAdvice("ID=debian\nVERSION_ID=\"13\"\n", debian);
        // Debian's testing and unstable have no number.
        assertAdvice("ID=debian\n", debian);
        assertAdvice("ID=ubuntu\nVERSION_ID=\"24.04\"\n", debian);
        assertAdvice("ID=debian\nVERSION_ID=\"12\"\n", "temurin-25-jdk");
        assertAdvice("ID=gentoo\n", "unpack a tarball from https://adoptium.net");
    }

    private void assertAdvice(String release, String advice) throws Exception {
        Path system = Files.writeString(folder.resolve("os-release"), release);
        String script =
                Files.readString(SCRIPT)
                        .replace("/etc/os-release", system.toString())
                        .replaceAll("(?m)^    for folder in (?s:.*?); do", "    for folder in; do");
        Path copy = Files.writeString(folder.resolve("with-jdk"), script);
        Path empty = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("sed", "readlink", "uname")) {
            Path link = empty.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, tool(tool));
            }
        }
        Result result = run(copy, "PATH=" + empty);
        assertEquals(3, result.status(), result::toString);
        assertTrue(result.err().contains("JDK 25 not found"), result.err());
        assertTrue(result.err().contains(advice), result.err());
    }

    private static Path tool(String name) {
        Path usual = Path.of("/usr/bin", name);
        return Files.exists(usual) ? usual : Path.of("/bin", name);
    }

    /** Runs a script in an environment with nothing but these variables and a PATH. */
    private static Result run(Path script, String... variables) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=/usr/bin:/bin"));
        command.addAll(List.of(variables));
        command.addAll(List.of("/bin/sh", script.toString()));
        return Image.run(command, Map.of());
    }
}
