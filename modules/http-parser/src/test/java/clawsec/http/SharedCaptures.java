package clawsec.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where captures that others wrote lie, beside the repository; they are never part of it. */
public final class SharedCaptures {
    private SharedCaptures() {}

    /** The folder of that name; the test is skipped, visibly, where it is absent. */
    public static Path folder(String name) {
        String shared = System.getenv("CLAWSEC_SHARED");
        String root = System.getProperty("clawsec.root", ".");
        Path base = shared == null ? Path.of(root, "..", "shared") : Path.of(shared);
        Path folder = base.resolve("captures").resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                "no " + folder + ": put the captures there, or set CLAWSEC_SHARED");
        return folder;
    }
}
