package clawsec.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints an image's size and start-up times beside what they must stay under. */
public final class Measure {
    private static final int RUNS = 15;
    private static final double SIZE_BAR_MB = 75;
    private static final double STATUS_BAR_MILLIS = 150;
    private static final double START_BAR_MILLIS = 600;

    private Measure() {}

    /** Measures the image in the folder that the first argument names. */
    public static void main(String[] arguments) throws Exception {
        Image image = Image.at(Path.of(arguments[0]));
        double caches = megabytes(image.folder(), true);
        System.out.printf("%-52s %8s %8s%n", "", "measured", "bar");
        print("image without its caches, MB", megabytes(image.folder(), false), SIZE_BAR_MB);
        System.out.printf(Locale.ROOT, "%-52s %8.1f%n", "caches, MB", caches);
        print(
                "clawsec status, ms (median of " + RUNS + ")",
                statusMillis(image),
                STATUS_BAR_MILLIS);
        double[] start = startMillis(image);
        print("clawsec start to a port that accepts, ms (median)", start[0], START_BAR_MILLIS);
        System.out.printf(
                Locale.ROOT, "%-52s %8.1f%n", "  of processor time, ms (median)", start[1]);
    }

    /** Bytes of the files in an image that are, or are not, start-up caches. */
    static double megabytes(Path folder, boolean areCaches) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean isCache = file.toString().matches(".*\\.(aot|jsa)");
                bytes += isCache == areCaches ? Files.size(file) : 0;
            }
        }
        return bytes / 1e6;
    }

    private static void print(String what, double measured, double bar) {
        System.out.printf(
                Locale.ROOT,
                "%-52s %8.1f %8.0f %s%n",
                what,
                measured,
                bar,
                measured <= bar ? "" : "MISSED");
    }

    private static double statusMillis(Image image) throws IOException, InterruptedException {
        Path logFolder = Files.createTempDirectory("clawsec-measure");
        double[] millis = new double[RUNS];
        image.run("status", "--log-dir", logFolder.toString());
        for (int i = 0; i < RUNS; i++) {
            long begin = System.nanoTime();
            image.run("status", "--log-dir", logFolder.toString());
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        return median(millis);
    }

    /** Wall clock and processor time until the port accepts. */
    private static double[] startMillis(Image image) throws IOException, InterruptedException {
        Path logFolder = Files.createTempDirectory("clawsec-measure");
        double[] wall = new double[RUNS];
        double[] processor = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            try (Daemon daemon = Daemon.start(image, logFolder, Map.of())) {
                Optional<Duration> used = daemon.process().info().totalCpuDuration();
                processor[i] = used.orElse(Duration.ZERO).toNanos() / 1e6;
                wall[i] = daemon.startTime().toNanos() / 1e6;
                daemon.run("stop");
                daemon.awaitEnd();
            }
        }
        return new double[] {median(wall), median(processor)};
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
