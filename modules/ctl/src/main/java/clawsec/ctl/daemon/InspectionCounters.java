package clawsec.ctl.daemon;

import clawsec.detect.Finding;
import clawsec.detect.ScanTally;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** What was inspected and found since the start. Safe for use by many threads. */
final class InspectionCounters {
    /**
     * The most names that peers give which a group of counters keeps: a reason such as an unknown
     * coding may be ever a new one. Patterns have theirs from the rules.
     */
    static final int MAX_NAMES = 64;

    /** Counts what came after {@link #MAX_NAMES} names. */
    static final String OTHER = "other";

    private final LongAdder messages = new LongAdder();
    private final LongAdder scannedBytes = new LongAdder();
    private final LongAdder unscannedBytes = new LongAdder();
    private final LongAdder undecodedStretches = new LongAdder();
    private final LongAdder omittedFindings = new LongAdder();
    private final Map<String, LongAdder> uninspected = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> patterns = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> severities = new ConcurrentHashMap<>();

    /**
     * @param mask what the peer named is shown through it
     */
    void countMessage(ScanTally tally, UnaryOperator<String> mask) {
        messages.increment();
        scannedBytes.add(tally.scannedBytes());
        unscannedBytes.add(tally.unscannedBytes());
        undecodedStretches.add(tally.undecodedStretches());
        omittedFindings.add(tally.omittedFindings());
        tally.uninspected().ifPresent(reason -> countBounded(uninspected, mask.apply(reason)));
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
        inspection.put("findings_omitted", omittedFindings.sum());
        Map<String, Map<String, Long>> groups = new TreeMap<>();
        groups.put("inspection", inspection);
        groups.put("uninspected", sums(uninspected));
        groups.put("patterns", sums(patterns));
        groups.put("severities", sums(severities));
        return groups;
    }

    private static void count(Map<String, LongAdder> group, String name) {
        group.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    private static void countBounded(Map<String, LongAdder> group, String name) {
        boolean hasRoom = group.size() < MAX_NAMES || group.containsKey(name);
        count(group, hasRoom ? name : OTHER);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> group) {
        Map<String, Long> sums = new TreeMap<>();
        group.forEach((name, adder) -> sums.put(name, adder.sum()));
        return sums;
    }
}
