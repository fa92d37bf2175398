package clawsec.detect;

/**
 * Bounds of what is decoded inside one message.
 *
 * @param depth the most decodings put into one another, content codings aside
 * @param freeBytes decoded bytes that any message may cost
 * @param ratio decoded bytes that each byte scanned may cost beside them
 */
public record DecodeLimits(int depth, long freeBytes, int ratio) {
    public static final DecodeLimits DEFAULT = new DecodeLimits(4, 1L << 20, 4);

    public DecodeLimits {
        if (depth < 0 || freeBytes < 0 || ratio < 0) {
            throw new IllegalArgumentException("a limit of decoding is negative");
        }
    }
}
