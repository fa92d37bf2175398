package clawsec.ctl.daemon;

import clawsec.ctl.config.MonitorConfig;
import clawsec.log.MonitorLog;
import clawsec.log.ThreatLog;
import clawsec.log.ThreatTally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A monitor at work. {@link #report} is safe for use by many threads. */
public final class Monitor implements AutoCloseable {
    /**
     * How long exchanges in flight may take to finish; with the rest of the end it stays within the
     * 5 seconds that {@code clawsec stop} waits.
     */
    public static final Duration DRAIN_PATIENCE = Duration.ofMillis(4_500);

    private static final System.Logger LOGGER = System.getLogger("clawsec.ctl");

    private final MonitorConfig config;
    private final String version;
    private final Instant started;
    private final long startedNanos = System.nanoTime();
    private final MonitorLog log;
    private final ThreatLog threats;

    private Monitor(
            MonitorConfig config,
            String version,
            Instant started,
            MonitorLog log,
            ThreatLog threats) {
        this.config = config;
        this.version = version;
        this.started = started;
        this.log = log;
        this.threats = threats;
    }

    /** Opens the logs and everything that feeds them. */
    public static Monitor open(MonitorConfig config, String version, InstantSource clock)
            throws IOException {
        Path folder = config.records().folder();
        MonitorLog log = MonitorLog.open(folder, config.records().level().level());
        ThreatLog threats = ThreatLog.open(folder, config.records().dedupWindow(), clock);
        return new Monitor(config, version, clock.instant(), log, threats);
    }

    /** How it fares now. */
    public StatusReport report() {
        Map<String, Map<String, Long>> counters = new LinkedHashMap<>();
        ThreatTally tally = threats.tally();
        Map<String, Long> found = new LinkedHashMap<>();
        found.put("written", tally.written());
        found.put("suppressed", tally.suppressed());
        found.put("lost", tally.lost());
        counters.put("threats", found);
        List<String> failures =
                Stream.of(threats.failure(), log.failure()).flatMap(Optional::stream).toList();
        return new StatusReport(
                ProcessHandle.current().pid(),
                version,
                started,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                config.listening().isIntercepting(),
                Map.of(),
                counters,
                failures);
    }

    /** Takes nothing new, lets the exchanges in flight finish, and closes the logs last. */
    @Override
    public void close() throws IOException {
        try (log;
                threats) {
            LOGGER.log(System.Logger.Level.INFO, "stopped");
        }
    }
}
