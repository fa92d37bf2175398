package clawsec.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that appends threats on several virtual threads and acknowledges each on stdout with
 * its dest, once it was written. Arguments: log folder, threads, findings a thread.
 */
final class ThreatAppender {
    private ThreatAppender() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int each = Integer.parseInt(arguments[2]);
        try (MonitorLog monitor = MonitorLog.open(folder, System.Logger.Level.INFO);
                ThreatLog log =
                        ThreatLog.open(folder, Duration.ofSeconds(60), InstantSource.system())) {
            List<Thread> workers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String suffix = "." + thread + ".example:443";
                workers.add(Thread.startVirtualThread(() -> append(log, suffix, each)));
            }
            for (Thread worker : workers) {
                worker.join();
            }
            ThreatTally tally = log.tally();
            System.out.println("end " + tally.written() + " " + tally.held() + " " + tally.lost());
            monitor.setLevel(System.Logger.Level.ERROR);
        }
    }

    private static void append(ThreatLog log, String suffix, int count) {
        for (int i = 0; i < count; i++) {
            String dest = "host" + i + suffix;
            if (log.append(Samples.to(dest)) == Outcome.WRITTEN) {
                System.out.println(dest);
            }
        }
    }
}
