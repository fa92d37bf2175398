package clawsec.detect;

import java.util.Optional;

/**
 * What became of one message's bytes.
 *
 * @param scannedBytes bytes scanned, head and decoded content
 * @param unscannedBytes content bytes past {@code max_scan_bytes}, of an event stream in each
 *     event, as they came; those that were decoded together with the last bytes scanned count as
 *     decoded
 * @param uninspected why content could not be decoded, after which it was scanned as it came, or
 *     what was wrong with it all the same: {@code coding foo}, {@code broken gzip}, {@code ratio
 *     200 exceeded}, {@code wrong zstd checksum}, …
 * @param undecodedStretches how often something inside the message that looked encoded was not
 *     decoded, or not to its end, since a limit was reached
 * @param omittedFindings how many findings were not reported since there were very many
 */
public record ScanTally(
        long scannedBytes,
        long unscannedBytes,
        Optional<String> uninspected,
        long undecodedStretches,
        long omittedFindings) {}
