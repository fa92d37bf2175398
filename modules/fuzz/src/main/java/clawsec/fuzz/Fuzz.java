package clawsec.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs every target for a time, each in a process of its own, and says what became of it. What was
 * found lies in {@code modules/fuzz/target/fuzz/TARGET}: {@code corpus} is where the next run goes
 * on, {@code crash-*} and {@code timeout-*} are inputs that broke a promise.
 */
public final class Fuzz {
    private static final List<String> TARGETS =
            List.of(
                    "Http1RequestTarget",
                    "Http1ResponseTarget",
                    "Http2ServerTarget",
                    "Http2ClientTarget",
                    "HpackTarget",
                    "WebSocketTarget",
                    "ContentTarget",
                    "DetectorTarget");

    private static final Path ALL = Path.of("modules/fuzz/target/fuzz");

    /** An input is at most so long, an order above what single rules need. */
    private static final int INPUT_BYTES = 4_096;

    /** Memory beyond this is a leak: no target may hold more than its limits. */
    private static final int HEAP_MEGABYTES = 400;

    private static final int SLOWEST_SECONDS = 10;
    private static final Pattern PROGRESS = Pattern.compile("#(\\d+)\\s+\\w+\\s+cov: (\\d+)");

    private Fuzz() {}

    /**
     * Runs the targets named, or all.
     *
     * @param arguments seconds a target, then targets
     */
    public static void main(String[] arguments) throws Exception {
        String seconds = arguments.length > 0 ? arguments[0] : "60";
        List<String> chosen =
                List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        String shared = System.getenv().getOrDefault("CLAWSEC_SHARED", "../shared");
        Seeds seeds = new Seeds(Path.of(shared, "captures"));
        boolean isGood = true;
        for (String target : chosen.isEmpty() ? TARGETS : chosen) {
            isGood &= run(target, seconds, seeds);
        }
        System.exit(isGood ? 0 : 1);
    }

    private static boolean run(String target, String seconds, Seeds seeds)
            throws IOException, InterruptedException {
        Path folder = ALL.resolve(target);
        Files.createDirectories(folder.resolve("corpus"));
        int count = seeds.write(target, folder.resolve("seeds"));
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(command(target, seconds, folder))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        int status = process.waitFor();
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        Matcher progress = PROGRESS.matcher(text);
        String runs = "0";
        String coverage = "0";
        while (progress.find()) {
            runs = progress.group(1);
            coverage = progress.group(2);
        }
        System.out.printf(
                "%-22s %6d seeds %10s runs %6s edges  %s%n",
                target,
                count,
                runs,
                coverage,
                status == 0 ? "nothing found" : "BROKEN, see " + log);
        return status == 0;
    }

    private static List<String> command(String target, String seconds, Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=clawsec.fuzz." + target,
                "--instrumentation_includes=clawsec.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                "-max_len=" + INPUT_BYTES,
                "-timeout=" + SLOWEST_SECONDS,
                folder.resolve("corpus").toString(),
                folder.resolve("seeds").toString());
    }
}
