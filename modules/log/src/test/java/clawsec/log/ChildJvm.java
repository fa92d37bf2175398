package clawsec.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link ThreatAppender} in a JVM of its own, on this one's module path. */
final class ChildJvm {
    private ChildJvm() {}

    /**
     * @param setup shell commands that come first, such as {@code umask 000}
     * @param arguments of {@link ThreatAppender}
     */
    static Process start(String setup, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", setup + "; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Without the shared file for jps, whose size a limit on files would meet first.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx64m"));
        command.addAll(List.of("-p", modulePath()));
        command.addAll(List.of("--patch-module", "clawsec.log=" + testClasses()));
        command.addAll(List.of("-m", "clawsec.log/clawsec.log.ThreatAppender"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static String modulePath() {
        String path = System.getProperty("jdk.module.path");
        if (path == null) {
            throw new IllegalStateException("these tests run on the module path");
        }
        return path;
    }

    private static Path testClasses() {
        return Path.of(System.getProperty("basedir", "."), "target", "test-classes");
    }
}
