package clawsec.ctl.daemon;

import clawsec.detect.Finding;
import clawsec.detect.ScanTally;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was inspected and found since the start. Safe for use by many threads. */
final class InspectionCounters {
    /**
     * The most names a group of counters keeps: a reason such as an unknown coding has its name
     * from the peer, who may invent ever new ones.
     */
    static final int MAX_NAMES = 64;

    /** Counts what came after {@link #MAX_NAMES} names. */
    static final String OTHER = "other";

    private final LongAdder messages = new LongAdder();
    private final LongAdder scannedBytes = new LongAdder();
    private final LongAdder unscannedBytes = new LongAdder();
    private final LongAdder undecodedStretches = new LongAdder();
    private final Map<String, LongAdder> uninspected = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> patterns = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> severities = new ConcurrentHashMap<>();

    void countMessage(ScanTally tally) {
        messages.increment();
        scannedBytes.add(tally.scannedBytes());
        unscannedBytes.add(tally.unscannedBytes());
        undecodedStretches.add(tally.undecodedStretches());
        tally.uninspected().ifPresent(reason -> count(uninspected, reason));
    }

    void countFinding(Finding finding) {
        count(patterns, finding.pattern());
        count(severities, finding.severity().name().toLowerCase(Locale.ROOT));
    }

    /** The counts by group and name, all sorted. */
    Map<String, Map<String, Long>> snapshot() {
        Map<String, Long> inspection = new TreeMap<>();
        inspection.put("messages", messages.sum());
        inspection.put("bytes_scanned", scannedBytes.sum());
        inspection.put("bytes_unscanned", unscannedBytes.sum());
        inspection.put("stretches_undecoded", undecodedStretches.sum());
        Map<String, Map<String, Long>> groups = new TreeMap<>();
        groups.put("inspection", inspection);
        groups.put("uninspected", sums(uninspected));
        groups.put("patterns", sums(patterns));
        groups.put("severities", sums(severities));
        return groups;
    }

    private static void count(Map<String, LongAdder> group, String name) {
        boolean hasRoom = group.size() < MAX_NAMES || group.containsKey(name);
        group.computeIfAbsent(hasRoom ? name : OTHER, key -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> group) {
        Map<String, Long> sums = new TreeMap<>();
        group.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }
}
