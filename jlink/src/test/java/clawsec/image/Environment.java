package clawsec.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the end-to-end tests need around them; a test without it is skipped and says why. */
final class Environment {
    private Environment() {}

    /** The linked image that {@code make test} names. */
    static Image image() {
        String folder = System.getProperty("clawsec.image", "");
        assumeTrue(!folder.isEmpty(), "no linked image was named: make test links one");
        return Image.at(Path.of(folder));
    }

    static void requireTool(String name) {
        boolean isThere =
                Pattern.compile(File.pathSeparator)
                        .splitAsStream(String.valueOf(System.getenv("PATH")))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        assumeTrue(isThere, name + " is not installed");
    }

    /** The most memory a process has ever had resident, in bytes. */
    static long peakResidentBytes(Process process) throws Exception {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        assumeTrue(Files.isReadable(status), "no /proc to read the memory of a process from");
        try (Stream<String> lines = Files.lines(status)) {
            String peak = lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", "")) * 1024;
        }
    }
}
