package clawsec.ctl.daemon;

import clawsec.ctl.config.MonitorConfig;
import clawsec.log.MonitorLog;
import clawsec.log.ThreatLog;
import clawsec.log.ThreatTally;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells how a monitor fares. Safe for use by many threads. */
public final class Reporter {
    private final String version;
    private final boolean isIntercepting;
    private final Instant started;
    private final long startedNanos = System.nanoTime();
    private final Monitor monitor;
    private final ThreatLog threats;
    private final MonitorLog log;

    /**
     * @param started when the monitor did; uptime is counted from the making of this object, by a
     *     clock that nobody sets
     */
    public Reporter(
            MonitorConfig config,
            String version,
            Instant started,
            Monitor monitor,
            ThreatLog threats,
            MonitorLog log) {
        this.version = version;
        this.isIntercepting = config.listening().isIntercepting();
        this.started = started;
        this.monitor = monitor;
        this.threats = threats;
        this.log = log;
    }

    /** How it fares now. */
    public StatusReport report() {
        Map<String, String> listeners = new LinkedHashMap<>();
        monitor.listeners().forEach((name, address) -> listeners.put(name, text(address)));
        Map<String, Map<String, Long>> counters = new TreeMap<>(monitor.counters());
        counters.put("threats", counts(threats.tally()));
        return new StatusReport(
                ProcessHandle.current().pid(),
                version,
                started,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                isIntercepting,
                listeners,
                counters,
                Stream.of(threats.failure(), log.failure()).flatMap(Optional::stream).toList());
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]:" : host + ":") + address.getPort();
    }

    private static Map<String, Long> counts(ThreatTally tally) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("written", tally.written());
        counts.put("suppressed", tally.suppressed());
        counts.put("held", tally.held());
        counts.put("lost", tally.lost());
        return counts;
    }
}
