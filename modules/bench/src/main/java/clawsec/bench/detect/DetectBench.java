package clawsec.bench.detect;

import clawsec.detect.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the detector over {@link CleanText}, one text after the other: with vectors, with the
 * scalar twin, and Hyperscan before and after them, so that a machine that others disturb shows;
 * then with vectors and all decodings.
 */
public final class DetectBench {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    /** The harness uses what later runtimes take away, which each of its processes would say. */
    private static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

    private static final int WARM_UP_ITERATIONS = 4;
    private static final int ITERATIONS = 5;
    private static final int HYPERSCAN_SECONDS = 2;
    private static final double MEDIAN = 50;

    private DetectBench() {}

    /**
     * Takes no arguments; runs in the top folder of the work tree.
     *
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, RunnerException {
        Path folder = Files.createTempDirectory("clawsec-detect-bench");
        try {
            run(folder);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void run(Path folder) throws IOException, InterruptedException, RunnerException {
        Hyperscan hyperscan = Hyperscan.build(folder).orElse(null);
        System.out.printf(
                "%d rules, one thread, MB/s of 10^6 bytes; the whole scan of a message, decodings"
                        + " off but in the last column; ratio: vectors to Hyperscan%n",
                RuleSet.builtIn().rules().size());
        System.out.printf(
                "%-12s %8s %10s %10s %12s %10s %10s%n",
                "text", "MB", "vectors", "scalar", "Hyperscan", "ratio", "decoding");
        for (CleanText text : CleanText.all()) {
            Path file = folder.resolve(text.name());
            Files.write(file, text.bytes());
            int bytes = text.bytes().length;
            double before = measured(hyperscan, file);
            double vectors = measured(file, bytes, true, false);
            double scalar = measured(file, bytes, false, false);
            double after = measured(hyperscan, file);
            double decoding = measured(file, bytes, true, true);
            double both = (before + after) / 2;
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %8.1f %10.0f %10.0f %12s %10s %10.0f%n",
                    text.name(),
                    bytes / 1e6,
                    vectors,
                    scalar,
                    hyperscan != null ? String.format(Locale.ROOT, "%.0f", both) : "-",
                    hyperscan != null ? String.format(Locale.ROOT, "%.2f x", vectors / both) : "-",
                    decoding);
        }
        System.out.println("encodings that keep the decoders busy, vectors and decodings on");
        for (HostileText text : HostileText.all()) {
            Path file = folder.resolve(text.name());
            Files.write(file, text.bytes());
            int bytes = text.bytes().length;
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %8.1f %10.0f%n",
                    text.name(),
                    bytes / 1e6,
                    measured(file, bytes, true, true));
        }
    }

    private static double measured(@Nullable Hyperscan hyperscan, Path file)
            throws IOException, InterruptedException {
        return hyperscan == null ? 0 : hyperscan.megabytesPerSecond(file, HYPERSCAN_SECONDS);
    }

    private static double measured(Path file, int bytes, boolean vectors, boolean decoding)
            throws RunnerException {
        List<String> javaOptions = vectors ? List.of(QUIET, VECTORS) : List.of(QUIET);
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(ScanBenchmark.class.getName() + ".scan")
                        .param("file", file.toString())
                        .param("vectors", Boolean.toString(vectors))
                        .param("decoding", Boolean.toString(decoding))
                        .forks(1)
                        .warmupIterations(WARM_UP_ITERATIONS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.seconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .jvmArgsAppend(javaOptions.toArray(String[]::new));
        RunResult run = new Runner(options.build()).runSingle();
        return bytes / run.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
    }
}
