package clawsec.bench.quality;

import clawsec.detect.Direction;
import clawsec.detect.Finding;
import clawsec.detect.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** False alarms in benign text, scanned as it arrives and as it leaves. */
final class BenignScore {
    private static final double MEGABYTE = 1_000_000;
    private static final double HUNDRED_MEGABYTES = 100 * MEGABYTE;

    private long scannedBytes;
    private int findings;
    private int severe;

    /**
     * @param seen digests of texts that were scanned, to which this adds; copies count once
     * @param details takes a line for each finding: severity, direction, file, rule, snippet
     */
    static BenignScore measure(
            Probe probe, BenignFiles files, Set<String> seen, PrintWriter details)
            throws IOException {
        BenignScore score = new BenignScore();
        files.forEach((name, text) -> {
            if (!seen.add(digest(text))) {
                return;
            }
            for (Direction direction : Direction.values()) {
                score.scannedBytes += text.length;
                for (Finding finding : probe.scan(direction, text)) {
                    score.add(finding);
                    details.printf(
                            "%-8s %-8s %s  %s  %s%n",
                            finding.severity(),
                            direction,
                            name,
                            finding.pattern(),
                            finding.snippet());
                }
            }
        });
        return score;
    }

    void add(BenignScore other) {
        scannedBytes += other.scannedBytes;
        findings += other.findings;
        severe += other.severe;
    }

    /** Findings of severity high or above in a hundred million bytes; 0 when there was no text. */
    double severeRate() {
        return scannedBytes == 0 ? 0 : severe * HUNDRED_MEGABYTES / scannedBytes;
    }

    String line(String name) {
        return "%-44s %8.1f MB scanned  high or above %4d (%.2f in 100 MB)  below %5d"
                .formatted(name, scannedBytes / MEGABYTE, severe, severeRate(), findings - severe);
    }

    private static String digest(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime knows SHA-256", e);
        }
    }

    private void add(Finding finding) {
        findings++;
        if (finding.severity().compareTo(Severity.HIGH) >= 0) {
            severe++;
        }
    }
}
