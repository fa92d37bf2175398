package clawsec.detect;

import clawsec.http.content.ContentLimits;

/**
 * How messages are scanned.
 *
 * @param maxScanBytes the most decoded content bytes scanned in a message, and in each event of an
 *     event stream; 0 for all. Tunnels are scanned without end
 * @param maskSecrets whether secrets in snippets and URLs are cut to their prefix and four
 *     characters
 */
public record DetectConfig(
        long maxScanBytes,
        boolean maskSecrets,
        ContentLimits contentLimits,
        DecodeLimits decodeLimits) {
    public static final DetectConfig DEFAULT =
            new DetectConfig(65_536, true, ContentLimits.DEFAULT, DecodeLimits.DEFAULT);

    public DetectConfig {
        if (maxScanBytes < 0) {
            throw new IllegalArgumentException("maxScanBytes " + maxScanBytes + " is negative");
        }
    }
}
