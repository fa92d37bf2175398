package clawsec.detect;

import java.util.Optional;

/**
 * What became of one message's bytes.
 *
 * @param scannedBytes bytes scanned, decoded
 * @param unscannedBytes content bytes past {@code max_scan_bytes} or not decodable, as they came
 * @param uninspected why content could not be decoded: {@code coding br}, {@code broken gzip},
 *     {@code ratio}, …
 */
public record ScanTally(long scannedBytes, long unscannedBytes, Optional<String> uninspected) {}
